import {
  destinationGroups,
  type GroupsWorld,
  groupsInBoth,
  openGroupsWorld,
  person,
  roleOf,
  type Tokens,
} from "../../support/groups-world";

const numbered = (prefix: string, length: number): string[] =>
  Array.from({ length }, (_, at) => `${prefix}${100 + at}`);
/** As many as fit into an attribute with these names, and some more. */
const MANY = numbered("g", 150);
const MORE = numbered("h", 70);

const kim = person("kim");
const robin = person("robin");
const crowded = person("crowded");
const verbose = person("verbose");
const ALLOWED = ["Prüfer-評価", "administrators", "editors"];

let groups: GroupsWorld;
beforeAll(async () => {
  groups = await openGroupsWorld(
    {
      editors: [kim],
      admins: [kim],
      "Prüfer-評価": [kim],
      // Not at the destination; there with a role that nobody has named; made by Cognito for an identity provider.
      unknown: [kim],
      auditors: [kim],
      // Has the name of a group with a role that GROUPS keeps for another one of the source.
      administrators: [robin],
      "eu-west-1_Source001_Google": [kim],
      ...Object.fromEntries(MANY.map((name) => [name, [crowded, verbose]])),
      ...Object.fromEntries(MORE.map((name) => [name, [verbose]])),
    },
    [kim, robin, crowded, verbose],
    destinationGroups(...MANY, ...MORE),
  );
});
afterAll(() => groups.world.close());

