import { decideAll, factsAsked, type Given, isMade } from "../../../cli/preflight/check";
import { CHECKS } from "../../../cli/preflight/checks";
import type { FactName, FactValues } from "../../../cli/preflight/facts";
import { targetOf } from "../../../cli/preflight/schema";
import type { Environment } from "../../../config/settings";
import { describedSchema } from "../../../sandbox/accounts/terraform-values";
import type { SchemaAttribute } from "../../../sandbox/aws/user-pool/schema";
import { attribute, givenWith, known, schema, settingsOf } from "../../support/preflight";
import { KEY, stampedFacts, stampedSettings, TOKEN_ARN, tokenVariables } from "../../support/preflight-token";

const good = stampedFacts();
const { destination, tokenFunction, tokenFunctionRole } = good;
const [application] = good.destinationClients;

type Settings = { readonly settings?: Environment; readonly facts?: Partial<FactValues> };

function found({ settings = {}, facts = {} }: Settings): Record<string, string> {
  const given: Given = givenWith({ settings: stampedSettings(settings) });
  const results = decideAll(CHECKS, known(deployedFor({ ...good, ...facts }, settings)), given);
  return Object.fromEntries(
    results
      .filter(({ finding }) => !["passed", "skipped"].includes(finding.state))
      .map(({ check, finding: { state, found } }) => [check.id, `${state}: ${found}`]),
  );
}

/** The migrating function knows the pool and the settings, whatever is wrong elsewhere. */
function deployedFor(values: FactValues, settings: Environment): FactValues {
  const { function: fn } = values;
  if (fn === undefined) return values;
  const Variables = {
    ...fn.configuration.Environment?.Variables,
    ...(settings["GROUPS"] === undefined ? {} : { GROUPS: settings["GROUPS"] }),
    ...(settings["GROUPS_MAP"] === undefined ? {} : { GROUPS_MAP: settings["GROUPS_MAP"] }),
    DESTINATION_SCHEMA: describedSchema((values.destination.SchemaAttributes ?? []) as SchemaAttribute[]),
  };
  return { ...values, function: { ...fn, configuration: { ...fn.configuration, Environment: { Variables } } } };
}

const withStamp = (more: object): Partial<FactValues> => ({
  destination: {
    ...destination,
    SchemaAttributes: schema(
      attribute("custom:plan"),
      attribute("custom:source_sub"),
      attribute("custom:migration", more),
    ),
  },
});
const withClient = (more: object): Partial<FactValues> => ({ destinationClients: [{ ...application, ...more }] });
const withToken = (more: object): Partial<FactValues> => ({
  tokenFunction: {
    configuration: { ...tokenFunction?.configuration, ...more },
    reservedConcurrency: undefined,
  },
});
/** As it was before GROUPS was set. */
function withoutGroups(): FactValues["function"] {
  const { function: fn } = good;
  if (fn === undefined) return undefined;
  const { DESTINATION_GROUPS: _, ...Variables } = fn.configuration.Environment?.Variables ?? {};
  return { ...fn, configuration: { ...fn.configuration, Environment: { Variables } } };
}
const withTokenVariable = (more: object) => withToken({ Environment: { Variables: { ...tokenVariables, ...more } } });
const withTriggers = (more: object): Partial<FactValues> => ({
  destination: { ...destination, LambdaConfig: { UserMigration: destination.LambdaConfig?.UserMigration, ...more } },
});

