import { createHmac } from "node:crypto";
import fc from "fast-check";
import { decideToken, type TokenDecision, type TokenRules } from "../../rules/token-groups";
import { ATTRIBUTE, NOW, POOL, RULES, STAMP_KEY, SURROUNDINGS, stampFor, tokenEvent } from "../support/token-event";

const decide = (event: unknown, over: Partial<TokenRules> = {}): TokenDecision => {
  const before = structuredClone(event);
  const decision = decideToken(event, { ...RULES, ...over }, SURROUNDINGS);
  // Whatever is decided, what Cognito sent is not written to.
  expect(event).toEqual(before);
  return decision;
};
const stamped = (over: Parameters<typeof stampFor>[1] = {}) => ({ [ATTRIBUTE]: stampFor("jane", over) });
const detailsOf = ({ answer }: TokenDecision): unknown =>
  (answer as { response: { claimsOverrideDetails: unknown } }).response.claimsOverrideDetails;

const ROLES = ["arn:aws:iam::222222222222:role/a", "arn:aws:iam::222222222222:role/b"];
const MANY = Array.from({ length: 150 }, (_, number) => `group-${number}`);

test("a young stamp of a proven password adds its groups, and the rest of the event stays", () => {
  const event = tokenEvent(stamped({ groups: ["editors", "readers"] }));
  const decision = decide(event);
  expect(decision).toEqual({
    answer: {
      ...event,
      response: {
        claimsOverrideDetails: {
          claimsToSuppress: [ATTRIBUTE],
          groupOverrideDetails: {
            groupsToOverride: ["editors", "readers"],
            iamRolesToOverride: [],
            preferredRole: null,
          },
        },
      },
    },
    added: 2,
    user: { username: "jane", sub: "destination-sub" },
    memberships: ["editors", "readers"],
    migrated: {
      sourceSub: "source-sub",
      sub: "destination-sub",
      userPoolId: POOL,
      how: "proven",
      at: "2026-01-02T03:04:00.000Z",
    },
  });
});

test("existing groups come first, none is there twice, and roles are copied as they are", () => {
  const configuration = {
    groupsToOverride: ["admins", "readers"],
    iamRolesToOverride: ROLES,
    preferredRole: ROLES[1],
    whatAwsAdds: { later: true },
  };
  const decision = decide(tokenEvent(stamped({ groups: ["readers", "editors", "editors"] }), {}, configuration));
  expect(detailsOf(decision)).toEqual({
    claimsToSuppress: [ATTRIBUTE],
    groupOverrideDetails: { ...configuration, groupsToOverride: ["admins", "readers", "editors"] },
  });
  expect(decision).toMatchObject({ added: 1, memberships: ["editors"] });
});

test.each<[string, unknown, readonly string[], object]>([
  ["null", null, [], {}],
  ["absent", undefined, [], {}],
  ["empty", {}, [], {}],
  [
    "with null groups",
    { groupsToOverride: null, iamRolesToOverride: null, preferredRole: null },
    [],
    { iamRolesToOverride: null, preferredRole: null },
  ],
  ["with no groups", { groupsToOverride: [], iamRolesToOverride: [] }, [], { iamRolesToOverride: [] }],
  ["without roles", { groupsToOverride: ["a"] }, ["a"], {}],
  [
    "with 150 groups",
    { groupsToOverride: MANY, iamRolesToOverride: ROLES, preferredRole: ROLES[0] },
    MANY,
    { iamRolesToOverride: ROLES, preferredRole: ROLES[0] },
  ],
])("a group configuration %s", (_, configuration, before, roles) => {
  const event = tokenEvent(stamped(), {}, {});
  (event["request"] as Record<string, unknown>)["groupConfiguration"] = configuration;
  if (configuration === undefined) delete (event["request"] as Record<string, unknown>)["groupConfiguration"];
  expect(detailsOf(decide(event))).toEqual({
    claimsToSuppress: [ATTRIBUTE],
    groupOverrideDetails: { ...roles, groupsToOverride: [...before, "editors"] },
  });
});

test.each([
  "TokenGeneration_HostedAuth",
  "TokenGeneration_Authentication",
  "TokenGeneration_NewPasswordChallenge",
  "TokenGeneration_AuthenticateDevice",
  "TokenGeneration_RefreshTokens",
])("%s has the groups", (triggerSource) => {
  expect(decide(tokenEvent(stamped(), { triggerSource }))).toMatchObject({ added: 1 });
});

test.each(["2", "3"])("version %s is answered in its own member", (version) => {
  const given = {
    idTokenGeneration: { claimsToAddOrOverride: { a: "b" }, claimsToSuppress: ["email"] },
    accessTokenGeneration: { scopesToAdd: ["s"] },
  };
  const event = tokenEvent(stamped(), { version, response: { claimsAndScopeOverrideDetails: given } });
  expect((decide(event).answer as { response: unknown }).response).toEqual({
    claimsAndScopeOverrideDetails: {
      ...given,
      idTokenGeneration: { claimsToAddOrOverride: { a: "b" }, claimsToSuppress: ["email", ATTRIBUTE] },
      groupOverrideDetails: { groupsToOverride: ["editors"], iamRolesToOverride: [], preferredRole: null },
    },
  });
});

