import type { TriggerAnswer } from "../../../../sandbox/aws/trigger-invocation";
import { interpret, type MigrationRequest, migrationEvent } from "../../../../sandbox/aws/user-pool/migration";

const REQUEST: MigrationRequest = {
  triggerSource: "UserMigration_Authentication",
  region: "eu-central-1",
  userPoolId: "eu-central-1_Dest0001",
  clientId: "1example",
  userName: "user@example.com",
  password: "a-password",
};
const SCHEMA = ["email", "email_verified", "sub"];

const returned = (response: unknown): TriggerAnswer => ({ kind: "returned", payload: { response } });
const withAttributes = (attributes: object, more: object = {}) => returned({ userAttributes: attributes, ...more });

/** What the client is told; undefined where the answer is taken. */
const refusal = (answer: TriggerAnswer, aliases: readonly string[] = []): unknown => {
  try {
    interpret(REQUEST, answer, SCHEMA, aliases);
    return undefined;
  } catch (error) {
    return error;
  }
};

test("the event has every field of the trigger's contract", () => {
  expect(migrationEvent(REQUEST)).toMatchObject({
    version: "1",
    triggerSource: "UserMigration_Authentication",
    userName: "user@example.com",
    callerContext: { clientId: "1example" },
    request: { password: "a-password", validationData: null },
    response: { userAttributes: null, finalUserStatus: null, messageAction: null },
  });
});

test("a forgotten password comes without a password", () => {
  const { password: _, ...forgotten } = REQUEST;
  expect(migrationEvent(forgotten)).not.toHaveProperty("request.password");
});

test.each([
  ["CONFIRMED", { finalUserStatus: "CONFIRMED" }],
  ["RESET_REQUIRED", {}],
  ["RESET_REQUIRED", { finalUserStatus: null }],
])("creates a user %s from %p", (status, more) => {
  expect(interpret(REQUEST, withAttributes({ email: "a" }, more), SCHEMA)).toEqual({
    name: "user@example.com",
    attributes: { email: "a" },
    password: "a-password",
    status,
    forceAliasCreation: false,
    mfa: [],
  });
});

test.each([
  ["an untouched response", returned({ userAttributes: null })],
  ["no attributes", withAttributes({})],
])("takes %s for a user whom the function does not know", (_, answer) => {
  expect(interpret(REQUEST, answer, SCHEMA)).toBeUndefined();
});

test("a pool with aliases takes another username when an alias holds what was typed", () => {
  const answer = withAttributes({ email: "user@example.com", username: "b" });
  expect(interpret(REQUEST, answer, SCHEMA, ["email"])).toMatchObject({ name: "b" });
  expect(refusal(answer, ["phone_number"])).toMatchObject({ type: "UserNotFoundException" });
});

test.each<[string, TriggerAnswer, string]>([
  [
    "an error of the function",
    { kind: "failed", payload: { errorMessage: "Try later" } },
    "UserLambdaValidationException",
  ],
  ["a function that may not be invoked", { kind: "not_invocable" }, "UserNotFoundException"],
  ["an attribute outside the schema", withAttributes({ "custom:x": "1" }), "UserNotFoundException"],
  ["a sub", withAttributes({ sub: "1" }), "UserNotFoundException"],
  ["another username", withAttributes({ email: "a", username: "b" }), "UserNotFoundException"],
  ["another status", withAttributes({ email: "a" }, { finalUserStatus: "RESET_REQUIRED" }), "UserNotFoundException"],
])("creates nobody from %s", (_, answer, type) => {
  expect(refusal(answer)).toMatchObject({ type });
});

test("the client sees the text of the function's error", () => {
  const answer: TriggerAnswer = { kind: "failed", payload: { errorMessage: "Try later" } };
  expect(refusal(answer)).toMatchObject({ message: "UserMigration failed with error Try later." });
});
