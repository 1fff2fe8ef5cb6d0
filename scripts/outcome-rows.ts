import {
  CHALLENGES,
  FAILURES,
  NOT_AUTHORIZED_MESSAGES,
  RESET_EXCEPTION,
  SIGN_IN_REFUSALS,
  USER_STATUSES,
} from "../handler/answers";
import type { OutcomeName } from "../handler/outcome";

/** An answer of AWS, as far as a row needs it; whoever plays AWS writes it onto the wire. */
export type AwsAnswer =
  /** `onlyFor`: a case-sensitive source knows the user by this name, and not by another spelling of it. */
  | { readonly kind: "tokens"; readonly of?: "another user" | "nobody"; readonly onlyFor?: string }
  /** `of`: without it, of the user whose profile it is. */
  | { readonly kind: "challenge"; readonly name: string; readonly of?: "nobody" }
  | { readonly kind: "user"; readonly status?: string; readonly enabled?: false; readonly attributes?: Attributes }
  | { readonly kind: "exception"; readonly name: string; readonly message?: string; readonly httpStatus?: number }
  | { readonly kind: "nothing understood" | "credentials" | "broken connection" | "never" };

type Attributes = Readonly<Record<string, string>>;
export type Operation = "AssumeRole" | "AdminInitiateAuth" | "AdminGetUser";

/** One line of docs/outcomes.md and one test against the packaged function. */
export interface OutcomeRow {
  readonly from: Operation | "AdminGetUser, forgotten password" | "the event" | "the network";
  /** What is answered, or is the case. */
  readonly result: string;
  readonly outcome: OutcomeName;
  /** What differs from a sign-in in which everything goes well. */
  readonly answers?: { readonly [Name in Operation]?: AwsAnswer };
  readonly event?: { readonly [field: string]: unknown };
  readonly environment?: Readonly<Record<string, string>>;
}

const VERIFIED_PHONE = { phone_number: "+15555550100", phone_number_verified: "true" };
const SERVER_ERRORS = /^(Internal|ServiceUnavailable)/;

const keys = <Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] => Object.keys(table) as Name[];

const exception = (name: string, message?: string): AwsAnswer => ({
  kind: "exception",
  name,
  httpStatus: SERVER_ERRORS.test(name) ? 500 : 400,
  ...(message === undefined ? {} : { message }),
});

/** Exceptions that no call documents, by HTTP status. */
const UNFORESEEN: readonly (readonly [number, OutcomeName])[] = [
  [400, "unexpected"],
  [429, "throttled"],
  [503, "source_unavailable"],
];

function failuresOf(from: Operation, except: readonly string[] = []): OutcomeRow[] {
  return [
    ...keys(FAILURES)
      .filter((name) => !except.includes(name))
      .map((name) => ({ from, result: name, outcome: FAILURES[name], answers: { [from]: exception(name) } })),
    ...UNFORESEEN.map(([httpStatus, outcome]) => ({
      from,
      result: `any other exception, HTTP ${httpStatus}`,
      outcome,
      answers: { [from]: { kind: "exception", name: "FutureException", httpStatus } as const },
    })),
  ];
}

function signIn(
  result: string,
  outcome: OutcomeName,
  answers: OutcomeRow["answers"] = {},
  environment: OutcomeRow["environment"] = {},
): OutcomeRow {
  return { from: "AdminInitiateAuth", result, outcome, answers, environment };
}

function secondFactorRows(name: string, AdminInitiateAuth: AwsAnswer): OutcomeRow[] {
  const withPhone = { AdminInitiateAuth, AdminGetUser: { kind: "user", attributes: VERIFIED_PHONE } as const };
  return [
    signIn(name, "mfa", { AdminInitiateAuth }),
    signIn(`${name}, verified phone number, MFA_POLICY=sms`, name === "SMS_MFA" ? "migrated" : "mfa", withPhone, {
      MFA_POLICY: "sms",
    }),
    signIn(`${name}, MFA_POLICY=allow`, "migrated", { AdminInitiateAuth }, { MFA_POLICY: "allow" }),
  ];
}

function temporaryPasswordRows(name: string, AdminInitiateAuth: AwsAnswer): OutcomeRow[] {
  const user = { kind: "user", status: "FORCE_CHANGE_PASSWORD" } as const;
  const unverified = { ...user, attributes: { email_verified: "false" } };
  return [
    signIn(name, "migrated_reset_required", { AdminInitiateAuth, AdminGetUser: user }),
    signIn(`${name}, no verified address`, "no_recovery_channel", { AdminInitiateAuth, AdminGetUser: unverified }),
  ];
}

const ROWS_OF_CHALLENGE = {
  second_factor: secondFactorRows,
  temporary_password: temporaryPasswordRows,
  no_proof: (name: string, AdminInitiateAuth: AwsAnswer) => [signIn(name, "challenge", { AdminInitiateAuth })],
} as const;

