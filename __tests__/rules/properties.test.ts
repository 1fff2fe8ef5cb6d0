import "../support/quiet-sdk";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { sourceUserPool } from "../../handler/aws/source-user-pool";
import { createHandler } from "../../handler/triggers/user-migration/invocation";
import { CHALLENGES } from "../../rules/answers";
import type { HandlerSettings } from "../../rules/function-environment";
import type { MigrationRules } from "../../rules/hand-over";
import { USER_MESSAGE } from "../../rules/outcome";
import {
  anEvent,
  aProfile,
  aSignIn,
  type Profile,
  SCHEMA,
  someRules,
  tokenOf,
  type WireAnswer,
} from "../support/arbitraries";
import { rules } from "../support/migration";

/** Mutation testing runs fewer of them, once for every mutant. */
const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 1_000);

/** Enough to send, and so little that nothing is sent again: waiting is not what this is about. */
const REMAINING_MS = 590;

/** On a machine that does nothing else it takes about ten seconds. */
const PATIENCE_MS = 300_000;

interface Case {
  readonly event: unknown;
  readonly signIn: WireAnswer;
  readonly found: { readonly answer: WireAnswer; readonly profile: Profile | undefined };
  readonly someRules: Partial<MigrationRules>;
  readonly isAsDescribed: boolean;
}

let answers: Case;

/** The AWS SDK itself, with nothing but the network replaced: it answers what the case at hand says. */
const client = new CognitoIdentityProviderClient({
  region: "eu-west-1",
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
  maxAttempts: 1,
  requestHandler: {
    handle: async ({ headers }: { headers: Record<string, string> }) => {
      const { status, body } = headers["x-amz-target"]?.endsWith("AdminGetUser")
        ? answers.found.answer
        : answers.signIn;
      const contentType = { "content-type": "application/x-amz-json-1.1" };
      return { response: { statusCode: status, headers: contentType, body: Buffer.from(body) } };
    },
  } as never,
});

type UsernameAttributes = MigrationRules["sourceUsernameAttributes"];

/** A source that is not as it was described fails every user: that is drawn once in a while. */
function sourceUsernameAttributes({ found, someRules: drawn, isAsDescribed }: Case): UsernameAttributes {
  const { sourceUsernameAttributes: told = [] } = drawn;
  if (!isAsDescribed || found.profile === undefined) return told;
  if (JSON.parse(found.answer.body).Username !== found.profile.attributes["sub"]) return [];
  return told.length > 0 ? told : ["email"];
}

async function run(drawn: Case) {
  answers = drawn;
  const settings = {
    ...rules({
      ...drawn.someRules,
      sourceUsernameAttributes: sourceUsernameAttributes(drawn),
      destinationSchema: SCHEMA,
    }),
    logUserKey: "a-key-of-thirty-two-characters-00",
  } as HandlerSettings;
  const lines: string[] = [];
  const handler = await createHandler({
    settings,
    functionName: "f",
    connect: (_, turn) => ({ ...sourceUserPool(settings, client, turn), warmUp: async () => undefined }),
    initializationType: "on-demand",
    processAgeMs: () => 0,
    now: () => new Date(0),
    write: (line) => lines.push(line),
  });
  const given = structuredClone(drawn.event);
  const outcome = await handler(drawn.event, { awsRequestId: "id", getRemainingTimeInMillis: () => REMAINING_MS }).then(
    (value) => ({ value, error: undefined }),
    (error: unknown) => ({ value: undefined, error }),
  );
  return { ...outcome, lines, given };
}

/** Of the shape of an address by which users of this destination sign in, or may. */
function isAddress(name: string, { destinationUsernameAttributes = [], ...drawn }: Partial<MigrationRules>): boolean {
  const aliases =
    drawn.destinationAliasAttributes ?? (destinationUsernameAttributes.length > 0 ? [] : ["email", "phone_number"]);
  const shape = name.includes("@") ? "email" : /^\+[0-9]+$/.test(name) ? "phone_number" : "";
  return [...destinationUsernameAttributes, ...aliases].some((attribute) => attribute === shape);
}

/** Whatever can be somebody's name at the destination is this user's own. */
function checkNames(carried: Record<string, string>, typed: string, one: Case): void {
  const { found, someRules: drawn } = one;
  const { destinationUsernameAttributes = [], destinationAliasAttributes: aliases } = drawn;
  const { attributes = {} } = found.profile ?? {};
  const isProven = (attribute: "email" | "phone_number"): boolean =>
    isYes(attributes[`${attribute}_verified`]) || sourceUsernameAttributes(one).includes(attribute);
  const canBeAlias = destinationUsernameAttributes.length === 0 && (aliases?.includes("preferred_username") ?? true);
  const names = [carried["username"], canBeAlias ? carried["preferred_username"] : undefined];
  for (const name of names) expect([name, isAddress(name ?? "", drawn)]).toEqual([name, false]);
  if (destinationUsernameAttributes.length > 0) {
    const isTyped = (attribute: string): boolean => carried[attribute]?.toLowerCase() === typed.toLowerCase();
    expect(destinationUsernameAttributes.some(isTyped)).toBe(true);
    // Each of them is a sign-in name, typed or not.
    const unproven = destinationUsernameAttributes.filter((one) => carried[one] !== undefined && !isProven(one));
    expect(unproven).toEqual([]);
    return;
  }
  if (!aliases?.length || !isAddress(typed, drawn)) return;
  const attribute = typed.includes("@") ? "email" : "phone_number";
  expect([carried[attribute], isYes(attributes[`${attribute}_verified`])]).toEqual([typed, true]);
}

