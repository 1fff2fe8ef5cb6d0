import fc from "fast-check";
import { CHALLENGES, FAILURES, SIGN_IN_REFUSALS, USER_STATUSES } from "../../rules/answers";
import type { MigrationRules } from "../../rules/hand-over";
import type { AliasAttribute } from "../../rules/names";
import type { Schema } from "../../rules/schema";
import { USER_POOL_ID } from "./migration";
import { schema } from "./schema";

/**
 * Generated events and answers: most of them what Cognito and the source really send, in every combination, and some of
 * them anything at all.
 */

const NAMES = ["user@example.com", "User@Example.com", "user1", "+15555550100", "sub-1", "claimed"];
const flag = fc.constantFrom("true", "True", "false");

/** Half of what is drawn is what Cognito sends, and half is anything. */
const orAnything = (likely: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 19, arbitrary: likely }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });

const name = fc.oneof(
  { weight: 20, arbitrary: fc.constant("user@example.com") },
  { weight: 8, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 140 }) },
);

/** As it comes off the wire, where there is no -0 and no undefined. */
const overWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

export const anEvent: fc.Arbitrary<unknown> = fc
  .oneof(
    { weight: 1, arbitrary: fc.jsonValue() },
    {
      weight: 19,
      arbitrary: fc.record(
        {
          version: orAnything(fc.constant("1")),
          triggerSource: orAnything(
            fc.constantFrom(
              "UserMigration_Authentication",
              "UserMigration_Authentication",
              "UserMigration_ForgotPassword",
            ),
          ),
          userPoolId: orAnything(fc.constant(USER_POOL_ID)),
          userName: name,
          request: orAnything(
            fc.record({
              password: orAnything(fc.string({ minLength: 9, unit: "binary" })),
              validationData: fc.jsonValue({ maxDepth: 1 }),
            }),
          ),
          response: orAnything(fc.constant({ userAttributes: null, finalUserStatus: null, messageAction: null })),
          futureField: fc.jsonValue({ maxDepth: 1 }),
        },
        { requiredKeys: ["userName"] },
      ),
    },
  )
  .map(overWire);

export interface WireAnswer {
  readonly status: number;
  readonly body: string;
}

const asJson = (status: number, value: unknown): WireAnswer => ({ status, body: JSON.stringify(value) });

const anException = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...Object.keys({ ...SIGN_IN_REFUSALS, ...FAILURES, PasswordResetRequiredException: 0 })),
      fc.string({ maxLength: 40 }),
    ),
    fc.constantFrom(400, 400, 403, 500, 503),
    fc.string(),
  )
  .map(([__type, status, message]) => asJson(status, { __type, message }));

const garbage = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map((value) => asJson(200, value)),
  fc.tuple(fc.constantFrom(200, 400, 502), fc.string()).map(([status, body]) => ({ status, body })),
);

export const tokenOf = (sub: string): string => `h.${Buffer.from(JSON.stringify({ sub })).toString("base64url")}.s`;

const TOKENS = fc
  .constantFrom("sub-1", "sub-1", "sub-1", "sub-1", "sub-2")
  .map((sub) => ({ AuthenticationResult: { AccessToken: tokenOf(sub) } }));

const A_CHALLENGE = fc.record({
  ChallengeName: fc.oneof(fc.constantFrom(...Object.keys(CHALLENGES)), fc.string()),
  ChallengeParameters: fc.constantFrom({}, {}, { USER_ID_FOR_SRP: "user1" }, { USER_ID_FOR_SRP: "sub-1" }),
});

export const aSignIn: fc.Arbitrary<WireAnswer> = fc.oneof(
  { weight: 6, arbitrary: TOKENS.map((body) => asJson(200, body)) },
  { weight: 3, arbitrary: A_CHALLENGE.map((body) => asJson(200, body)) },
  // Cognito never sends both.
  { weight: 1, arbitrary: fc.tuple(TOKENS, A_CHALLENGE).map(([a, b]) => asJson(200, { ...a, ...b })) },
  {
    weight: 1,
    arbitrary: fc
      .jsonValue({ maxDepth: 1 })
      .map((value) => asJson(200, { AuthenticationResult: { AccessToken: value } })),
  },
  { weight: 2, arbitrary: anException },
  { weight: 1, arbitrary: garbage },
);