describe("a member of several groups who signs in at the destination for the first time", () => {
  let first: Tokens;
  beforeAll(async () => {
    first = await groups.signIn(kim);
  });

  test("has the allowed ones in both tokens of that very sign-in", () => {
    expect(groupsInBoth(first)).toEqual(ALLOWED);
  });

  test("has them there because of the stamp: this Cognito knew of none, and gave no role", () => {
    const { event } = groups.tokenFunction.invocations[0] as { event: { request: { groupConfiguration: unknown } } };
    expect(event.request.groupConfiguration).toEqual({
      groupsToOverride: [],
      iamRolesToOverride: [],
      preferredRole: null,
    });
    expect([first.id["cognito:roles"], first.id["cognito:preferred_role"]]).toEqual([undefined, undefined]);
  });

  test("is a member of them at the destination", async () => {
    expect(await groups.groupsOf(kim)).toEqual(ALLOWED);
  });

  test("keeps them at a refresh, with the role of the group that has one", async () => {
    const next = await groups.refresh(first);
    expect(groupsInBoth(next)).toEqual(ALLOWED);
    expect(next.id).toMatchObject({
      "cognito:roles": [roleOf("administrators")],
      "cognito:preferred_role": roleOf("administrators"),
    });
  });

  test("keeps a group and a role that only the destination has given", async () => {
    await groups.administer(kim, "admin-add-user-to-group --group-name auditors");
    const next = await groups.refresh(first);
    expect(groupsInBoth(next)).toEqual([...ALLOWED, "auditors"].toSorted());
    expect(next.id["cognito:roles"]).toEqual([roleOf("administrators"), roleOf("auditors")]);
    await groups.administer(kim, "admin-remove-user-from-group --group-name auditors");
  });

  test("shows the stamp in no token", async () => {
    expect(await groups.stampOf(kim)).toMatch(/^v1\./);
    expect(JSON.stringify([first, await groups.refresh(first)])).not.toContain("custom:migration");
  });

  test("is one event on the bus, which names nobody", () => {
    const events = groups.eventsOf(first);
    expect(events).toEqual([
      {
        id: expect.any(String),
        account: "222222222222",
        region: "eu-central-1",
        eventBusArn: groups.bus,
        source: "cognito-migration",
        detailType: "UserMigrated",
        resources: [],
        detail: {
          sourceSub: kim.username,
          sub: first.id["sub"],
          userPoolId: groups.world.destination.userPoolId,
          how: "proven",
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/kim|editors|administrators/);
  });
});

describe("150 groups", () => {
  test("are all in the first tokens, and members follow within the time that there is", async () => {
    const tokens = await groups.signIn(crowded);
    expect(groupsInBoth(tokens)).toEqual(MANY);
    for (let more = 0; more < 20 && (await groups.groupsOf(crowded)).length < MANY.length; more += 1)
      expect(groupsInBoth(await groups.refresh(tokens))).toEqual(MANY);
    expect(await groups.groupsOf(crowded)).toEqual(MANY);
  });

  test("and 70 more do not fit into an attribute: they are left to the command groups, all of them", async () => {
    expect(groupsInBoth(await groups.signIn(verbose))).toEqual([]);
    expect(groups.lastLine()).toMatchObject({ outcome: "groups_skipped", reason: "left_to_groups" });
    expect(await groups.groupsOf(verbose)).toEqual([]);
  });
});

describe("what Cognito may write for no groups", () => {
  const NONE = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };
  test.each([
    ["null", null],
    ["nothing", undefined],
    ["an empty object", {}],
    ["null for the list", { ...NONE, groupsToOverride: null }],
    ["empty lists", NONE],
  ])("%s: the stamp's are added", async (_, groupConfiguration) => {
    const { event } = groups.tokenFunction.invocations[0] as { event: { request: object } };
    const { payload } = await groups.tokenFunction.invoke({
      ...event,
      request: { ...event.request, groupConfiguration },
    });
    expect((payload as { response: object }).response).toMatchObject({
      claimsOverrideDetails: { groupOverrideDetails: { groupsToOverride: expect.arrayContaining(ALLOWED) } },
    });
  });

  test.each([
    ["null", null],
    ["an empty object", {}],
  ])("an answer that already says %s of groups takes them away, and stays as it is", async (_, details) => {
    const { event } = groups.tokenFunction.invocations[0] as { event: object };
    const asked = { ...event, response: { claimsOverrideDetails: { groupOverrideDetails: details } } };
    expect(await groups.tokenFunction.invoke(asked)).toMatchObject({ failed: false, payload: asked });
  });

  test("a user who had no group anywhere is told so, and one without a stamp is answered with the event itself", async () => {
    const answer = async (): Promise<{ readonly event: unknown; readonly payload: unknown }> => {
      expect(groupsInBoth(await groups.signIn(robin))).toEqual([]);
      const { event, payload } = groups.tokenFunction.invocations.at(-1) ?? {};
      return { event, payload };
    };
    expect((await answer()).payload).toMatchObject({
      response: { claimsOverrideDetails: { groupOverrideDetails: NONE } },
    });
    await groups.setStamp(robin, "");
    const { event, payload } = await answer();
    expect(payload).toEqual(event);
  });
});

describe("a group that is taken away within the window", () => {
  test("comes back with the next token, until the stamp is gone, too", async () => {
    const tokens = await groups.signIn(kim);
    await groups.administer(kim, "admin-remove-user-from-group --group-name editors");
    expect(groupsInBoth(await groups.refresh(tokens))).toEqual(ALLOWED);
    await groups.tokenFunction.stop();
    await groups.administer(kim, "admin-delete-user-attributes --user-attribute-names custom:migration");
    await groups.administer(kim, "admin-remove-user-from-group --group-name editors");
    expect(groupsInBoth(await groups.refresh(tokens))).toEqual(["Prüfer-評価", "administrators"]);
    expect(await groups.groupsOf(kim)).toEqual(["Prüfer-評価", "administrators"]);
  });
});

test("neither function wrote a name, an address, a group, a key, a stamp or a token", async () => {
  const environment = groups.tokenFunction.configuration.environment;
  const stamps = [await groups.stampOf(crowded), await groups.stampOf(verbose)];
  expect(stamps.every((text) => text.startsWith("v1."))).toBe(true);
  const canaries = ["example.com", kim.username, kim.password, environment["STAMP_KEY"] ?? "", ...stamps];
  for (const { log } of groups.world.functions) {
    expect(log.length).toBeGreaterThan(500);
    for (const canary of [...canaries, "editors", "administrators", "Prüfer", "auditors", "eyJ", "v1."])
      expect(log).not.toContain(canary);
  }
});

test("every call to AWS was one that the synthesized policies allow, and the token function made these", () => {
  const ours = groups.world.decisions.filter(({ principal }) => !principal.arn.endsWith("/administrator"));
  expect(ours.filter(({ allowed }) => !allowed)).toEqual([]);
  const token = ours.filter(({ principal }) => principal.arn.includes("cognito_migration_token_"));
  expect(new Set(token.map(({ action }) => action))).toEqual(
    new Set(["cognito-idp:AdminAddUserToGroup", "events:PutEvents"]),
  );
});