test.each<[wrong: string, Settings, id: string, said: RegExp]>([
  [
    "an attribute of another type",
    { facts: withStamp({ AttributeDataType: "Number" }) },
    "stamp-attribute",
    /^failed: .* is a Number\.$/,
  ],
  [
    "an attribute that is too short",
    { facts: withStamp({ StringAttributeConstraints: { MaxLength: "256" } }) },
    "stamp-attribute",
    /^failed: .* takes 256 characters instead of 2048\.$/,
  ],
  [
    "an attribute that wants more",
    { facts: withStamp({ StringAttributeConstraints: { MinLength: "1000", MaxLength: "2048" } }) },
    "stamp-attribute",
    /^failed: .*shorter than 1000/,
  ],
  [
    "an attribute that wants one more than the shortest stamp",
    { facts: withStamp({ StringAttributeConstraints: { MinLength: "129", MaxLength: "2048" } }) },
    "stamp-attribute",
    /^failed: .*shorter than 129/,
  ],
  ["an immutable attribute", { facts: withStamp({ Mutable: false }) }, "stamp-attribute", /^failed: .* is immutable/],
  [
    "a client that may write it",
    { facts: withClient({ WriteAttributes: ["custom:migration"] }) },
    "stamp-attribute",
    /^failed: .*application may write it\.$/,
  ],
  [
    "a client that may read it",
    { facts: withClient({ ReadAttributes: ["custom:migration"] }) },
    "stamp-attribute",
    /^failed: .*application may read it\.$/,
  ],
  [
    "a client without a list of what it reads",
    { facts: withClient({ ReadAttributes: undefined }) },
    "stamp-attribute",
    /^warning: .*without ReadAttributes\.$/,
  ],
  [
    "a token function with AWS's key",
    { facts: withToken({ KMSKeyArn: undefined }) },
    "token-stamp-key",
    /^failed: The token function's .* AWS's own key instead of arn/,
  ],
  [
    "a key that the settings no longer name",
    { settings: { LAMBDA_KMS_KEY_ARN: "", STAMP_KEY_READABLE: "accept" }, facts: withToken({ KMSKeyArn: undefined }) },
    "stamp-key",
    new RegExp(`^warning: .*with ${KEY} instead of AWS's own key`),
  ],
  [
    "a group that is not at the source",
    {
      settings: { GROUPS: "staff,typo,admins" },
      facts: { destinationGroups: [...good.destinationGroups, { GroupName: "typo" }] },
    },
    "destination-groups",
    /^warning: .*the source has no typo; the function does not know that it may fill typo\.$/,
  ],
  [
    "a group that the destination lacks",
    { facts: { sourceGroups: [...good.sourceGroups, { GroupName: "new" }] } },
    "destination-groups",
    /^warning: Not every group can travel: the destination has no new\.$/,
  ],
  [
    "a group that * alone takes where a name goes",
    { facts: { sourceGroups: [...good.sourceGroups, { GroupName: "administrators" }] } },
    "destination-groups",
    /^warning: Not every group can travel: administrators of the source would fill a group that GROUPS keeps for the groups it names\.$/,
  ],
  [
    "a group that the map alone takes where a name goes",
    {
      settings: { GROUPS_MAP: "admins=administrators,staff=administrators" },
      facts: { destinationGroups: [{ GroupName: "administrators", RoleArn: "arn:aws:iam::222222222222:role/x" }] },
    },
    "destination-groups",
    /^warning: Not every group can travel: staff of the source would fill a group that GROUPS keeps/,
  ],
  [
    "a group that has come since",
    {
      facts: {
        sourceGroups: [...good.sourceGroups, { GroupName: "new" }],
        destinationGroups: [...good.destinationGroups, { GroupName: "new" }],
      },
    },
    "destination-groups",
    /^warning: .*the function does not know that it may fill new\.$/,
  ],
  [
    "groups that are not deployed yet",
    { facts: { function: withoutGroups() } },
    "destination-groups",
    /^warning: Not every group can travel: the function does not know that it may fill [^;]+\.$/,
  ],
  [
    "a group that has got a role since",
    { facts: { destinationGroups: [{ GroupName: "staff", RoleArn: "arn" }, { GroupName: "administrators" }] } },
    "destination-groups",
    /staff at the destination carries an IAM role, which GROUPS does not name; the function would fill staff, which is gone/,
  ],
  [
    "no trigger for tokens",
    { facts: withTriggers({}) },
    "token-trigger",
    /^warning: The destination has no pre token generation trigger yet/,
  ],
  [
    "a trigger for tokens of the pool's own",
    { facts: withTriggers({ PreTokenGeneration: "arn:own" }) },
    "token-trigger",
    /^warning: .*a function of its own/,
  ],
  [
    "events of another version",
    { facts: withTriggers({ PreTokenGenerationConfig: { LambdaArn: TOKEN_ARN, LambdaVersion: "V2_0" } }) },
    "token-trigger",
    /^failed: .*version V2_0/,
  ],
  [
    "no token function",
    { facts: { tokenFunction: undefined } },
    "token-function-state",
    /^failed: The token function is not there\.$/,
  ],
  [
    "another window",
    { facts: withTokenVariable({ GROUPS_WINDOW: "60" }) },
    "token-function-configuration",
    /GROUPS_WINDOW is 60 instead of 86400/,
  ],
  [
    "no key",
    { facts: withTokenVariable({ STAMP_KEY: "short" }) },
    "token-function-configuration",
    /STAMP_KEY is missing or too short\.$/,
  ],
  [
    "another key than the one that signs",
    { facts: withTokenVariable({ STAMP_KEY: "x".repeat(72) }) },
    "token-function-configuration",
    /: STAMP_KEY is not the one with which the function signs, so that no stamp verifies\.$/,
  ],
  [
    "a key from before that is to be gone",
    { facts: withTokenVariable({ STAMP_KEY_BEFORE: "x".repeat(72) }) },
    "token-function-configuration",
    /STAMP_KEY_BEFORE is a variable that the stack does not write\.$/,
  ],
  [
    "a rotation that was not deployed",
    { settings: { STAMP_KEY_NUMBER: "2" } },
    "token-function-configuration",
    /STAMP_KEY_BEFORE is missing/,
  ],
  [
    "other code",
    { facts: withToken({ CodeSha256: "other" }) },
    "token-function-code",
    /Another build of the token function/,
  ],
  [
    "an old runtime",
    { facts: withToken({ Runtime: "nodejs20.x" }) },
    "token-function-runtime",
    /The token function's runtime nodejs20\.x is deprecated/,
  ],
  [
    "a role that may do more",
    { facts: { tokenFunctionRole: tokenFunctionRole && { ...tokenFunctionRole, attached: ["AdministratorAccess"] } } },
    "token-function-role",
    /The token function's role has managed policies/,
  ],
  [
    "a right that the settings do not ask for any more",
    { settings: { GROUPS_MODE: "token" }, facts: withTokenVariable({ GROUPS_MODE: "token" }) },
    "token-function-role",
    /The policy of the token function's role is not the one/,
  ],
  [
    "somebody else who may call it",
    { facts: { tokenInvokePolicy: good.invokePolicy } },
    "token-function-invoke-policy",
    /not the one statement/,
  ],
  [
    "a log for ever",
    { facts: { tokenLogGroup: { logGroupName: "x" } } },
    "token-log-retention",
    /The token function's log is kept for ever/,
  ],
])("%s: found, and nothing else", (_, wrong, id, said) => {
  expect(found(wrong)).toEqual({ [id]: expect.stringMatching(said) });
});

