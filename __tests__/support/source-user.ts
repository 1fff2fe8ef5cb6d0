import { json, type Response } from "../../sandbox/aws/http";
import { LOG_USER_KEY, TYPED } from "./packaged-function";
import { assumedRole, type ScriptedAws, tokens } from "./scripted-aws";

export const SUB = "canary-sub-0001";

/** A user whose every value is a canary. */
const ATTRIBUTES = {
  sub: SUB,
  email: TYPED.userName,
  email_verified: "true",
  given_name: "Canary Näme",
  "custom:legacy": "canary-legacy",
};

/** What AdminInitiateAuth answers to that user's password. */
export const sourceTokens = (sub = SUB, claims: object = {}): Response => tokens(sub, claims);

/** What AdminGetUser answers. */
export function sourceProfile(over: object = {}, attributes: Readonly<Record<string, string>> = {}): Response {
  return json(200, {
    Username: SUB,
    Enabled: true,
    UserStatus: "CONFIRMED",
    UserCreateDate: 1_700_000_000,
    UserAttributes: Object.entries({ ...ATTRIBUTES, ...attributes }).map(([Name, Value]) => ({ Name, Value })),
    ...over,
  });
}

/** Answers of a source in which all is well. */
export const healthy = (): ScriptedAws["answers"] => ({
  AssumeRole: () => assumedRole(),
  AdminInitiateAuth: () => sourceTokens(),
  AdminGetUser: () => sourceProfile(),
});

/** An AWS message that repeats what the user typed, as some do. */
export const TELLTALE = `canary-message of ${TYPED.userName} with ${TYPED.password}`;

/** Everything that must never be written anywhere. */
export const SECRETS: readonly string[] = [
  ...Object.values(TYPED),
  ...Object.values(ATTRIBUTES).filter((value) => value !== "true"),
  "+15555550100",
  "another@example.com",
  "jane@example.com",
  "canary-message",
  "canary-session",
  "canary-execution-secret",
  "canary-execution-token",
  "canary-validation-data",
  "canary-client-id",
  "canary-role-secret",
  "canary-role-token",
  LOG_USER_KEY,
];
