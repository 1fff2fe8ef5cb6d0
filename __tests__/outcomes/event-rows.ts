import type { OutcomeName } from "../../rules/outcome";
import { type AwsAnswer, FORGOTTEN, type OutcomeRow } from "./row";

export function eventRows(): OutcomeRow[] {
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
        DESTINATION_SCHEMA: '{"String 0 2048":["email","preferred_username"]}',
      },
    },
    {
      from,
      result: "a user with no attribute that the destination has",
      outcome: "nothing_to_carry",
      environment: { DESTINATION_USERNAME_ATTRIBUTES: "none", DESTINATION_SCHEMA: '{"String 0 2048":["custom:only"]}' },
    },
    {
      from,
      result: "a user whose phone number is not verified, where it is required and users may sign in by it",
      outcome: "required_unproven",
      answers: { AdminGetUser: { kind: "user", attributes: { phone_number: "+15555550100" } } },
      environment: {
        DESTINATION_USERNAME_ATTRIBUTES: "email,phone_number",
        DESTINATION_SCHEMA: '{"String 0 2048":["email"],"String 0 2048 required":["phone_number"]}',
      },
    },
    {
      from,
      result: "a user whose value is too long for an attribute that the destination requires",
      outcome: "required_unfit",
      answers: { AdminGetUser: { kind: "user", attributes: { given_name: "Jane" } } },
      environment: { DESTINATION_SCHEMA: '{"String 0 2048":["email"],"String 0 3 required":["given_name"]}' },
    },
    {
      from,
      result: "a forgotten password, FORGOT_PASSWORD=refuse",
      outcome: "forgot_password",
      event: FORGOTTEN,
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
    {
      from,
      result: "a user with no username of the own, of a source that is said to have usernames",
      outcome: "misconfigured",
      environment: { SOURCE_USERNAME_ATTRIBUTES: "none" },
    },
  ];
}

/** Decision 7, "Case". The event has what Cognito makes of the name that was typed, and the source has its own spelling. */
export function caseRows(): OutcomeRow[] {
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

export function networkRows(): OutcomeRow[] {
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