test("what a function of others has answered stays, and its groups are those that count", () => {
  const claimsOverrideDetails = {
    claimsToAddOrOverride: { tenant: "7" },
    claimsToSuppress: ["email"],
    groupOverrideDetails: { groupsToOverride: ["theirs"], preferredRole: ROLES[0] },
  };
  const known = { groupsToOverride: ["hidden"], iamRolesToOverride: ROLES };
  const decision = decide(tokenEvent(stamped(), { response: { claimsOverrideDetails } }, known));
  expect(detailsOf(decision)).toEqual({
    claimsToAddOrOverride: { tenant: "7" },
    claimsToSuppress: ["email", ATTRIBUTE],
    groupOverrideDetails: { groupsToOverride: ["theirs", "editors"], preferredRole: ROLES[0] },
  });
});

describe("the event itself goes back", () => {
  const same = (event: unknown, over: Partial<TokenRules> = {}): TokenDecision => {
    const decision = decide(event, over);
    expect(decision.answer).toBe(event);
    expect(decision).toMatchObject({ added: 0, memberships: [] });
    return decision;
  };
  const request = (over: object) => ({
    request: { ...(tokenEvent(stamped())["request"] as object), ...over },
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "event"],
    ["a list", []],
    ["an object of nothing", {}],
    ["an event without a request", tokenEvent(stamped(), { request: undefined })],
    ["an event whose request is null", tokenEvent(stamped(), { request: null })],
    ["no user name", tokenEvent(stamped(), { userName: undefined })],
    ["no attributes", tokenEvent(undefined, { request: { groupConfiguration: {} } })],
    ["null attributes", tokenEvent(stamped(), request({ userAttributes: null }))],
    ["a user who never migrated", tokenEvent({})],
    ["a blanked stamp", tokenEvent({ [ATTRIBUTE]: "" })],
    ["a stamp that is no text", tokenEvent(stamped(), request({ userAttributes: { [ATTRIBUTE]: 7 } }))],
    ["another trigger", tokenEvent(stamped(), { triggerSource: "PostAuthentication_Authentication" })],
    ["no trigger", tokenEvent(stamped(), { triggerSource: undefined })],
    ["another pool", tokenEvent(stamped(), { userPoolId: "eu-central-1_Other0001" })],
    ["no version", tokenEvent(stamped(), { version: undefined })],
    ["version 4", tokenEvent(stamped(), { version: "4" })],
    ["a version that objects have", tokenEvent(stamped(), { version: "constructor" })],
    [
      "a machine's token",
      tokenEvent(undefined, { version: "3", triggerSource: "TokenGeneration_ClientCredentials", request: {} }),
    ],
    ["groups that are a text", tokenEvent(stamped(), {}, { groupsToOverride: "admins" })],
    ["groups that are no names", tokenEvent(stamped(), {}, { groupsToOverride: [{ name: "admins" }] })],
    ["a configuration that is a list", tokenEvent(stamped(), {}, ["admins"])],
    ["a response that is a text", tokenEvent(stamped(), { response: "none" })],
    ["an answer that is a text", tokenEvent(stamped(), { response: { claimsOverrideDetails: "none" } })],
    // Cognito takes all groups away then, and that is what whoever has answered so wants.
    [
      "groups that others have suppressed",
      tokenEvent(stamped(), { response: { claimsOverrideDetails: { groupOverrideDetails: null } } }),
    ],
    [
      "groups that others have emptied",
      tokenEvent(stamped(), { response: { claimsOverrideDetails: { groupOverrideDetails: {} } } }),
    ],
  ])("for %s", (_, event) => {
    expect(same(event).skipped).toBeUndefined();
    expect(decide(event).migrated).toBeUndefined();
  });

  test.each<[string, string]>([
    ["another user's", stampFor("joe")],
    ["another case of the name", stampFor("Jane")],
    ["another pool's", stampFor("jane", {}, { userPoolId: "eu-central-1_Other0001" })],
    ["another key's", stampFor("jane", {}, { key: `${STAMP_KEY.slice(0, -1)}3` })],
    ["a cut one", stampFor("jane").slice(0, -1)],
    ["a text that is none", "v1"],
  ])("for a stamp that is %s", (_, stamp) => {
    const decision = same(tokenEvent({ [ATTRIBUTE]: stamp }));
    expect(decision).toMatchObject({ skipped: "stamp_refused" });
    expect(decision.migrated).toBeUndefined();
  });

  test("when the window is over, to the second", () => {
    const of = (age: number) => tokenEvent(stamped({ issuedAt: NOW - age }));
    expect(decide(of(86_399)).added).toBe(1);
    expect(same(of(86_400)).skipped).toBeUndefined();
  });

  test("for a stamp of the future", () => {
    same(tokenEvent(stamped({ issuedAt: NOW + 3600 })));
  });

  test.each(["mfa", "unproven"] as const)("for a stamp that is %s, and the event says so", (how) => {
    expect(same(tokenEvent(stamped({ how })))).toMatchObject({ skipped: "unproven", migrated: { how } });
  });

  test("where groups are off, and the event is due all the same", () => {
    const decision = same(tokenEvent(stamped()), { groupsMode: "off" });
    expect(decision).toMatchObject({ migrated: { sourceSub: "source-sub" } });
  });
});