const REFUSING: Environment = { GROUPS: "*,admins", GROUPS_OR_REFUSE: "admins" };
const THEIRS = "arn:aws:lambda:eu-central-1:222222222222:function:theirs";
const attachedOrNot = (settings: Environment, triggers: object): string | undefined =>
  found({ settings, facts: withTriggers(triggers) })["token-trigger"];

test.each<[wrong: string, triggers: object, said: RegExp]>([
  ["no token trigger", {}, /no pre token generation trigger yet/],
  ["somebody else's", { PreTokenGeneration: THEIRS }, /calls a function of its own/],
])("%s is a warning, and with GROUPS_OR_REFUSE it fails", (_, triggers, said) => {
  expect(attachedOrNot({}, triggers)).toMatch(new RegExp(`^warning: .*${said.source}`));
  expect(attachedOrNot(REFUSING, triggers)).toMatch(
    new RegExp(`^failed: .*${said.source}.*GROUPS_OR_REFUSE nobody may`),
  );
});

describe("a token trigger that the settings no longer ask for", () => {
  const decideOf = (settings: Environment, triggers: object) =>
    decideAll(
      CHECKS,
      known({ ...good, ...withTriggers(triggers) }),
      givenWith({ settings: stampedSettings(settings) }),
    ).find(({ check }) => check.id === "destination-triggers")?.finding;
  const NO_GROUPS: Environment = { GROUPS_MODE: "", GROUPS: "", GROUPS_MAP: "", MIGRATED_EVENT_BUS_ARN: "" };
  const OFF: Environment = { ...NO_GROUPS, MIGRATION_STAMP: "" };

  test.each<[string, object]>([
    ["by its older name", { PreTokenGeneration: TOKEN_ARN }],
    ["by its newer name", { PreTokenGenerationConfig: { LambdaArn: TOKEN_ARN, LambdaVersion: "V1_0" } }],
    ["by an alias", { PreTokenGeneration: `${TOKEN_ARN}:live` }],
  ])("fails %s, since the deploy that deletes the function ends every sign-in", (__, triggers) => {
    for (const settings of [NO_GROUPS, OFF])
      expect(decideOf(settings, triggers)).toMatchObject({
        state: "failed",
        found: expect.stringContaining("every sign-in of the pool fails"),
        remedy: expect.stringMatching(/before any deploy: .*detach --groups --apply\.$/),
      });
    expect(decideOf({}, triggers)?.state).toBe("passed");
  });

  test("is only a trigger of the pool where it is somebody else's", () => {
    expect(decideOf(OFF, { PreTokenGeneration: THEIRS })?.state).toBe("warning");
    expect(decideOf(OFF, {})?.state).toBe("passed");
  });
});

