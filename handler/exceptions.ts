import type { SignIn } from "./migrate-user";
import { type FailedOutcome, MigrationFailure, type RefusedOutcome } from "./outcome";

/** Cognito's word for no. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html */
const REFUSED = outcomesByException<RefusedOutcome>({
  NotAuthorizedException: "not_authorized",
  UserNotFoundException: "user_not_found",
  UserNotConfirmedException: "user_unconfirmed",
  UserLambdaValidationException: "source_trigger",
});

const FAILED = outcomesByException<FailedOutcome>({
  TooManyRequestsException: "throttled",
  LimitExceededException: "throttled",
  ThrottlingException: "throttled",
  Throttling: "throttled",
  InternalErrorException: "source_unavailable",
  InternalFailure: "source_unavailable",
  ServiceUnavailable: "source_unavailable",
  TimeoutError: "source_unavailable",
  AbortError: "deadline",
  UnexpectedLambdaException: "source_trigger_failed",
  InvalidLambdaResponseException: "source_trigger_failed",
  AccessDenied: "access_denied",
  AccessDeniedException: "access_denied",
  ExpiredToken: "access_denied",
  ExpiredTokenException: "access_denied",
  UnrecognizedClientException: "access_denied",
  InvalidClientTokenId: "access_denied",
  ResourceNotFoundException: "misconfigured",
  InvalidParameterException: "misconfigured",
  InvalidUserPoolConfigurationException: "misconfigured",
  InvalidSmsRoleAccessPolicyException: "misconfigured",
  InvalidSmsRoleTrustRelationshipException: "misconfigured",
  InvalidEmailRoleAccessPolicyException: "misconfigured",
  MFAMethodNotFoundException: "misconfigured",
  OperationNotEnabledException: "misconfigured",
  RegionDisabledException: "misconfigured",
});

function outcomesByException<Outcome>(table: Readonly<Record<string, Outcome>>): ReadonlyMap<string, Outcome> {
  return new Map(Object.entries(table));
}

/** Socket errors carry a `code` and come without an HTTP status. */
const UNREACHABLE = /^(ECONN|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_TLS|CERT_|UNABLE_TO_)/;

export function isUserNotFound(error: unknown): boolean {
  return nameOf(error) === "UserNotFoundException";
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/**
 * What a sign-in that ended with an exception says.
 *
 * @throws {MigrationFailure} when the exception is no answer.
 */
export function refusal(error: unknown): SignIn {
  const name = nameOf(error);
  if (name === "PasswordResetRequiredException") return { kind: "reset_required" };
  const outcome = REFUSED.get(name);
  if (outcome === undefined) throw failure(error);
  return { kind: "refused", outcome };
}

/** Why there was no answer. By name only: messages are undocumented, and some repeat what the user typed. */
export function failure(error: unknown): MigrationFailure {
  if (error instanceof MigrationFailure) return error;
  const { name, code, $metadata } = error as { name?: string; code?: string; $metadata?: { httpStatusCode?: number } };
  // First, because the SDK calls a broken connection a TimeoutError.
  if (code !== undefined && UNREACHABLE.test(code)) return new MigrationFailure("source_unavailable", code);
  const known = FAILED.get(name ?? "");
  if (known !== undefined) return new MigrationFailure(known, name);
  const status = $metadata?.httpStatusCode ?? 0;
  if (status >= 500) return new MigrationFailure("source_unavailable", name);
  return new MigrationFailure("unexpected", name);
}