test("groups that did not fit are left to the command; the others that the user has stay", () => {
  const decision = decide(tokenEvent(stamped({ groups: "import" }), {}, { groupsToOverride: ["admins"] }));
  expect(decision).toMatchObject({ added: 0, memberships: [], skipped: "left_to_groups" });
  expect(detailsOf(decision)).toMatchObject({ groupOverrideDetails: { groupsToOverride: ["admins"] } });
});

test("mode token makes no membership", () => {
  expect(decide(tokenEvent(stamped()), { groupsMode: "token" })).toMatchObject({ added: 1, memberships: [] });
});

test("the event is due for ten minutes, and only of a user whose sub is known", () => {
  const of = (age: number): unknown => decide(tokenEvent(stamped({ issuedAt: NOW - age }))).migrated;
  expect([of(599) !== undefined, of(600)]).toEqual([true, undefined]);
  const nameless = tokenEvent(stamped());
  delete (nameless as { request: { userAttributes: Record<string, string> } }).request.userAttributes["sub"];
  expect(decide(nameless).migrated).toBeUndefined();
  expect(decide(tokenEvent(stamped()), { sendsEvents: false }).migrated).toBeUndefined();
});

test("the key before is accepted while the key is rotated", () => {
  const stampKeys = ["another-key-of-more-than-thirty-two-characters", STAMP_KEY];
  expect(decide(tokenEvent(stamped()), { stampKeys }).added).toBe(1);
});

test("a pool of e-mail addresses knows its users by the verified one", () => {
  const over = { destinationUsernameAttributes: ["email"] } as const;
  const attributes = { [ATTRIBUTE]: stampFor("email verified jane@example.com"), email: "jane@example.com" };
  const event = (verified: string) =>
    tokenEvent({ ...attributes, email_verified: verified }, { userName: "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed" });
  expect(decide(event("true"), over).added).toBe(1);
  expect(decide(event("false"), over)).toMatchObject({ added: 0, skipped: "stamp_refused" });
});

test("whatever an event is: no throw, no group lost, none that is not stamped, no role changed", () => {
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 4 });
  const junk = fc.anything({ withNullPrototype: false, maxDepth: 2 });
  const configuration = fc.oneof(
    fc.record(
      { groupsToOverride: names, iamRolesToOverride: fc.array(fc.string()), preferredRole: fc.option(fc.string()) },
      { requiredKeys: [] },
    ),
    junk,
  );
  const event = fc.record({
    version: fc.oneof({ weight: 5, arbitrary: fc.constantFrom("1", "2", "3") }, { weight: 1, arbitrary: junk }),
    configuration,
    response: fc.oneof(
      { weight: 3, arbitrary: fc.constant({ claimsOverrideDetails: null }) },
      { weight: 1, arbitrary: junk },
    ),
    stampedGroups: names,
    isOwn: fc.boolean(),
    age: fc.constantFrom(-100, 0, 500, 86_399, 86_400),
  });
  fc.assert(
    fc.property(event, ({ version, configuration: known, response, stampedGroups, isOwn, age }) => {
      const stamp = stampFor(isOwn ? "jane" : "joe", { groups: stampedGroups, issuedAt: NOW - age });
      const sent = tokenEvent({ [ATTRIBUTE]: stamp }, { version, response }, known ?? null);
      const decision = decideToken(sent, RULES, { createHmac, nowSeconds: NOW });
      if (decision.answer === sent) return expect(decision.added).toBe(0);
      // Judged by the answer alone, as Cognito reads it.
      expect([isOwn, age >= 0 && age < 86_400]).toEqual([true, true]);
      const member = version === "1" ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails";
      const { groupOverrideDetails: told } =
        (decision.answer as { response: Record<string, { groupOverrideDetails: Record<string, unknown> }> }).response[
          member
        ] ?? {};
      const { groupsToOverride: before = [], ...roles } = (known ?? {}) as Record<string, unknown>;
      const { groupsToOverride: after, ...rolesAfter } = told ?? {};
      expect(new Set(after as string[])).toEqual(new Set([...((before as string[] | null) ?? []), ...stampedGroups]));
      expect(rolesAfter).toEqual(roles);
    }),
    { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 2000) },
  );
});
