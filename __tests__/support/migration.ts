import { createHmac } from "node:crypto";
import type { Decision, MigrationRules, SourceUser } from "../../rules/hand-over";
import {
  migrateUser as migrateUserWith,
  type SignIn,
  type SourceUserPool,
  type UserMigrationEvent,
} from "../../rules/migrate-user";
import type { Signer } from "../../rules/stamp-user";
import { schema } from "./schema";
import { SOURCE_USER_POOL_ID } from "./settings";

export const USER_POOL_ID = "eu-central-1_Dest0001";

/** A day in 2027. */
export const NOW_SECONDS = 1_800_000_000;
export const SIGNER: Signer = { createHmac, nowSeconds: NOW_SECONDS };

/** On that day. */
export const migrateUser = (event: UserMigrationEvent, rules: MigrationRules, source: SourceUserPool) =>
  migrateUserWith(event, rules, source, SIGNER);

export const SUB = "0a1b2c3d-0000-4000-8000-000000000001";

export interface WireEvent {
  readonly triggerSource: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly request: object;
  readonly response: object;
}

/** The event as Cognito sends it: every response field is there and null. */
export function wireEvent(over: Partial<WireEvent> = {}): WireEvent {
  return {
    triggerSource: "UserMigration_Authentication",
    userPoolId: USER_POOL_ID,
    userName: "user@example.com",
    request: { password: "a-password" },
    response: { userAttributes: null, finalUserStatus: null, messageAction: null },
    ...over,
  };
}

/** The event as far as it is used. */
export function event(over: Partial<UserMigrationEvent> = {}): UserMigrationEvent {
  return {
    triggerSource: "UserMigration_Authentication",
    userPoolId: USER_POOL_ID,
    userName: "user@example.com",
    password: "a-password",
    ...over,
  };
}

const FORGOT_PASSWORD = { triggerSource: "UserMigration_ForgotPassword" } as const;

export const forgotPassword = (over: Partial<UserMigrationEvent> = {}): UserMigrationEvent =>
  event({ ...FORGOT_PASSWORD, password: undefined, ...over });

export const forgotPasswordOnWire = (over: Partial<WireEvent> = {}): WireEvent =>
  wireEvent({ ...FORGOT_PASSWORD, request: {}, ...over });

export function rules(over: Partial<MigrationRules> = {}): MigrationRules {
  return {
    sourceUserPoolId: SOURCE_USER_POOL_ID,
    destinationUserPoolId: USER_POOL_ID,
    destinationSchema: schema(["email", "phone_number", "preferred_username", "given_name", "custom:source_sub"]),
    sourceUsernameAttributes: ["email"],
    destinationUsernameAttributes: ["email"],
    destinationAliasAttributes: [],
    destinationCaseSensitive: true,
    forgotPassword: "migrate",
    unprovenPassword: "migrate",
    sourceMfaConfiguration: "OPTIONAL",
    mfaPolicy: "reject",
    attributeExclude: new Set(),
    attributeMap: new Map(),
    ...over,
  };
}

export function user(over: Partial<SourceUser> = {}): SourceUser {
  return {
    username: SUB,
    enabled: true,
    status: "CONFIRMED",
    mfaSettings: [],
    ...over,
    attributes: {
      sub: SUB,
      email: "user@example.com",
      email_verified: "true",
      ...over.attributes,
    },
  };
}

export const TOKENS: SignIn = { kind: "tokens", sub: SUB, groups: [] };
export const challenge = (name: string): SignIn => ({ kind: "challenge", name, username: SUB });

/** A source that answers as told, and remembers what it was asked. */
export function source(
  signIn: SignIn | Error,
  found: SourceUser | Error | undefined,
): SourceUserPool & { readonly calls: string[] } {
  const calls: string[] = [];
  const answer = async <T>(call: string, value: T | Error): Promise<T> => {
    calls.push(call);
    if (value instanceof Error) throw value;
    return value;
  };
  return {
    calls,
    signIn: (username) => answer(`signIn ${username}`, signIn),
    getUser: (username) => answer(`getUser ${username}`, found),
  };
}

export function responseOf(decision: Decision): Extract<Decision, { response: unknown }>["response"] | undefined {
  return "response" in decision ? decision.response : undefined;
}