const isYes = (flag: unknown): boolean => typeof flag === "string" && flag.toLowerCase() === "true";

type Decided = { response: Record<string, unknown>; request: { password: string } };

function checkMigrated(result: Decided, { signIn, found, someRules: drawnRules }: Case): void {
  const { response } = result;
  const carried = response["userAttributes"] as Record<string, string>;
  const { profile } = found;
  expect(profile?.Enabled).toBe(true);
  expect(["CONFIRMED", "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD"]).toContain(profile?.UserStatus);
  for (const attribute of Object.keys(carried)) expect(attribute).not.toMatch(/^(sub|identities|(cognito|dev):.*)$/);
  for (const [flagName, subject] of [
    ["email_verified", "email"],
    ["phone_number_verified", "phone_number"],
  ] as const)
    if (flagName in carried) {
      expect(carried[flagName]).toBe(isYes(profile?.attributes[flagName]) ? "true" : "false");
      expect([carried[subject], profile?.attributes[subject]]).toEqual([expect.any(String), expect.any(String)]);
      expect(carried[subject]?.toLowerCase()).toBe(String(profile?.attributes[subject]).toLowerCase());
    }
  for (const value of Object.values(carried)) expect(typeof value).toBe("string");
  expect([response["messageAction"], response["forceAliasCreation"]]).toEqual(["SUPPRESS", false]);
  if (response["finalUserStatus"] === null) {
    expect(drawnRules.unprovenPassword).toBe("migrate");
    // Nobody has seen the second factor that such a source demands.
    if (drawnRules.sourceMfaConfiguration === "ON" && drawnRules.mfaPolicy !== "allow")
      expect([profile?.UserMFASettingList, response["enableSMSMFA"]]).toEqual([["SMS_MFA"], true]);
    return;
  }
  expect(response["finalUserStatus"]).toBe("CONFIRMED");
  expect(profile?.UserStatus).toBe("CONFIRMED");
  const { AuthenticationResult, ChallengeName, ChallengeParameters } = JSON.parse(signIn.body);
  if (ChallengeName) {
    expect(CHALLENGES[ChallengeName as keyof typeof CHALLENGES]).toBe("second_factor");
    expect(ChallengeParameters.USER_ID_FOR_SRP).toBe(JSON.parse(found.answer.body).Username);
  } else expect(AuthenticationResult.AccessToken).toBe(tokenOf(String(profile?.attributes["sub"])));
  expect(signIn.status).toBe(200);
  expect(result.request.password).toBeTruthy();
}

test(
  `whatever Cognito and the source say (${RUNS} times)`,
  async () => {
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(
        fc.record<Case>({
          event: anEvent,
          signIn: aSignIn,
          found: aProfile,
          someRules,
          isAsDescribed: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn > 0),
        }),
        async (drawn) => {
          const { value, error, lines, given } = await run(drawn);
          expect(lines).toHaveLength(1);
          const line = JSON.parse(lines[0] ?? "");
          const key = line.reason ?? line.outcome;
          seen[key] = (seen[key] ?? 0) + 1;
          if (error !== undefined) {
            const { name: errorName, message, stack, cause, ...more } = error as Error & Record<string, unknown>;
            expect([errorName, message, stack, cause, more]).toEqual([
              "MigrationFailure",
              USER_MESSAGE,
              "",
              undefined,
              {},
            ]);
            expect(line.outcome).toBe("failed");
            return;
          }
          // What was not decided is as it was, and all of it can be sent.
          expect(JSON.parse(JSON.stringify(value))).toEqual(value);
          if (line.outcome === "refused") {
            expect(value).toBe(drawn.event);
            expect(value).toEqual(given);
            return;
          }
          const { response: _, ...rest } = value as Decided;
          const { response: __, ...before } = given as Decided;
          expect(rest).toEqual(before);
          checkMigrated(value as Decided, drawn);
          const names = (value as Decided).response["userAttributes"] as Record<string, string>;
          checkNames(names, (given as { userName: string }).userName, drawn);
          const { userName, request } = given as { userName: string; request: { password?: unknown } };
          for (const secret of [userName, request.password])
            if (typeof secret === "string" && secret.length > 8) expect(lines[0]).not.toContain(secret);
        },
      ),
      { numRuns: RUNS },
    );
    // None of it counts if the interesting ends are never reached; the few cases of a mutation run may miss one by chance.
    if (RUNS < 10_000) return;
    for (const end of [
      "migrated",
      "reset_required",
      "mfa",
      "sign_in_name",
      "password_unproven",
      "user_disabled",
      "user_changed",
      "challenge_unknown",
    ])
      expect([end, (seen[end] ?? 0) > RUNS / 500]).toEqual([end, true]);
  },
  PATIENCE_MS,
);
