import { CognitoIdentityProviderServiceException } from "@aws-sdk/client-cognito-identity-provider";
import { visible } from "../visible";

const ADVICE: Readonly<Record<string, string>> = {
  AccessDeniedException: "These credentials may not do that: docs/cli.md lists what each command needs.",
  ExpiredTokenException: "The credentials have expired: get new ones and run the command again.",
  UnrecognizedClientException:
    "AWS does not know these credentials: look at SOURCE_PROFILE, DESTINATION_PROFILE and AWS_PROFILE.",
  InvalidClientTokenId:
    "AWS does not know these credentials: look at SOURCE_PROFILE, DESTINATION_PROFILE and AWS_PROFILE.",
  CredentialsProviderError:
    "Set SOURCE_PROFILE and DESTINATION_PROFILE, or AWS_PROFILE where one account has both pools.",
  ResourceNotFoundException:
    "Look at SOURCE_USER_POOL_ID, SOURCE_REGION, DESTINATION_USER_POOL_ARN, and at whose credentials these are.",
  UserImportInProgressException:
    "An import job locks the settings of the user pool while it runs: wait for it to end, or stop it.",
  ConcurrentModificationException:
    "Somebody else is changing the same user pool at this moment: run the command again.",
  TooManyRequestsException: "The quota of the account is used up: try again later. Nothing is lost.",
};

/** Of the HTTP client and Node.js: nobody answered. */
const UNREACHABLE = new Set(["ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "TimeoutError"]);

/** @returns what AWS, or the lack of it, says and what to do about it; undefined when `error` comes from elsewhere. */
export function explainAwsError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as NodeJS.ErrnoException).code ?? error.name;
  if (UNREACHABLE.has(code))
    return `AWS could not be reached (${code}). Look at the network, and at the Regions in the settings.`;
  const isRefusal = "$fault" in error || error instanceof CognitoIdentityProviderServiceException;
  if (!isRefusal && error.name !== "CredentialsProviderError") return undefined;
  const advice = ADVICE[error.name];
  return `AWS refused: ${visible(`${error.name}: ${error.message}`)}${advice === undefined ? "" : `\n${advice}`}`;
}
