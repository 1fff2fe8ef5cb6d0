import type { MfaConfiguration, MfaPolicy } from "../../rules/attribute-rules";
import type { MigrationRules, SourceUser } from "../../rules/hand-over";
import type { SignIn, UserMigrationEvent } from "../../rules/migrate-user";
import type { AliasAttribute } from "../../rules/names";
import { MigrationFailure, type RefusedOutcome } from "../../rules/outcome";
import {
  challenge,
  event,
  forgotPassword,
  migrateUser,
  responseOf,
  rules,
  source,
  TOKENS,
  user,
} from "../support/migration";
import { schema } from "../support/schema";

const decide = (signIn: SignIn, found: SourceUser | undefined, withRules = rules()) =>
  migrateUser(event(), withRules, source(signIn, found));

describe("sign-in", () => {
  test("a proven password makes a CONFIRMED user, without a message and without taking an alias", async () => {
    expect(await decide(TOKENS, user())).toEqual({
      outcome: "migrated",
      response: {
        userAttributes: { email: "user@example.com", email_verified: "true" },
        finalUserStatus: "CONFIRMED",
        messageAction: "SUPPRESS",
        forceAliasCreation: false,
      },
      droppedAttributes: {},
      factors: [],
      droppedFactors: [],
    });
  });

  test("the password is proven before the profile is read", async () => {
    const pool = source(TOKENS, user());
    await migrateUser(event(), rules(), pool);
    expect(pool.calls).toEqual(["signIn user@example.com", "getUser user@example.com"]);
  });

  test.each(["not_authorized", "user_not_found", "user_unconfirmed", "source_trigger"] as const)(
    "a refusal by the source (%s) is passed on, and no profile is read",
    async (outcome) => {
      const pool = source({ kind: "refused", outcome }, user());
      expect(await migrateUser(event(), rules(), pool)).toEqual({ outcome });
      expect(pool.calls).toHaveLength(1);
    },
  );

  test.each([undefined, "", "x".repeat(257), "half \ud800 a character", "\u{1f600}".repeat(129)])(
    "without a password that can be one (%p) nobody is asked",
    async (password) => {
      const pool = source(TOKENS, user());
      expect(await migrateUser(event({ password }), rules(), pool)).toEqual({ outcome: "password_invalid" });
      expect(pool.calls).toEqual([]);
    },
  );

  test("the longest password that a user pool allows is tried", async () => {
    const pool = source(TOKENS, user());
    expect((await migrateUser(event({ password: "x".repeat(256) }), rules(), pool)).outcome).toBe("migrated");
  });

  test.each(["", "with space", "line\nbreak", "x".repeat(129), "\u{1f600}".repeat(65), "\ud800"])(
    "for a name that no user can have (%p) nobody is asked",
    async (userName) => {
      const pool = source(TOKENS, user());
      expect(await migrateUser(event({ userName }), rules(), pool)).toEqual({ outcome: "username_invalid" });
      expect(pool.calls).toEqual([]);
    },
  );

  test("the longest name that a user pool allows is tried", async () => {
    for (const userName of ["x".repeat(128), "\u{1f600}".repeat(64)])
      expect((await migrateUser(event({ userName }), rules(), source(TOKENS, user()))).outcome).toBe("sign_in_name");
  });

  test("a user who vanished in between is refused", async () => {
    expect(await decide(TOKENS, undefined)).toEqual({ outcome: "user_not_found" });
  });

  test.each([
    ["UNCONFIRMED", "user_unconfirmed"],
    ["EXTERNAL_PROVIDER", "user_federated"],
    ["FORCE_CHANGE_PASSWORD", "user_status"],
    ["ARCHIVED", "user_status"],
    ["COMPROMISED", "user_status"],
    ["UNKNOWN", "user_status"],
    ["", "user_status_unknown"],
    ["NEW_IN_2030", "user_status_unknown"],
    ["constructor", "user_status_unknown"],
  ])("tokens for a user who is %s are not enough", async (status, outcome) => {
    expect(await decide(TOKENS, user({ status }))).toEqual({ outcome });
  });

  test.each(["CONFIRMED", "RESET_REQUIRED", "UNCONFIRMED", "EXTERNAL_PROVIDER"])(
    "a disabled user is refused, whatever else (%s)",
    async (status) => {
      expect(await decide(TOKENS, user({ status, enabled: false }))).toEqual({ outcome: "user_disabled" });
    },
  );

  test.each([
    "PASSWORD_VERIFIER",
    "PASSWORD",
    "PASSWORD_SRP",
    "SELECT_CHALLENGE",
    "WEB_AUTHN",
    "SMS_OTP",
    "CUSTOM_CHALLENGE",
    "ADMIN_NO_SRP_AUTH",
    "DEVICE_SRP_AUTH",
    "DEVICE_PASSWORD_VERIFIER",
  ])("the challenge %p proves nothing, and no profile is read", async (name) => {
    const pool = source(challenge(name), user());
    expect(await migrateUser(event(), rules({ mfaPolicy: "allow" }), pool)).toEqual({ outcome: "challenge" });
    expect(pool.calls).toHaveLength(1);
  });

  test.each(["NEW_IN_2030", "", "constructor", "sms_mfa"])("the challenge %p is not understood", async (name) => {
    const pool = source(challenge(name), user());
    expect(await migrateUser(event(), rules({ mfaPolicy: "allow" }), pool)).toEqual({ outcome: "challenge_unknown" });
    expect(pool.calls).toHaveLength(1);
  });

  test.each<[string, SignIn, SourceUser]>([
    ["tokens of another", { kind: "tokens", sub: "another", groups: [] }, user()],
    ["a challenge of another", { kind: "challenge", name: "SMS_MFA", username: "another" }, user()],
    ["tokens, and a profile without a sub", TOKENS, { ...user(), attributes: { email: "user@example.com" } }],
  ])("a name that changed hands between the calls is a failure: %s", async (_, signIn, found) => {
    await expect(decide(signIn, found, rules({ mfaPolicy: "allow" }))).rejects.toMatchObject({
      outcome: "user_changed",
    });
  });

  test("a challenge that names nobody makes nobody CONFIRMED", async () => {
    const nameless: SignIn = { kind: "challenge", name: "SMS_MFA", username: undefined };
    const phone = { phone_number: "+15555550100", phone_number_verified: "true" };
    for (const mfaPolicy of ["allow", "sms"] as const)
      await expect(decide(nameless, user({ attributes: phone }), rules({ mfaPolicy }))).rejects.toMatchObject({
        outcome: "user_changed",
      });
    expect(await decide(nameless, user())).toMatchObject({ outcome: "mfa" });
    const temporary: SignIn = { kind: "challenge", name: "NEW_PASSWORD_REQUIRED" };
    const found = user({ status: "FORCE_CHANGE_PASSWORD" });
    expect(await decide(temporary, found)).toMatchObject({ outcome: "migrated_reset_required" });
  });

  test("a challenge that names the user whose profile it is goes on", async () => {
    const signIn: SignIn = { kind: "challenge", name: "SMS_MFA", username: user().username };
    expect((await decide(signIn, user(), rules({ mfaPolicy: "allow" }))).outcome).toBe("migrated");
  });
});

