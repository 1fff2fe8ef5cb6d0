import { audienceOf } from "../../rules/app-client";
import { appClientName } from "../pools/app-client";
import { defineCheck, listed, passed, warning } from "./check";

/**
 * AWS says that the trigger wants USER_PASSWORD_AUTH or ADMIN_USER_PASSWORD_AUTH, and that a sign-in without a password does not call it;
 * of a password within USER_AUTH it says nothing. An unknown user of an app client that reveals nobody is offered one of the pool's
 * ways to sign in, at random: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
export const USER_AUTH_CHECK = defineCheck({
  id: "client-user-auth",
  title: "No app client of the destination lets applications ask how a user can sign in (choice-based sign-in)",
  otherwise:
    "Whoever has not migrated may be offered a code or a passkey instead of the password, or SRP be used, and does not migrate.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html",
  needs: ["destinationClients"],
  decide: ({ destinationClients }) => {
    const choosing = destinationClients.filter(
      (client) =>
        ["people", "server"].includes(audienceOf(client)) && client.ExplicitAuthFlows?.includes("ALLOW_USER_AUTH"),
    );
    if (choosing.length === 0) return passed("No app client of the destination allows USER_AUTH.");
    return warning(
      `App client ${listed(choosing.map(appClientName))} of the destination allows USER_AUTH. Codes, passkeys and PASSWORD_SRP never call the trigger, and AWS does not say whether PASSWORD does.`,
      "Let applications use USER_PASSWORD_AUTH until the cut-over. Take USER_AUTH with PREFERRED_CHALLENGE=PASSWORD only if it has brought a test user over.",
    );
  },
});
