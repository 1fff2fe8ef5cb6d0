import { CognitoIdentityProviderServiceException } from "@aws-sdk/client-cognito-identity-provider";
import { visible } from "../../config/visible";
import { type Asked, callOriginOf, credentialsOf } from "./call-origin";
import { explainCredentials } from "./explain-credentials";
import { type Explanation, textOf } from "./explanation";
import { NoAnswer } from "./no-answer";
import { UnusableAnswer } from "./unusable-answer";

const MAY_NOT = "These credentials may not do that. The command's page in docs/cli/ lists what it needs.";
const ADVICE: Readonly<Record<string, string>> = {
  AccessDeniedException: MAY_NOT,
  AccessDenied: MAY_NOT,
  UserImportInProgressException:
    "An import job locks the settings of the user pool while it runs: wait for it to end, or stop it.",
  ConcurrentModificationException:
    "Somebody else is changing the same user pool at this moment: run the command again.",
  TooManyRequestsException: "The quota of the account is used up: try again later. Nothing is lost.",
};

/** Whether AWS has refused for want of a permission, and for nothing else. */
export const isDenied = (error: unknown): boolean => error instanceof Error && ADVICE[error.name] === MAY_NOT;

/** Of the HTTP client and Node.js: nobody answered. */
const UNREACHABLE = new Set([
  "ENOTFOUND",
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "TimeoutError",
]);

/**
 * Of a server that speaks no HTTP or TLS, or whose certificate nobody vouches for.
 * https://nodejs.org/api/tls.html#x509-certificate-error-codes, https://nodejs.org/api/errors.html
 */
const STRANGE_SERVER =
  /^(?:EPROTO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$|^(?:HPE|ERR_SSL|ERR_TLS|CERT|CRL|ERROR_IN|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)_/;

/** @returns undefined when `error` comes from elsewhere than AWS. */
export function describeAwsError(error: unknown): Explanation | undefined {
  if (!(error instanceof Error)) return undefined;
  const asked = callOriginOf(error);
  const code = (error as NodeJS.ErrnoException).code ?? error.name;
  if (error instanceof NoAnswer) return noAnswer(error, asked);
  if (error instanceof UnusableAnswer) return unusable(error.message, asked);
  if (STRANGE_SERVER.test(code)) return unusable(`${code}: ${error.message}`, asked);
  if (UNREACHABLE.has(code)) return unreachable(error, code, asked);
  const isRefusal = "$fault" in error || error instanceof CognitoIdentityProviderServiceException;
  if (!isRefusal && error.name !== "CredentialsProviderError") return undefined;
  return (
    explainCredentials(error, asked?.side) ??
    explainMissingPool(error, asked) ?? {
      found: `AWS refused${asked === undefined ? "" : ` the ${placeOf(asked)}`}: ${visible(`${error.name}: ${error.message}`)}`,
      remedy: ADVICE[error.name],
    }
  );
}

/**
 * A pool is not found from another account or Region either: so it is said where it was looked for, and which settings of that
 * side have said so.
 *
 * @returns undefined when something else was not found, or nobody knows who was asked.
 */
function explainMissingPool(error: Error, asked: Asked | undefined): Explanation | undefined {
  if (asked === undefined || error.name !== "ResourceNotFoundException") return undefined;
  if (!/^User pool .* does not exist/i.test(error.message)) return undefined;
  const { side, account } = asked;
  const wrongPool =
    side.name === "source"
      ? "If the pool or the Region is wrong, set SOURCE_USER_POOL_ID, and SOURCE_REGION for a multi-Region pool."
      : "If the pool or the Region is wrong, set DESTINATION_USER_POOL_ARN.";
  return {
    found: `${side.name}: ${account === undefined ? "the account" : `account ${account}`} (${credentialsOf(side)}), ${side.region}, has no user pool ${side.userPoolId}.`,
    remedy: `If that is the wrong account, set ${side.name.toUpperCase()}_PROFILE. ${wrongPool}`,
  };
}

/** The same as lines for people. */
export function explainAwsError(error: unknown): string | undefined {
  const explanation = describeAwsError(error);
  return explanation && textOf(explanation);
}

/** Why something was not told that a command can do without. @throws what is no refusal of AWS, or comes of Ctrl-C. */
export function becauseOf(error: unknown, signal: AbortSignal): { readonly because: string } {
  const because = signal.aborted ? undefined : explainAwsError(error);
  if (because === undefined) throw error;
  return { because };
}

function placeOf({ side: { name, region, profile }, account }: Asked): string {
  const known = [account && `account ${account}`, region, profile && `profile ${profile}`].filter(Boolean);
  return `${name} (${known.join(", ")})`;
}

const noAnswer = ({ message, unknown }: NoAnswer, asked: Asked | undefined): Explanation => ({
  found: `No answer of AWS${asked === undefined ? "" : ` for the ${placeOf(asked)}`}: ${visible(message)}.`,
  remedy: `${unknown === undefined ? "" : `Whether ${unknown} was done is not known. `}Look at the network (VPN, proxy, firewall), then run the same command again.`,
});

const unusable = (what: string, asked: Asked | undefined): Explanation => ({
  found: `No answer of AWS${asked === undefined ? "" : ` for the ${placeOf(asked)}`}: ${visible(what).replace(/[.\s]+$/, "")}.`,
  remedy:
    "A proxy, a firewall or the sign-in page of a network may have answered in its place. Look at the network, and at AWS_ENDPOINT_URL " +
    "and NODE_EXTRA_CA_CERTS where they are set, then run the same command again.",
});

function unreachable(error: Error, code: string, asked: Asked | undefined): Explanation {
  const host = hostOf(error);
  const what = [host, code].filter(Boolean).join(", ");
  if (asked === undefined)
    return {
      found: `AWS could not be reached (${what}).`,
      remedy: "Look at the network, and at the Regions in the settings.",
    };
  const { name, region } = asked.side;
  const setting = name === "source" ? "SOURCE_USER_POOL_ID or SOURCE_REGION" : "DESTINATION_USER_POOL_ARN";
  return {
    found: `AWS could not be reached for the ${name} (${what}).`,
    remedy: `Look at the network, and at the Region ${region}, which comes from ${setting}.`,
  };
}

/** As Node.js names it: a host that has no address, or an address where nobody listens. */
function hostOf(error: Error): string | undefined {
  const { errors = [] } = error as Partial<AggregateError>;
  const { hostname, address, port } = { ...errors[0], ...error } as { [name: string]: unknown };
  if (typeof hostname === "string") return hostname;
  return typeof address === "string" ? `${address}:${String(port)}` : undefined;
}