function signInRows(): OutcomeRow[] {
  return [
    signIn("tokens", "migrated"),
    signIn("tokens of another user than AdminGetUser describes", "user_changed", {
      AdminInitiateAuth: { kind: "tokens", of: "another user" },
    }),
    signIn("tokens of nobody", "source_unavailable", { AdminInitiateAuth: { kind: "tokens", of: "nobody" } }),
    ...keys(CHALLENGES).flatMap((name) => ROWS_OF_CHALLENGE[CHALLENGES[name]](name, { kind: "challenge", name })),
    signIn(
      "SMS_MFA that names nobody, MFA_POLICY=allow",
      "user_changed",
      { AdminInitiateAuth: { kind: "challenge", name: "SMS_MFA", of: "nobody" } },
      { MFA_POLICY: "allow" },
    ),
    signIn("any other ChallengeName", "challenge_unknown", {
      AdminInitiateAuth: { kind: "challenge", name: "FUTURE_CHALLENGE" },
    }),
    signIn("neither tokens nor a challenge", "challenge_unknown", {
      AdminInitiateAuth: { kind: "challenge", name: "" },
    }),
    ...keys(SIGN_IN_REFUSALS).map((name) =>
      signIn(name, SIGN_IN_REFUSALS[name], { AdminInitiateAuth: exception(name) }),
    ),
    ...NOT_AUTHORIZED_MESSAGES.map(({ startsWith, outcome }) =>
      signIn(`NotAuthorizedException: "${startsWith} ..."`, outcome, {
        AdminInitiateAuth: exception("NotAuthorizedException", `${startsWith} 1example`),
      }),
    ),
    signIn(RESET_EXCEPTION, "migrated_reset_required", {
      AdminInitiateAuth: exception(RESET_EXCEPTION),
      AdminGetUser: { kind: "user", status: "RESET_REQUIRED" },
    }),
    ...failuresOf("AdminInitiateAuth", ["NotAuthorizedException"]),
  ];
}

/** Where the source demands a second factor, and the password was not proven, so that nobody has seen it asked for. */
function unseenFactorRows(): OutcomeRow[] {
  const forgotten = { triggerSource: "UserMigration_ForgotPassword", request: {} };
  const due = {
    AdminInitiateAuth: exception(RESET_EXCEPTION),
    AdminGetUser: { kind: "user", status: "RESET_REQUIRED" } as const,
  };
  const temporary = {
    AdminInitiateAuth: { kind: "challenge", name: "NEW_PASSWORD_REQUIRED" } as const,
    AdminGetUser: { kind: "user", status: "FORCE_CHANGE_PASSWORD" } as const,
  };
  const demanded = { SOURCE_MFA_CONFIGURATION: "ON" };
  const rowsOf = (row: Pick<OutcomeRow, "from" | "result" | "event" | "answers">): OutcomeRow[] => [
    { ...row, result: `${row.result}, the source demands MFA`, outcome: "mfa", environment: demanded },
    {
      ...row,
      result: `${row.result}, the source demands MFA, MFA_POLICY=allow`,
      outcome: "migrated_reset_required",
      environment: { ...demanded, MFA_POLICY: "allow" },
    },
  ];
  return [
    ...rowsOf({ from: "AdminInitiateAuth", result: RESET_EXCEPTION, answers: due }),
    ...rowsOf({ from: "AdminInitiateAuth", result: "NEW_PASSWORD_REQUIRED", answers: temporary }),
    ...rowsOf({
      from: "AdminGetUser, forgotten password",
      result: "no second factor in the profile",
      event: forgotten,
    }),
  ];
}

/** By what a status says, after a sign-in with tokens and after "forgot password". */
const AFTER_TOKENS: Readonly<Record<string, OutcomeName>> = {
  lasting: "migrated",
  reset: "migrated_reset_required",
  temporary: "user_status",
};
const AFTER_FORGOTTEN: Readonly<Record<string, OutcomeName>> = {
  ...AFTER_TOKENS,
  lasting: "migrated_reset_required",
};

function profileRows(from: OutcomeRow["from"], byMeaning: Readonly<Record<string, OutcomeName>>): OutcomeRow[] {
  const event = from === "AdminGetUser" ? {} : { triggerSource: "UserMigration_ForgotPassword", request: {} };
  const row = (result: string, outcome: OutcomeName, answer: AwsAnswer): OutcomeRow => ({
    from,
    result,
    outcome,
    event,
    answers: { AdminGetUser: answer },
  });
  return [
    ...keys(USER_STATUSES).map((status) => {
      const meaning = USER_STATUSES[status];
      return row(`UserStatus ${status}`, byMeaning[meaning] ?? (meaning as OutcomeName), { kind: "user", status });
    }),
    row("any other UserStatus", "user_status_unknown", { kind: "user", status: "FUTURE_STATUS" }),
    row("Enabled false", "user_disabled", { kind: "user", enabled: false }),
    row("UserNotFoundException", "user_not_found", exception("UserNotFoundException")),
  ];
}

