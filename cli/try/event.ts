import type { DestinationSettings } from "../../config/deployment";
import { TRIED } from "../../rules/tried";
import { USER_MIGRATION } from "../../rules/triggers";
import { handedOnName } from "../pools/pool-rules";

/** Somebody to try: without a password, who has forgotten it. */
export interface Attempt {
  readonly user: string;
  readonly password: string | undefined;
}

/** As Cognito would send it, with the mark that it never sends. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html */
export function triedEvent(
  { user, password }: Attempt,
  settings: Pick<DestinationSettings, "destinationCaseSensitive" | "userPool">,
): object {
  const { region, id } = settings.userPool;
  return {
    version: "1",
    triggerSource: USER_MIGRATION.sources[password === undefined ? "forgotPassword" : "signIn"],
    region,
    userPoolId: id,
    userName: handedOnName(user, settings),
    callerContext: { awsSdkVersion: "cognito-migration", clientId: "cognito-migration" },
    request: { ...(password === undefined ? {} : { password }), validationData: null, userAttributes: null },
    response: {
      userAttributes: null,
      forceAliasCreation: null,
      enableSMSMFA: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
    },
    [TRIED]: true,
  };
}