describe("without a lasting password", () => {
  test("a temporary password is not made permanent", async () => {
    const decision = await decide(challenge("NEW_PASSWORD_REQUIRED"), user({ status: "FORCE_CHANGE_PASSWORD" }));
    expect(decision.outcome).toBe("migrated_reset_required");
    expect(responseOf(decision)).not.toHaveProperty("finalUserStatus");
  });

  test("a user whom the source asks to reset is asked at the destination", async () => {
    const decision = await decide({ kind: "reset_required" }, user({ status: "RESET_REQUIRED" }));
    expect(decision.outcome).toBe("migrated_reset_required");
    expect(responseOf(decision)).toEqual({
      userAttributes: { email: "user@example.com", email_verified: "true" },
      messageAction: "SUPPRESS",
      forceAliasCreation: false,
    });
  });

  test.each(["reset_required", "challenge"] as const)(
    "%s never makes a user CONFIRMED, not even one whom the profile calls CONFIRMED",
    async (kind) => {
      const signIn: SignIn = kind === "challenge" ? challenge("NEW_PASSWORD_REQUIRED") : { kind };
      expect(await decide(signIn, user({ status: "CONFIRMED" }))).toEqual({ outcome: "user_status" });
    },
  );

  test("a password that was reset in the meantime is not carried over", async () => {
    const decision = await decide(TOKENS, user({ status: "RESET_REQUIRED" }));
    expect(decision.outcome).toBe("migrated_reset_required");
    expect(responseOf(decision)).not.toHaveProperty("finalUserStatus");
  });

  test.each([
    ["neither address nor number", { email: "user@example.com", email_verified: "false" }],
    ["an unverified number", { email_verified: "false", phone_number: "+15555550100", phone_number_verified: "false" }],
  ])("a user who could receive no code is refused: %s", async (_, attributes) => {
    const unreachable = user({ status: "RESET_REQUIRED", attributes });
    expect(await decide({ kind: "reset_required" }, unreachable)).toEqual({ outcome: "no_recovery_channel" });
  });

  test("a verified address that stays behind cannot receive a code", async () => {
    const withRules = rules({ attributeExclude: new Set(["email"]), destinationUsernameAttributes: [] });
    const decision = await decide({ kind: "reset_required" }, user({ status: "RESET_REQUIRED" }), withRules);
    expect(decision).toEqual({ outcome: "no_recovery_channel" });
  });
});