test("without a limit for the migrating function, the token function may find no place", () => {
  const concurrency = (settings: Environment): string | undefined =>
    found({ settings: { LAMBDA_RESERVED_CONCURRENCY: "", ...settings } })["concurrency"];
  expect(concurrency({})).toMatch(/^warning: .*which the token function needs for everybody's sign-in\.$/);
  expect(concurrency({ GROUPS_MODE: "", GROUPS: "", GROUPS_MAP: "", MIGRATED_EVENT_BUS_ARN: "" })).toMatch(
    /^warning: .*no limit for the function\.$/,
  );
});

test("with everything as it should be nothing is found", () => {
  expect(found({})).toEqual({});
});

test("an attribute that is not there is printed, for Terraform to add", () => {
  const facts = known({ ...good, ...withStamp({}), destination: { ...destination, SchemaAttributes: schema() } });
  const settings = stampedSettings({ STAMP_ATTRIBUTE: 'custom:a"${b}' });
  const finding = decideAll(CHECKS, facts, givenWith({ settings })).find(({ check }) => check.id === "stamp-attribute");
  expect(finding?.finding).toMatchObject({ state: "failed", remedy: expect.stringMatching(/never removes .*:$/) });
  expect(finding?.finding.lines?.join("\n")).toBe(`schema {
  name                = "a\\"$\${b}"
  attribute_data_type = "String"
  mutable             = true
  string_attribute_constraints {
    min_length = "0"
    max_length = "2048"
  }
}`);
});

test("an attribute of the source with the stamp's name does not arrive, and takes no place", () => {
  const rules = { attributeExclude: [], attributeMap: new Map(), stampAttribute: "custom:migration" };
  expect(targetOf("custom:migration", { ...rules, migrationStamp: "on" })).toBeUndefined();
  expect(targetOf("custom:migration", { ...rules, migrationStamp: "off" })).toBe("custom:migration");
});

test("no finding tells a key", () => {
  const said = JSON.stringify(
    decideAll(
      CHECKS,
      known({ ...good, ...withTokenVariable({ STAMP_KEY_BEFORE: "secretsecretsecretsecretsecretsecret" }) }),
      givenWith({ settings: stampedSettings() }),
    ),
  );
  expect(said).not.toContain("secretsecret");
  expect(said).not.toContain(tokenVariables["STAMP_KEY"]);
});

describe("without the settings", () => {
  const made = CHECKS.filter((check) => isMade(check, settingsOf())).map(({ id }) => id);

  test("no check of stamps, groups or the token function is made", () => {
    expect(made.filter((id) => /token|stamp|groups/.test(id))).toEqual([]);
    expect(CHECKS.filter((check) => isMade(check, stampedSettings()))).toHaveLength(CHECKS.length);
  });

  test("AWS is asked for nothing of them", () => {
    const more: readonly FactName[] = [
      "sourceGroups",
      "destinationGroups",
      "tokenFunction",
      "tokenFunctionRole",
      "tokenInvokePolicy",
      "tokenLogGroup",
    ];
    const asked = factsAsked(CHECKS, settingsOf());
    expect(more.filter((name) => asked.has(name))).toEqual([]);
    expect(more.every((name) => factsAsked(CHECKS, stampedSettings()).has(name))).toBe(true);
  });

  test("the stamp alone has no token function to check", () => {
    const settings = settingsOf({ MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept" });
    const ids = CHECKS.filter((check) => isMade(check, settings)).map(({ id }) => id);
    expect(ids.filter((id) => !made.includes(id))).toEqual(["stamp-attribute", "stamp-key"]);
  });
});
