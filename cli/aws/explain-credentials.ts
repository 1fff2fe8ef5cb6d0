import { commandLine } from "../../config/shell";
import { visible } from "../../config/visible";
import { credentialsOf } from "./call-origin";
import type { Explanation } from "./explanation";
import type { Side } from "./side";

/** Each service has its own word: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const EXPIRED = new Set(["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"]);
const UNKNOWN = new Set([
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "IncompleteSignature",
  "MissingAuthenticationToken",
]);

export function explainCredentials(error: Error, side: Side | undefined): Explanation | undefined {
  const whose = side === undefined ? "" : ` of the ${side.name} (${credentialsOf(side)})`;
  if (error.name === "CredentialsProviderError") return noCredentials(error, side);
  const said = visible(`${error.name}: ${error.message}`);
  if (EXPIRED.has(error.name))
    return { found: `The credentials${whose} have expired (${said}).`, remedy: newOnes(error, side) };
  if (!UNKNOWN.has(error.name)) return undefined;
  return {
    found: `AWS does not know the credentials${whose}: ${said}.`,
    remedy: `Look whether they are whole and still valid, or set ${profileSetting(side)} to another profile.`,
  };
}

function newOnes({ name }: Error, side: Side | undefined): string {
  const clock = name === "RequestExpired" ? " If they are new, look at the clock of this machine." : "";
  return `Get new ones (with IAM Identity Center: ${signIn(side)}), then run the same command again.${clock}`;
}

function noCredentials({ message }: Error, side: Side | undefined): Explanation {
  const whom = side === undefined ? "" : ` for the ${side.name} (${credentialsOf(side)})`;
  // As the SDK says it of a session of IAM Identity Center that is over, or was never begun.
  if (/aws sso login|\bSSO\b/.test(message))
    return {
      found: `No credentials${whom}: the session of IAM Identity Center has expired, or there is none.`,
      remedy: `${signIn(side)}, then run the same command again.`,
    };
  if (side?.profile === undefined)
    return {
      found: `No credentials${whom}: ${sentence(message)}`,
      remedy: `Set ${profileSetting(side)}, or AWS_PROFILE where one account has both pools.`,
    };
  // The SDK says it of all places where it has looked, and names none.
  const isNowhere = /^Could not load credentials from any providers/.test(message);
  return {
    found: isNowhere
      ? `No credentials${whom}: neither the credentials file nor the config file has a profile of that name with credentials.`
      : `No credentials${whom}: ${sentence(message)}`,
    remedy: `Look at ${profileSetting(side)}; \`aws configure list-profiles\` prints the names.`,
  };
}

const signIn = (side: Side | undefined): string =>
  commandLine("aws", "sso", "login", ...(side?.profile === undefined ? [] : ["--profile", side.profile]));

const profileSetting = (side: Side | undefined): string =>
  side === undefined ? "SOURCE_PROFILE and DESTINATION_PROFILE" : `${side.name.toUpperCase()}_PROFILE`;

const sentence = (message: string): string => `${visible(message).replace(/[.\s]+$/, "")}.`;