describe("UNPROVEN_PASSWORD=refuse", () => {
  const strict = rules({ unprovenPassword: "refuse" });
  const reset = user({ status: "RESET_REQUIRED" });

  test.each<[string, UserMigrationEvent, SignIn, SourceUser, readonly string[]]>([
    ["a forgotten password", forgotPassword(), TOKENS, user(), []],
    ["a forgotten password, where a reset is due", forgotPassword(), TOKENS, reset, []],
    ["a reset that is due", event(), { kind: "reset_required" }, reset, ["signIn"]],
    [
      "a temporary password",
      event(),
      challenge("NEW_PASSWORD_REQUIRED"),
      user({ status: "FORCE_CHANGE_PASSWORD" }),
      ["signIn"],
    ],
    ["a reset that came in between", event(), TOKENS, reset, ["signIn", "getUser"]],
    [
      "a reset that came in between, after a second factor",
      event(),
      challenge("SMS_MFA"),
      reset,
      ["signIn", "getUser"],
    ],
  ])("%s is refused, and the source is asked no more than that takes", async (_, given, signIn, found, calls) => {
    for (const mfaPolicy of ["reject", "sms", "allow"] as const) {
      const pool = source(signIn, found);
      const decision = await migrateUser(given, rules({ unprovenPassword: "refuse", mfaPolicy }), pool);
      expect(decision).toEqual({ outcome: "password_unproven" });
      expect(pool.calls.map((call) => call.split(" ")[0])).toEqual(calls);
    }
  });

  test("a proven password comes over as ever", async () => {
    expect(await decide(TOKENS, user(), strict)).toMatchObject({
      outcome: "migrated",
      response: { finalUserStatus: "CONFIRMED" },
    });
    const allowed = rules({ unprovenPassword: "refuse", mfaPolicy: "allow" });
    expect(await decide(challenge("SMS_MFA"), user(), allowed)).toMatchObject({ outcome: "migrated" });
  });

  test("other refusals keep their names", async () => {
    expect(await decide(TOKENS, user({ status: "FORCE_CHANGE_PASSWORD" }), strict)).toEqual({ outcome: "user_status" });
    expect(await decide(challenge("CUSTOM_CHALLENGE"), user(), strict)).toEqual({ outcome: "challenge" });
    const both = rules({ unprovenPassword: "refuse", forgotPassword: "refuse" });
    expect(await migrateUser(forgotPassword(), both, source(TOKENS, user()))).toEqual({ outcome: "forgot_password" });
  });
});

