import { defineCheck, passed, warning } from "./check";

/** Cognito calls it when somebody who has signed up is confirmed, and after the code of a forgotten password: a migration is neither. */
export const POST_CONFIRMATION_CHECK = defineCheck({
  id: "post-confirmation",
  title: "No PostConfirmation trigger of the destination makes what applications need of each user",
  otherwise:
    "An application that makes its own record of a user there has none of users who migrate, and fails for them.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html",
  needs: ["destination"],
  decide: ({ destination: { LambdaConfig = {} } }) =>
    LambdaConfig.PostConfirmation === undefined
      ? passed("The destination has no PostConfirmation trigger that users who migrate would miss.")
      : warning(
          "The destination has a PostConfirmation trigger. Cognito does not call it for a user who migrates, except after the code of a forgotten password.",
          "Let the application make what is missing at a user's first request, or do it in a PostAuthentication or PreTokenGeneration trigger. All must bear to be called twice.",
        ),
});
