import type { FailedOutcome, RefusedOutcome } from "./outcome";

/**
 * What AWS can answer, and what follows. Only what stands here is understood; everything else is refused and reported.
 * By name, never by message, except for messages that AWS documents: the others change without notice, and some repeat
 * what the user typed.
 */

/** What a challenge says about the password that was typed. */
export type ChallengeMeaning = "second_factor" | "temporary_password" | "no_proof";

/**
 * ChallengeNameType, all of it. A second factor is asked for only after the right, lasting password.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 */
export const CHALLENGES = {
  SMS_MFA: "second_factor",
  SOFTWARE_TOKEN_MFA: "second_factor",
  EMAIL_OTP: "second_factor",
  SELECT_MFA_TYPE: "second_factor",
  MFA_SETUP: "second_factor",
  NEW_PASSWORD_REQUIRED: "temporary_password",
  PASSWORD_VERIFIER: "no_proof",
  PASSWORD: "no_proof",
  PASSWORD_SRP: "no_proof",
  CUSTOM_CHALLENGE: "no_proof",
  SELECT_CHALLENGE: "no_proof",
  WEB_AUTHN: "no_proof",
  SMS_OTP: "no_proof",
  ADMIN_NO_SRP_AUTH: "no_proof",
  DEVICE_SRP_AUTH: "no_proof",
  DEVICE_PASSWORD_VERIFIER: "no_proof",
} as const satisfies Record<string, ChallengeMeaning>;

/** What a user's status says. `lasting`: there is a password of the user's own. */
export type StatusMeaning = "lasting" | "reset" | "temporary" | RefusedOutcome;

/** UserStatusType, all of it. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html */
export const USER_STATUSES = {
  CONFIRMED: "lasting",
  RESET_REQUIRED: "reset",
  FORCE_CHANGE_PASSWORD: "temporary",
  UNCONFIRMED: "user_unconfirmed",
  EXTERNAL_PROVIDER: "user_federated",
  ARCHIVED: "user_status",
  COMPROMISED: "user_status",
  UNKNOWN: "user_status",
} as const satisfies Record<string, StatusMeaning>;

/** NotAuthorizedException is Cognito's word for no; these messages say more. Sources stand beside each. */
export const NOT_AUTHORIZED_MESSAGES: readonly {
  readonly startsWith: string;
  readonly outcome: RefusedOutcome | FailedOutcome;
}[] = [
  // https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html
  { startsWith: "Password attempts exceeded", outcome: "too_many_attempts" },
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
  { startsWith: "User is disabled", outcome: "user_disabled" },
  // https://repost.aws/knowledge-center/cognito-unable-to-verify-secret-hash
  { startsWith: "Unable to verify secret hash for client", outcome: "misconfigured" },
];

/** Exceptions of AdminInitiateAuth that are an answer: about this user, and final. */
export const SIGN_IN_REFUSALS = {
  NotAuthorizedException: "not_authorized",
  UserNotFoundException: "user_not_found",
  UserNotConfirmedException: "user_unconfirmed",
  UserLambdaValidationException: "source_trigger",
  // A second factor is demanded, and this user has none that the pool can ask for.
  MFAMethodNotFoundException: "mfa",
} as const satisfies Record<string, RefusedOutcome>;

/** Thrown whatever password was typed, so it proves nothing. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html */
export const RESET_EXCEPTION = "PasswordResetRequiredException";

/** The one exception of AdminGetUser that is an answer. */
export const UNKNOWN_USER_EXCEPTION = "UserNotFoundException";

/** Exceptions of all three calls that are no answer about the user. */
export const FAILURES = {
  TooManyRequestsException: "throttled",
  LimitExceededException: "throttled",
  ThrottlingException: "throttled",
  Throttling: "throttled",
  RequestLimitExceeded: "throttled",
  InternalErrorException: "source_unavailable",
  InternalFailure: "source_unavailable",
  InternalServerError: "source_unavailable",
  ServiceUnavailable: "source_unavailable",
  ServiceUnavailableException: "source_unavailable",
  UnexpectedLambdaException: "source_trigger_failed",
  InvalidLambdaResponseException: "source_trigger_failed",
  AccessDenied: "access_denied",
  AccessDeniedException: "access_denied",
  ForbiddenException: "access_denied",
  // Of AdminGetUser; AdminInitiateAuth says no with it.
  NotAuthorizedException: "access_denied",
  ExpiredToken: "access_denied",
  ExpiredTokenException: "access_denied",
  UnrecognizedClientException: "access_denied",
  InvalidClientTokenId: "access_denied",
  InvalidSignatureException: "access_denied",
  SignatureDoesNotMatch: "access_denied",
  IncompleteSignature: "access_denied",
  RequestExpired: "access_denied",
  ResourceNotFoundException: "misconfigured",
  InvalidParameterException: "misconfigured",
  ValidationError: "misconfigured",
  UnsupportedOperationException: "misconfigured",
  InvalidUserPoolConfigurationException: "misconfigured",
  InvalidSmsRoleAccessPolicyException: "misconfigured",
  InvalidSmsRoleTrustRelationshipException: "misconfigured",
  InvalidEmailRoleAccessPolicyException: "misconfigured",
  OperationNotEnabledException: "misconfigured",
  RegionDisabledException: "misconfigured",
} as const satisfies Record<string, FailedOutcome>;

/** What Node.js and the AWS SDK throw when there was no answer, or none that could be read. */
export const NO_ANSWER = {
  ECONNREFUSED: "source_unavailable",
  ECONNRESET: "source_unavailable",
  EPIPE: "source_unavailable",
  ETIMEDOUT: "source_unavailable",
  ENOTFOUND: "source_unavailable",
  EAI_AGAIN: "source_unavailable",
  EAI_FAIL: "source_unavailable",
  EHOSTUNREACH: "source_unavailable",
  ENETUNREACH: "source_unavailable",
  TimeoutError: "source_unavailable",
  // A body that is not what its headers say.
  SyntaxError: "source_unavailable",
  AbortError: "deadline",
} as const satisfies Record<string, FailedOutcome>;

/** Credentials that have run out, or were revoked: new ones may be taken. */
export const STALE_CREDENTIALS: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
]);

/** The name in a table, or undefined: a name from outside must not find `constructor` and its like. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