/** What a stranger with a clock learns: SECURITY.md, "What it cannot promise". */
describe("how often the source is asked", () => {
  const refusal = (outcome: RefusedOutcome): SignIn => ({ kind: "refused", outcome });
  const another = user({ attributes: { email: "another@example.com" } });
  const reset = user({ status: "RESET_REQUIRED" });
  const withFactor = user({ mfaSettings: ["SOFTWARE_TOKEN_MFA"] });
  const temporary = user({ status: "FORCE_CHANGE_PASSWORD" });

  test.each<[string, UserMigrationEvent, SignIn, SourceUser | undefined, number]>([
    ["an unknown name", event(), refusal("user_not_found"), undefined, 1],
    ["a wrong password", event(), refusal("not_authorized"), user(), 1],
    ["a user who is locked out", event(), refusal("too_many_attempts"), user(), 1],
    ["a user who is disabled", event(), refusal("user_disabled"), user({ enabled: false }), 1],
    ["a user who is unconfirmed", event(), refusal("user_unconfirmed"), user({ status: "UNCONFIRMED" }), 1],
    ["the right password of a user with a second factor", event(), TOKENS, withFactor, 2],
    ["the right password under another name", event(), TOKENS, another, 2],
    ["a user who must reset the password", event(), { kind: "reset_required" }, reset, 2],
    ["a temporary password", event(), challenge("NEW_PASSWORD_REQUIRED"), temporary, 2],
    ["a forgotten password", forgotPassword(), TOKENS, user(), 1],
    ["a forgotten password, in an unknown name", forgotPassword(), TOKENS, undefined, 1],
    ["a name that nobody can have", event({ userName: "two words" }), TOKENS, user(), 0],
    ["a password that nobody can have", event({ password: "x".repeat(257) }), TOKENS, user(), 0],
  ])("%s", async (_, given, signIn, found, times) => {
    const pool = source(signIn, found);
    await migrateUser(given, rules(), pool);
    expect(pool.calls).toHaveLength(times);
  });
});

describe("forgotten password", () => {
  const forgot = (found: SourceUser | undefined, withRules = rules()) =>
    migrateUser(forgotPassword(), withRules, source(TOKENS, found));

  test("the user is carried over without a status, and no sign-in is tried", async () => {
    const pool = source(TOKENS, user());
    const decision = await migrateUser(forgotPassword(), rules(), pool);
    expect(decision.outcome).toBe("migrated_reset_required");
    expect(responseOf(decision)).not.toHaveProperty("finalUserStatus");
    expect(pool.calls).toEqual(["getUser user@example.com"]);
  });

  test.each([
    ["unknown", undefined, "user_not_found"],
    ["disabled", user({ enabled: false }), "user_disabled"],
    ["unconfirmed", user({ status: "UNCONFIRMED" }), "user_unconfirmed"],
    ["federated", user({ status: "EXTERNAL_PROVIDER" }), "user_federated"],
    ["never signed in", user({ status: "FORCE_CHANGE_PASSWORD" }), "user_status"],
    ["out of reach", user({ attributes: { email_verified: "false" } }), "no_recovery_channel"],
    ["protected by a second factor", user({ mfaSettings: ["SOFTWARE_TOKEN_MFA"] }), "mfa"],
    ["disabled and never confirmed", user({ enabled: false, status: "UNCONFIRMED" }), "user_disabled"],
    ["of a status of the future", user({ status: "NEW_IN_2030" }), "user_status_unknown"],
  ] as const)("a user who is %s is refused", async (_, found, outcome) => {
    expect(await forgot(found)).toMatchObject({ outcome });
  });

  test("refuse: nobody is asked, and nobody is carried over", async () => {
    const pool = source(TOKENS, user());
    expect(await migrateUser(forgotPassword(), rules({ forgotPassword: "refuse" }), pool)).toEqual({
      outcome: "forgot_password",
    });
    expect(pool.calls).toEqual([]);
    expect((await migrateUser(event(), rules({ forgotPassword: "refuse" }), pool)).outcome).toBe("migrated");
  });

  test("a user whom the source asks to reset is carried over, too", async () => {
    const decision = await forgot(user({ status: "RESET_REQUIRED" }));
    expect(decision.outcome).toBe("migrated_reset_required");
    expect(responseOf(decision)).not.toHaveProperty("finalUserStatus");
  });

  test("a verified phone number is enough", async () => {
    const attributes = { email_verified: "false", phone_number: "+15555550100", phone_number_verified: "true" };
    expect((await forgot(user({ attributes }))).outcome).toBe("migrated_reset_required");
  });
});

