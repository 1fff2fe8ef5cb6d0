import { OUTCOMES } from "../../../rules/outcome";
import { type Answer, beginning, decision, type Ending, ending } from "../../../sandbox/page/words";

const NOTHING: Omit<Ending, "operation"> = {
  hasPassword: true,
  wasAsked: false,
  wasCreated: false,
  codeWasSent: false,
  answer: { hasTokens: false },
};
const TOKENS: Answer = { hasTokens: true };
const refusal = (error: string): Answer => ({ error, message: "a message", hasTokens: false });

test.each([
  ["InitiateAuth", "USER_PASSWORD_AUTH", "Sign-in", true],
  ["AdminInitiateAuth", "ADMIN_USER_PASSWORD_AUTH", "Sign-in", true],
  ["InitiateAuth", "USER_SRP_AUTH", "Sign-in over SRP", false],
  ["InitiateAuth", "REFRESH_TOKEN_AUTH", "Refresh", false],
  // One of a later version.
  ["InitiateAuth", "SOME_AUTH", "InitiateAuth", false],
  // What every object has is in no table.
  ["InitiateAuth", "constructor", "InitiateAuth", false],
  ["toString", undefined, "toString", false],
  ["ForgotPassword", undefined, "Forgotten password", false],
  ["GetUser", undefined, "GetUser", false],
  ["RevokeToken", undefined, "Sign-out", false],
  ["GlobalSignOut", undefined, "Sign-out everywhere", false],
])("%s %s begins: %s; with a password for the trigger: %s", (operation, flow, title, hasPassword) => {
  const begun = beginning(operation, flow === undefined ? {} : { AuthFlow: flow });
  expect(begun).toMatchObject({ title, hasPassword, call: flow === undefined ? operation : `${operation} ${flow}` });
  expect(begun.text).not.toBe("");
});

test.each<[string, Partial<Ending>, string, string]>([
  ["InitiateAuth", { answer: TOKENS, wasAsked: true, wasCreated: true }, "good", "Migrated and signed in"],
  ["InitiateAuth", { answer: TOKENS }, "good", "Signed in, without the function"],
  // A refresh never asks it, so that says nothing.
  ["InitiateAuth", { answer: TOKENS, hasPassword: false }, "good", "Signed in"],
  ["InitiateAuth", { answer: refusal("NotAuthorizedException") }, "refused", "Refused"],
  ["InitiateAuth", { answer: refusal("UserLambdaValidationException") }, "refused", "Failed"],
  [
    "InitiateAuth",
    { answer: refusal("PasswordResetRequiredException"), wasCreated: true },
    "waiting",
    "Has come over, and must set a new password",
  ],
  [
    "InitiateAuth",
    { answer: refusal("PasswordResetRequiredException") },
    "waiting",
    "This user must set a new password",
  ],
  ["InitiateAuth", { answer: { challenge: "SMS_MFA", hasTokens: false } }, "waiting", "Waits for SMS_MFA"],
  ["ForgotPassword", { codeWasSent: true }, "waiting", "A code was sent"],
  ["ForgotPassword", {}, "refused", "No code was sent; it answers so for whomever no code reaches"],
  ["ConfirmForgotPassword", {}, "good", "New password set"],
  ["RevokeToken", {}, "good", "Signed out"],
  ["GlobalSignOut", {}, "good", "Signed out"],
  ["SignUp", {}, "good", "Done"],
])("%s with %j is %s: %s", (operation, more, is, text) => {
  expect(ending({ ...NOTHING, operation, ...more }).verdict).toEqual({ is, text });
});

const LINE = { timestamp: "2026-01-01T00:00:00.000Z", duration_ms: 25 };

test("what the function decides is said in the words of its log, with what stays behind", () => {
  const { means } = OUTCOMES.migrated;
  const line = { ...LINE, message: `migrated: ${means}`, outcome: "migrated", dropped_attributes: ["custom:x"] };
  expect(decision({ ...line, cold_start: true })).toBe(`answers: ${means}. 25 ms; cold start; left behind: custom:x`);
});

test.each([
  ["refused", "user_disabled", /^answers as if there were no such user\. .*disabled at the source \(user_disabled\)\./],
  ["failed", "throttled", /^fails\. .*quota is used up \(throttled\)\./],
  ["refused", "of_a_later_version", /why: something new \(of_a_later_version\)/],
])("what the user does not learn stands there: %s, %s", (outcome, reason, said) => {
  expect(decision({ ...LINE, message: `${outcome}: something new`, outcome, reason })).toMatch(said);
});
