import type { DestinationSettings } from "../../config/deployment";
import { TRIED } from "../../rules/tried";
import { USER_MIGRATION } from "../../rules/triggers";

/** Somebody to try: without a password, who has forgotten it. */
export interface Attempt {
  readonly user: string;
  readonly password: string | undefined;
}

/** As Cognito hands it on: a user pool that does not tell case gives out names in lower case. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html */
export const nameAsked = (
  user: string,
  { destinationCaseSensitive }: Pick<DestinationSettings, "destinationCaseSensitive">,
): string => (destinationCaseSensitive ? user : user.toLowerCase());

/**
 * The event that Cognito would send, with the mark that it never sends.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 */
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
    userName: nameAsked(user, settings),
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