describe("second factors", () => {
  const PHONE = { phone_number: "+15555550100", phone_number_verified: "true" };
  const FACTORS = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE", "MFA_SETUP"];

  test.each(FACTORS)("reject: the challenge %s refuses the user", async (name) => {
    expect(await decide(challenge(name), user({ attributes: PHONE }))).toMatchObject({
      outcome: "mfa",
      factors: expect.arrayContaining([expect.any(String)]),
    });
  });

  test("reject: a factor in the profile refuses the user, even when the source asked for none", async () => {
    expect(await decide(TOKENS, user({ mfaSettings: ["SOFTWARE_TOKEN_MFA"] }))).toMatchObject({
      outcome: "mfa",
      factors: expect.arrayContaining([expect.any(String)]),
    });
  });

  test.each(FACTORS)(
    "allow: %s proves the password, and the factor is dropped because the operator said so",
    async (name) => {
      const decision = await decide(challenge(name), user(), rules({ mfaPolicy: "allow" }));
      expect(decision.outcome).toBe("migrated");
      expect(responseOf(decision)).not.toHaveProperty("enableSMSMFA");
      expect(decision).toMatchObject({ factors: [name], droppedFactors: [name] });
    },
  );

  test("a factor that was asked for counts after a reset, too, whatever the profile lists", async () => {
    const decision = await decide(challenge("SMS_MFA"), user({ status: "RESET_REQUIRED" }));
    expect(decision).toEqual({ outcome: "mfa", factors: ["SMS_MFA"] });
  });

  test("several are told in one order", async () => {
    const found = user({ mfaSettings: ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] });
    const names = ["EMAIL_OTP", "SOFTWARE_TOKEN_MFA"];
    expect(await decide(TOKENS, found, rules({ mfaPolicy: "allow" }))).toMatchObject({
      factors: names,
      droppedFactors: names,
    });
  });

  test.each([["SMS_MFA"], []])(
    "sms: SMS MFA with a verified number goes along (profile: %p)",
    async (...mfaSettings) => {
      const found = user({ mfaSettings, attributes: PHONE });
      const decision = await decide(challenge("SMS_MFA"), found, rules({ mfaPolicy: "sms" }));
      expect(responseOf(decision)).toMatchObject({ finalUserStatus: "CONFIRMED", enableSMSMFA: true });
      expect(decision).toMatchObject({ factors: ["SMS_MFA"], droppedFactors: [] });
    },
  );

  test("sms: goes along with a forgotten password, too", async () => {
    const found = user({ mfaSettings: ["SMS_MFA"], attributes: PHONE });
    const decision = await migrateUser(forgotPassword(), rules({ mfaPolicy: "sms" }), source(TOKENS, found));
    expect(responseOf(decision)).toMatchObject({ enableSMSMFA: true });
    expect(responseOf(decision)).not.toHaveProperty("finalUserStatus");
  });

  test.each<[string, SignIn, SourceUser]>([
    [
      "an unverified number",
      challenge("SMS_MFA"),
      user({ attributes: { phone_number: "+15555550100", phone_number_verified: "false" } }),
    ],
    ["no number", challenge("SMS_MFA"), user()],
    [
      "a second factor more",
      challenge("SELECT_MFA_TYPE"),
      user({ mfaSettings: ["SMS_MFA", "SOFTWARE_TOKEN_MFA"], attributes: PHONE }),
    ],
    [
      "another factor",
      challenge("SOFTWARE_TOKEN_MFA"),
      user({ mfaSettings: ["SOFTWARE_TOKEN_MFA"], attributes: PHONE }),
    ],
    ["a factor to be set up", challenge("MFA_SETUP"), user({ attributes: PHONE })],
  ])("sms: %s refuses the user", async (_, signIn, found) => {
    expect(await decide(signIn, found, rules({ mfaPolicy: "sms" }))).toMatchObject({
      outcome: "mfa",
      factors: expect.arrayContaining([expect.any(String)]),
    });
  });

  test("sms: a number that stays behind refuses the user", async () => {
    const withRules = rules({ mfaPolicy: "sms", attributeExclude: new Set(["phone_number"]) });
    expect(await decide(challenge("SMS_MFA"), user({ attributes: PHONE }), withRules)).toMatchObject({
      outcome: "mfa",
      factors: expect.arrayContaining([expect.any(String)]),
    });
  });

  describe("where the source demands one, and the user's own list is empty", () => {
    const demanding = (mfaPolicy: MfaPolicy) => rules({ sourceMfaConfiguration: "ON", mfaPolicy });
    const reset = user({ status: "RESET_REQUIRED", attributes: PHONE });
    const UNPROVEN: [string, UserMigrationEvent, SignIn, SourceUser][] = [
      ["a forgotten password", forgotPassword(), TOKENS, user({ attributes: PHONE })],
      ["a reset that is due", event(), { kind: "reset_required" }, reset],
      ["a reset that came in between", event(), TOKENS, reset],
      [
        "a temporary password",
        event(),
        challenge("NEW_PASSWORD_REQUIRED"),
        user({ status: "FORCE_CHANGE_PASSWORD", attributes: PHONE }),
      ],
    ];

    test.each(UNPROVEN)("%s shows no factor, so there may be one", async (_, given, signIn, found) => {
      const decided = (mfaPolicy: MfaPolicy, sourceMfaConfiguration: MfaConfiguration = "ON") =>
        migrateUser(given, rules({ sourceMfaConfiguration, mfaPolicy }), source(signIn, found));
      for (const policy of ["reject", "sms"] as const)
        expect(await decided(policy)).toEqual({ outcome: "mfa", factors: ["unseen"] });
      const allowed = await decided("allow");
      expect(allowed).toMatchObject({ outcome: "migrated_reset_required", droppedFactors: ["unseen"] });
      expect(responseOf(allowed)).not.toHaveProperty("enableSMSMFA");
      for (const other of ["OPTIONAL", "OFF"] as const)
        expect(await decided("reject", other)).toMatchObject({ outcome: "migrated_reset_required", factors: [] });
    });

    test("tokens show that there is none", async () => {
      expect(await decide(TOKENS, user(), demanding("reject"))).toMatchObject({ outcome: "migrated", factors: [] });
    });

    test("sms: a factor that the list does name is carried", async () => {
      const found = user({ mfaSettings: ["SMS_MFA"], attributes: PHONE });
      const decision = await migrateUser(forgotPassword(), demanding("sms"), source(TOKENS, found));
      expect(responseOf(decision)).toMatchObject({ enableSMSMFA: true });
    });
  });

  test("sms: a user without a second factor is none of its business", async () => {
    const decision = await decide(TOKENS, user(), rules({ mfaPolicy: "sms" }));
    expect(decision.outcome).toBe("migrated");
    expect(responseOf(decision)).not.toHaveProperty("enableSMSMFA");
  });
});