const attributes = fc
  .record(
    {
      sub: fc.constantFrom("sub-1", "sub-1", "sub-1", "sub-1", "sub-2"),
      email: name,
      email_verified: orAnything(flag),
      phone_number: fc.constantFrom("+15555550100", ""),
      phone_number_verified: orAnything(flag),
      preferred_username: name,
      given_name: fc.string(),
      identities: fc.string(),
      "cognito:user_status": fc.string(),
      "cognito:mfa_enabled": flag,
      "dev:custom:x": fc.string(),
      "custom:tier": orAnything(fc.string()),
      __proto__: fc.string(),
      constructor: fc.string(),
    },
    { requiredKeys: ["sub", "email"] },
  )
  .chain((known) =>
    fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }).map((unknown) => ({ ...unknown, ...known })),
  );

export interface Profile {
  readonly Enabled?: unknown;
  readonly UserStatus?: unknown;
  readonly UserMFASettingList?: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

export const aProfile: fc.Arbitrary<{ answer: WireAnswer; profile: Profile | undefined }> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(
        fc.record(
          {
            Enabled: fc.constantFrom<unknown>(true, true, true, true, true, true, false, "true", 1, null),
            UserStatus: fc.oneof(
              { weight: 8, arbitrary: fc.constant("CONFIRMED") },
              { weight: 2, arbitrary: fc.constantFrom(...Object.keys(USER_STATUSES)) },
              { weight: 1, arbitrary: fc.string() },
            ),
            UserMFASettingList: fc.constantFrom([], [], [], ["SMS_MFA"], ["SOFTWARE_TOKEN_MFA"], ["EMAIL_OTP"]),
            futureField: fc.jsonValue({ maxDepth: 1 }),
          },
          { requiredKeys: ["UserStatus"] },
        ),
        fc.constantFrom("user1", "sub-1", "user@example.com"),
        attributes,
      )
      .map(([profile, Username, known]) => ({
        profile: { ...profile, attributes: known },
        answer: asJson(200, {
          ...profile,
          Username,
          UserAttributes: Object.entries(known).map(([Name, Value]) => ({ Name, Value })),
        }),
      })),
  },
  { weight: 1, arbitrary: anException.map((answer) => ({ answer, profile: undefined })) },
  { weight: 1, arbitrary: garbage.map((answer) => ({ answer, profile: undefined })) },
);

export const someRules: fc.Arbitrary<Partial<MigrationRules>> = fc.record({
  sourceUsernameAttributes: fc.constantFrom<readonly ("email" | "phone_number")[]>(
    [],
    ["email"],
    ["phone_number"],
    ["email", "phone_number"],
  ),
  destinationUsernameAttributes: fc.constantFrom<readonly ("email" | "phone_number")[]>(
    [],
    [],
    ["email"],
    ["email", "phone_number"],
  ),
  destinationAliasAttributes: fc.constantFrom<readonly AliasAttribute[] | undefined>(
    undefined,
    [],
    ["email", "preferred_username"],
    ["phone_number", "preferred_username"],
  ),
  destinationCaseSensitive: fc.boolean(),
  forgotPassword: fc.constantFrom("migrate" as const, "migrate" as const, "refuse" as const),
  unprovenPassword: fc.constantFrom("migrate" as const, "migrate" as const, "refuse" as const),
  sourceMfaConfiguration: fc.constantFrom("OFF" as const, "OPTIONAL" as const, "ON" as const),
  mfaPolicy: fc.constantFrom("reject" as const, "sms" as const, "allow" as const),
  attributeExclude: fc.subarray(["given_name", "email_verified"]).map((names) => new Set(names)),
  attributeMap: fc.constantFrom(new Map(), new Map([["sub", "custom:source_sub"]])),
});

export const SCHEMA: Schema = schema(
  "sub email email_verified phone_number phone_number_verified preferred_username given_name identities cognito:user_status custom:tier custom:source_sub dev:custom:x __proto__ constructor".split(
    " ",
  ),
);