function eventRows(): OutcomeRow[] {
  const from = "the event";
  return [
    { from, result: "no password at sign-in", outcome: "password_invalid", event: { request: {} } },
    {
      from,
      result: "a password of more than 256 characters",
      outcome: "password_invalid",
      event: { request: { password: "x".repeat(257) } },
    },
    { from, result: "a name that no user can have", outcome: "username_invalid", event: { userName: "two words" } },
    {
      from,
      result: "another of the user's names than the one that counts at the destination",
      outcome: "sign_in_name",
      answers: { AdminGetUser: { kind: "user", attributes: { email: "another@example.com" } } },
    },
    {
      from,
      result: "another's address, which is the user's preferred_username, where both are aliases",
      outcome: "sign_in_name",
      event: { userName: "jane@example.com" },
      answers: {
        AdminGetUser: {
          kind: "user",
          attributes: { email: "another@example.com", preferred_username: "jane@example.com" },
        },
      },
      environment: {
        DESTINATION_USERNAME_ATTRIBUTES: "none",
        DESTINATION_ALIAS_ATTRIBUTES: "email,preferred_username",
        DESTINATION_ATTRIBUTES: "email,preferred_username",
      },
    },
    {
      from,
      result: "a user with no attribute that the destination has",
      outcome: "nothing_to_carry",
      environment: { DESTINATION_USERNAME_ATTRIBUTES: "none", DESTINATION_ATTRIBUTES: "custom:only" },
    },
    {
      from,
      result: "a forgotten password, FORGOT_PASSWORD=refuse",
      outcome: "forgot_password",
      event: { triggerSource: "UserMigration_ForgotPassword", request: {} },
      environment: { FORGOT_PASSWORD: "refuse" },
    },
    { from, result: "another trigger", outcome: "unexpected_event", event: { triggerSource: "PreSignUp_SignUp" } },
    { from, result: "another user pool", outcome: "unexpected_event", event: { userPoolId: "eu-central-1_Another01" } },
    { from, result: "not of the documented shape", outcome: "unexpected_event", event: { request: null } },
    {
      from,
      result: "any, when the function's environment is not as deployed",
      outcome: "misconfigured",
      environment: { MFA_POLICY: "perhaps" },
    },
  ];
}

/** Decision 7, "Case". The event has what Cognito makes of the name that was typed, and the source has its own spelling. */
function caseRows(): OutcomeRow[] {
  const row = (
    result: string,
    outcome: OutcomeName,
    names: { readonly event: string; readonly source: string; readonly tellsCase: boolean },
    destinationTellsCase: boolean,
  ): OutcomeRow => ({
    from: "the event",
    result: `${result}, DESTINATION_CASE_SENSITIVE=${destinationTellsCase}`,
    outcome,
    event: { userName: names.event },
    answers: {
      AdminInitiateAuth: { kind: "tokens", ...(names.tellsCase ? { onlyFor: names.source } : {}) },
      AdminGetUser: { kind: "user", attributes: { email: names.source } },
    },
    environment: { DESTINATION_CASE_SENSITIVE: String(destinationTellsCase) },
  });
  const lower = "jane@example.com";
  const mixed = "Jane@Example.com";
  const blind = { event: mixed, source: lower, tellsCase: false };
  const flattened = { event: lower, source: mixed, tellsCase: true };
  const exact = { event: mixed, source: mixed, tellsCase: true };
  return [
    row("a name with capitals, which the source has without and does not tell apart", "sign_in_name", blind, true),
    row("a name with capitals, which the source has without and does not tell apart", "migrated", blind, false),
    row(
      "a name in lower case, of a user whom a case-sensitive source has with capitals",
      "not_authorized",
      flattened,
      false,
    ),
    row("a name with capitals, as a case-sensitive source has it", "migrated", exact, false),
  ];
}

function networkRows(): OutcomeRow[] {
  const from = "the network";
  const answers = (answer: AwsAnswer): Pick<OutcomeRow, "answers"> => ({ answers: { AdminInitiateAuth: answer } });
  return [
    { from, result: "no answer until the deadline", outcome: "deadline", ...answers({ kind: "never" }) },
    { from, result: "broken connection", outcome: "source_unavailable", ...answers({ kind: "broken connection" }) },
    { from, result: "an unreadable answer", outcome: "source_unavailable", ...answers({ kind: "nothing understood" }) },
    {
      from,
      result: "nobody listens",
      outcome: "source_unavailable",
      environment: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: "http://127.0.0.1:9" },
    },
    {
      from,
      result: "a name that DNS does not know",
      outcome: "source_unavailable",
      environment: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: "http://cognito-idp.invalid" },
    },
  ];
}

/** Every row, in the order of the page. */
export function outcomeRows(): readonly OutcomeRow[] {
  return [
    ...eventRows(),
    ...caseRows(),
    {
      from: "AssumeRole",
      result: "no credentials in the answer",
      outcome: "source_unavailable",
      answers: { AssumeRole: { kind: "nothing understood" } },
    },
    ...failuresOf("AssumeRole"),
    ...signInRows(),
    ...profileRows("AdminGetUser", AFTER_TOKENS),
    ...failuresOf("AdminGetUser"),
    ...profileRows("AdminGetUser, forgotten password", AFTER_FORGOTTEN),
    ...unseenFactorRows(),
    ...networkRows(),
  ];
}