describe("the name", () => {
  test("that was typed must be the user's at the destination", async () => {
    const pool = source(TOKENS, user({ attributes: { email: "another@example.com" } }));
    expect(await migrateUser(event(), rules(), pool)).toEqual({ outcome: "sign_in_name" });
  });

  test("and a forgotten password makes no exception", async () => {
    const pool = source(TOKENS, user({ attributes: { email: "another@example.com" } }));
    expect(await migrateUser(forgotPassword(), rules(), pool)).toEqual({ outcome: "sign_in_name" });
  });

  const ALIASES = rules({
    sourceUsernameAttributes: [],
    destinationUsernameAttributes: [],
    destinationAliasAttributes: ["email", "preferred_username"],
  });

  test("goes into the response where the destination has aliases", async () => {
    const decision = await decide(TOKENS, user({ username: "user1" }), ALIASES);
    expect(responseOf(decision)?.userAttributes).toMatchObject({ username: "user1", email: "user@example.com" });
  });

  test("preferred_username arrives as an alias only for who signs in with it", async () => {
    const found = user({ username: "user1", attributes: { preferred_username: "claimed" } });
    const attributesFor = async (userName: string) =>
      responseOf(await migrateUser(event({ userName }), ALIASES, source(TOKENS, found)))?.userAttributes;
    expect(await attributesFor("user@example.com")).not.toHaveProperty("preferred_username");
    expect(await attributesFor("claimed")).toMatchObject({ preferred_username: "claimed", username: "user1" });
  });
});

