import type { MigrationTrigger } from "../../rules/triggers";

/** A row that the table does not have, for tests that every reader goes by the table. */
export const SECOND: MigrationTrigger = {
  function: "migration",
  name: "post authentication",
  lambdaConfigKey: "PostAuthentication",
  terraformKey: "post_authentication",
  sources: { signIn: "PostAuthentication_Authentication" },
  receives: "who signs in, and when",
  entry: "post-authentication",
  check: {
    id: "post-authentication-trigger",
    calledFor: "everybody who has signed in",
    otherwise: "Nobody is counted.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html",
  },
};