test.each<[string, AliasAttribute[] | undefined, string, boolean]>([
  ["an address stays behind, although it was typed", ["email", "preferred_username"], "user@example.com", false],
  ["an address stays behind where nobody has named the aliases", undefined, "user@example.com", false],
  ["an address arrives where it is no sign-in name", ["preferred_username"], "user@example.com", true],
  ["a number stays behind, although it was typed", ["phone_number", "preferred_username"], "+15555550100", false],
])("a preferred_username of the shape of %s", async (_, destinationAliasAttributes, typed, arrives) => {
  const withRules = rules({
    sourceUsernameAttributes: [],
    destinationUsernameAttributes: [],
    destinationAliasAttributes,
  });
  const attributes = { preferred_username: typed, phone_number: "+15555550100", phone_number_verified: "true" };
  const found = user({ username: destinationAliasAttributes === undefined ? typed : "user1", attributes });
  const decision = await migrateUser(event({ userName: typed }), withRules, source(TOKENS, found));
  expect("preferred_username" in (responseOf(decision)?.userAttributes ?? {})).toBe(arrives);
  expect(decision).toMatchObject({
    outcome: "migrated",
    droppedAttributes: arrives ? {} : { preferred_username: "unproven" },
  });
});

test("nobody migrates under another's address by writing it into preferred_username", async () => {
  const withRules = rules({
    sourceUsernameAttributes: [],
    destinationUsernameAttributes: [],
    destinationAliasAttributes: ["email", "preferred_username"],
  });
  const found = user({
    username: "victim@example.com",
    attributes: { email: "mallory@example.com", preferred_username: "victim@example.com" },
  });
  const typed = event({ userName: "victim@example.com" });
  expect(await migrateUser(typed, withRules, source(TOKENS, found))).toEqual({ outcome: "sign_in_name" });
});

test("a user with nothing to carry is refused, because Cognito would refuse an empty profile", async () => {
  const withRules = rules({
    sourceUsernameAttributes: [],
    destinationUsernameAttributes: [],
    destinationSchema: schema([]),
  });
  const bare = { ...user({ username: "user@example.com" }), attributes: { sub: "s" } };
  expect(await decide({ kind: "tokens", sub: "s", groups: [] }, bare, withRules)).toEqual({
    outcome: "nothing_to_carry",
  });
});

test("dropped attributes are named", async () => {
  const decision = await decide(TOKENS, user({ attributes: { "custom:legacy": "x" } }));
  expect(decision).toMatchObject({ droppedAttributes: { "custom:legacy": "no_place" } });
});

test.each([
  ["an alias that nobody has ruled out", undefined, false],
  ["no alias", [] as const, true],
])("preferred_username is %s in a pool with usernames", async (_, destinationAliasAttributes, arrives) => {
  const withRules = rules({
    sourceUsernameAttributes: [],
    destinationUsernameAttributes: [],
    destinationAliasAttributes,
  });
  const found = user({ username: "user@example.com", attributes: { preferred_username: "claimed" } });
  const decision = await decide(TOKENS, found, withRules);
  expect("preferred_username" in (responseOf(decision)?.userAttributes ?? {})).toBe(arrives);
  expect(decision).toMatchObject({ droppedAttributes: arrives ? {} : { preferred_username: "unproven" } });
});

describe("a second address by which users of the destination sign in", () => {
  const BOTH = ["email", "phone_number"] as const;
  const victims = { phone_number: "+15555550100", phone_number_verified: "false" };
  const atBoth = (over: Partial<MigrationRules> = {}): MigrationRules =>
    rules({ destinationUsernameAttributes: BOTH, ...over });

  test("stays behind with its flag until the source has verified it", async () => {
    const decision = await decide(TOKENS, user({ attributes: victims }), atBoth());
    expect(decision).toMatchObject({ outcome: "migrated", droppedAttributes: { phone_number: "unproven" } });
    expect(responseOf(decision)?.userAttributes).toEqual({ email: "user@example.com", email_verified: "true" });
    const verified = user({ attributes: { ...victims, phone_number_verified: "True" } });
    expect(responseOf(await decide(TOKENS, verified, atBoth()))?.userAttributes).toMatchObject({
      phone_number: "+15555550100",
      phone_number_verified: "true",
    });
  });

  test("comes along where the source signs in by it", async () => {
    const decision = await decide(TOKENS, user({ attributes: victims }), atBoth({ sourceUsernameAttributes: BOTH }));
    expect(responseOf(decision)?.userAttributes).toMatchObject(victims);
  });

  test("refuses the user where the destination requires it", async () => {
    const destinationSchema = schema(["email"], { phone_number: { required: true } });
    const withRules = atBoth({ destinationSchema });
    expect(await decide(TOKENS, user({ attributes: victims }), withRules)).toEqual({ outcome: "required_unproven" });
    expect((await decide(TOKENS, user(), withRules)).outcome).toBe("migrated");
  });
});

test("a value that the destination requires and does not take refuses the user", async () => {
  const destinationSchema = schema(["email"], { given_name: { max: 3, required: true } });
  const withName = (given_name: string) =>
    decide(TOKENS, user({ attributes: { given_name } }), rules({ destinationSchema }));
  expect(await withName("Jane")).toEqual({ outcome: "required_unfit" });
  expect((await withName("Jan")).outcome).toBe("migrated");
});

test.each<[string, Partial<MigrationRules>, Partial<SourceUser>]>([
  ["has usernames, and was said to have none", {}, { username: "user1" }],
  ["has none, and was said to have some", { sourceUsernameAttributes: [] }, {}],
])("a source that %s proves nothing: a failure that rings", async (_, over, found) => {
  const decided = decide(TOKENS, user(found), rules(over));
  await expect(decided).rejects.toMatchObject({ outcome: "misconfigured", errorName: "SOURCE_USERNAME_ATTRIBUTES" });
});

test("a preferred_username is not proven by a password that nobody has given", async () => {
  const withRules = rules({
    sourceUsernameAttributes: [],
    destinationUsernameAttributes: [],
    destinationAliasAttributes: ["email", "preferred_username"],
  });
  const found = user({ username: "user1", attributes: { preferred_username: "claimed" } });
  const asked = migrateUser(forgotPassword({ userName: "claimed" }), withRules, source(TOKENS, found));
  expect(await asked).toEqual({ outcome: "sign_in_name" });
});

describe("failures", () => {
  test.each([
    ["another trigger", event({ triggerSource: "PreSignUp_SignUp" })],
    ["another user pool", event({ userPoolId: "eu-central-1_Other" })],
  ])("an event of %s is not answered, and nobody is asked", async (_, foreign) => {
    const pool = source(TOKENS, user());
    await expect(migrateUser(foreign, rules(), pool)).rejects.toMatchObject({ outcome: "unexpected_event" });
    expect(pool.calls).toEqual([]);
  });

  test.each(["signIn", "getUser"])("a source that fails at %s is no refusal", async (call) => {
    const failure = new MigrationFailure("throttled");
    const pool = call === "signIn" ? source(failure, user()) : source(TOKENS, failure);
    await expect(migrateUser(event(), rules(), pool)).rejects.toBe(failure);
  });
});
