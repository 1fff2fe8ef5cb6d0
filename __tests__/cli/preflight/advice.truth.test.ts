import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { parse } from "dotenv";
import type { Finding, Given } from "../../../cli/preflight/check";
import type { FactValues } from "../../../cli/preflight/facts";
import { parseDeployment } from "../../../config/deployment";
import { type Environment, SETTINGS, type SettingName } from "../../../config/settings";
import { namesOf, pairsOf } from "../../../rules/attribute-names";
import { poolOf } from "../../../sandbox/accounts/own-pools/described-pool";
import { refusedAtPlan } from "../../../sandbox/accounts/refused-at-plan";
import { attribute, GOOD_SETTINGS, schema, settingsOf } from "../../support/preflight";
import { decide, facts, nameCounts, range, scan } from "../../support/preflight-findings";
import { synthesized } from "../../support/stacks";

/** What the pools have beside the standard attributes, what the settings are, and what else is known. */
interface Shape {
  readonly source?: Partial<UserPoolType>;
  readonly destination?: Partial<UserPoolType>;
  readonly settings?: Environment;
  readonly given?: Partial<Given>;
  readonly facts?: Partial<FactValues>;
  /** The check that has advice about a setting in this shape. */
  readonly by: string;
}

type Attribute = ReturnType<typeof attribute>;
const having = (...custom: readonly Attribute[]): Partial<UserPoolType> => ({
  SchemaAttributes: schema(...custom),
});
const short = (name: string, more = {}) => attribute(name, { StringAttributeConstraints: { MaxLength: "8" }, ...more });
const number = (name: string) => attribute(name, { AttributeDataType: "Number" });
const tier = attribute("custom:tier");
const plan = attribute("custom:plan");
const sub = attribute("custom:source_sub");
const ONLY_TIER = { ATTRIBUTE_MAP: "custom:tier=custom:plan" };
const NO_RULES = { ATTRIBUTE_MAP: "" };
const SUB_ONLY = { ATTRIBUTE_MAP: "sub=custom:source_sub" };
const GIVEN_OUTPUTS = {
  SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_customers",
  SOURCE_APP_CLIENT_ID: "1example",
  SOURCE_USERNAME_ATTRIBUTES: "email",
};
const shared = { ...scan, names: nameCounts({ shared: new Map([["phone_number", 2]]) }) };
const STRANGE = ["custom:a,b", "custom:it's", "custom:a b`c", "custom:#1"];

const SHAPES: Readonly<Record<string, Shape>> = {
  "a place that a rule has taken": { source: having(tier, plan), by: "attributes-arrive" },
  "likewise, beside an exclusion": {
    source: having(tier, plan),
    settings: { ATTRIBUTE_EXCLUDE: "nickname" },
    by: "attributes-arrive",
  },
  ...Object.fromEntries(
    STRANGE.map((name): [string, Shape] => [
      `a taken place of the name ${name}`,
      {
        source: having(tier, attribute(name)),
        destination: having(attribute(name)),
        settings: { ATTRIBUTE_MAP: JSON.stringify({ "custom:tier": name }), ATTRIBUTE_EXCLUDE: "nickname" },
        by: "attributes-arrive",
      },
    ]),
  ),
  "another type, mapped": { destination: having(number("custom:plan"), sub), by: "attributes-types" },
  "another type, mapped by the only rule": {
    destination: having(number("custom:plan")),
    settings: ONLY_TIER,
    by: "attributes-types",
  },
  "another type, mapped, and its own name is there, too": {
    destination: having(number("custom:plan"), tier, sub),
    by: "attributes-types",
  },
  "another type under its own name": {
    destination: having(number("custom:tier"), sub),
    settings: SUB_ONLY,
    by: "attributes-types",
  },
  "another type, without any rule": {
    destination: having(number("custom:tier")),
    settings: NO_RULES,
    by: "attributes-types",
  },
  "sub under a shorter name": { destination: having(plan, short("custom:source_sub")), by: "attributes-limits" },
  "a shorter place": { destination: having(short("custom:plan"), sub), by: "attributes-limits" },
  "a shorter place, counted": {
    destination: having(short("custom:plan"), sub),
    given: { scan: { ...scan, attributes: new Map([["custom:tier", range]]) } },
    by: "attributes-limits",
  },
  "a rule for what the destination lacks": {
    source: having(tier, attribute("custom:legacy")),
    settings: { ATTRIBUTE_EXCLUDE: "custom:legacy,nickname" },
    by: "attribute-rules",
  },
  "what is required is excluded": { settings: { ATTRIBUTE_EXCLUDE: "email,nickname" }, by: "attributes-required" },
  "what is required goes elsewhere": {
    settings: { ATTRIBUTE_MAP: "email=custom:plan" },
    by: "attributes-required",
  },
  "what is required is not at the source": {
    destination: having(plan, sub, attribute("custom:contract", { Required: true })),
    by: "attributes-required",
  },
  "second factors, and none at the destination": { source: { MfaConfiguration: "OPTIONAL" }, by: "source-mfa" },
  "an alias that no setting says": {
    destination: { UsernameAttributes: [], AliasAttributes: ["email"] },
    by: "alias-setting",
  },
  "aliases that are not there": {
    settings: { DESTINATION_ALIAS_ATTRIBUTES: "preferred_username" },
    destination: { UsernameAttributes: [] },
    by: "alias-setting",
  },
  "aliases in a pool that can have none": {
    settings: { DESTINATION_ALIAS_ATTRIBUTES: "email" },
    by: "alias-setting",
  },
  "an address that several have": {
    source: { UsernameAttributes: [] },
    destination: { UsernameAttributes: [], AliasAttributes: ["phone_number"] },
    settings: { DESTINATION_ALIAS_ATTRIBUTES: "phone_number", ATTRIBUTE_EXCLUDE: "nickname" },
    given: { scan: shared },
    by: "shared-addresses",
  },
  "another case": { settings: { DESTINATION_CASE_SENSITIVE: "false" }, by: "case-setting" },
  ...Object.fromEntries(
    [1, 10.7, 99].map((sourceQuota): [string, Shape] => [
      `a quota of ${sourceQuota}`,
      { facts: { sourceQuota }, by: "source-quota" },
    ]),
  ),
  "another name of the source, with outputs as settings": {
    source: { UsernameAttributes: ["phone_number", "email"] },
    settings: GIVEN_OUTPUTS,
    given: { outputs: { ...unknownOutputs(), usernameAttributes: "email" } },
    by: "function-source-names",
  },
  "other second factors, with outputs as settings": {
    source: { MfaConfiguration: "OPTIONAL" },
    settings: { ...GIVEN_OUTPUTS, SOURCE_MFA_CONFIGURATION: "OFF" },
    by: "function-source-mfa",
  },
  "no brake": { settings: { LAMBDA_RESERVED_CONCURRENCY: "" }, by: "concurrency" },
  "no brake, and hardly a quota": {
    settings: { LAMBDA_RESERVED_CONCURRENCY: "", SOURCE_SIGN_IN_QUOTA: "1" },
    by: "concurrency",
  },
  "a brake that is too strong": {
    given: { expectSignInsPerSecond: 1_000_000 },
    settings: { SOURCE_SIGN_IN_QUOTA: "100000" },
    by: "concurrency",
  },
  "more than the account has": {
    facts: { accountConcurrency: { limit: 200, unreserved: 103 }, function: undefined },
    by: "reservable-concurrency",
  },
  "no topic": { settings: { ALARM_TOPIC_ARN: "" }, by: "alarms" },
  "a runtime that ends": { given: { today: new Date("2040-01-01") }, by: "function-runtime" },
  "no source role known": {
    given: { outputs: { ...unknownOutputs() } },
    by: "function-role",
  },
};

/** Where no setting helps. */
const NO_SETTING: Readonly<Record<string, Shape>> = {
  "no place": { source: having(tier, attribute("custom:color")), by: "attributes-arrive" },
  "a shorter place that is required": {
    destination: having(short("nickname", { Required: true }), plan, sub),
    by: "attributes-limits",
  },
  "no quota": { facts: { sourceQuota: 0.5 }, by: "source-quota" },
  "a brake where nothing can be reserved": {
    facts: { accountConcurrency: { limit: 100, unreserved: 100 }, function: undefined },
    by: "reservable-concurrency",
  },
};

function unknownOutputs(): Given["outputs"] {
  return { roleArn: undefined, appClientId: undefined, mfaConfiguration: undefined, usernameAttributes: undefined };
}

const source = { ...facts.source, ...having(tier) };

/** The settings as somebody leaves them who does what the advice says, and nothing else. Undefined: it is not about settings. */
function following(remedy: string, before: Environment): Environment | undefined {
  const after: Record<string, string | undefined> = { ...before };
  const done: string[] = [];
  const set = (name: string, value: string): void => {
    after[name] = value;
    done.push(name);
  };
  for (const [, name = "", value = ""] of remedy.matchAll(
    /\b([A-Z][A-Z_]+)=('[^']*'|`[^`]*`|\S+?)(?=[.,:;]?(?:\s|$))/g,
  ))
    set(name, parse(`${name}=${value}`)[name] ?? "");
  for (const [, names = ""] of remedy.matchAll(/\bset ((?:[A-Z][A-Z_]{4,}(?:, | and )?)+)(?![=A-Z_])/gi))
    for (const name of names.match(/[A-Z_]{5,}/g) ?? []) set(name, SETTINGS[name as SettingName].example);
  for (const [, name = ""] of remedy.matchAll(/take ([A-Z_]+) away/g)) set(name, "");
  for (const [, names = ""] of remedy.matchAll(/Take (\S+(?: and \S+)?) out of ATTRIBUTE_EXCLUDE/g))
    set("ATTRIBUTE_EXCLUDE", without(namesOf(before["ATTRIBUTE_EXCLUDE"] ?? "") ?? [], names));
  for (const [, names = ""] of remedy.matchAll(/Take (\S+) out of ATTRIBUTE_MAP/g))
    set(
      "ATTRIBUTE_MAP",
      (pairsOf(before["ATTRIBUTE_MAP"] ?? "") ?? [])
        .filter(([from]) => from !== names)
        .map((pair) => pair.join("="))
        .join(","),
    );
  for (const [, name = ""] of remedy.matchAll(/Map a source attribute to (\S+) with ATTRIBUTE_MAP/g))
    set("ATTRIBUTE_MAP", `${before["ATTRIBUTE_MAP"]},nickname=${name}`);
  return done.length === 0 ? undefined : after;
}

const without = (names: readonly string[], those: string): string =>
  names.filter((name) => !those.split(" and ").includes(name)).join(",");

/** What the settings refuse, or a plan of either stack between these pools. */
function refusals(environment: Environment, shape: Shape): readonly string[] {
  try {
    parseDeployment(environment);
  } catch (error) {
    return [String(error)];
  }
  const stacks = synthesized(environment);
  const described = (pool: UserPoolType, Arn: string): ReturnType<typeof poolOf> =>
    poolOf({ ...pool, Arn, Id: Arn.split("/").at(-1) ?? "" });
  const pools = poolsOf(shape);
  return [
    ...refusedAtPlan(stacks.source, described(pools.source, pools.source.Arn ?? "")),
    ...refusedAtPlan(stacks.destination, described(pools.destination, environment["DESTINATION_USER_POOL_ARN"] ?? "")),
  ];
}

const poolsOf = (shape: Shape): Pick<FactValues, "source" | "destination"> => ({
  source: { ...source, ...shape.source },
  destination: { ...facts.destination, ...shape.destination },
});

const environmentOf = (shape: Shape): Environment => ({ ...GOOD_SETTINGS, ...shape.settings });

function findings(
  shape: Shape,
  environment: Environment,
): readonly { readonly id: string; readonly finding: Finding }[] {
  const settings = settingsOf(environment);
  return decide({ ...poolsOf(shape), ...shape.facts }, { ...shape.given, settings }).map(({ check, finding }) => ({
    id: check.id,
    finding,
  }));
}

/** What each check advises in each shape, and the settings of somebody who follows it. */
const adviceIn = (shapes: Readonly<Record<string, Shape>>) =>
  Object.entries(shapes).flatMap(([name, shape]) =>
    findings(shape, environmentOf(shape)).flatMap(({ id, finding: { remedy } }) =>
      remedy === undefined ? [] : [{ name, id, shape, after: following(remedy, environmentOf(shape)) }],
    ),
  );
const followed = adviceIn(SHAPES).flatMap(({ after, ...more }) => (after === undefined ? [] : [{ after, ...more }]));

test.each(followed)("$name: what $id advises, the settings and a plan take", ({ after, shape }) => {
  const refused = refusals(after, shape);
  const already = refused.length === 0 ? [] : refusals(environmentOf(shape), shape);
  expect(refused.filter((one) => !already.includes(one))).toEqual([]);
});

const ATTRIBUTES = /^attribute/;
test.each(followed.filter(({ id }) => ATTRIBUTES.test(id)))("$name: what $id advises helps", ({ id, after, shape }) => {
  const stateIn = (environment: Environment) =>
    findings(shape, environment).find((one) => one.id === id)?.finding.state;
  const [was, is] = [stateIn(environmentOf(shape)), stateIn(after)];
  expect([was, is]).toEqual([was, was === "failed" ? expect.stringMatching(/^(passed|warning)$/) : "passed"]);
});

test.each(Object.entries(SHAPES))("%s: there is such advice", (name, { by }) => {
  expect(followed.filter((one) => one.name === name).map(({ id }) => id)).toContain(by);
});

test.each(Object.entries(NO_SETTING))("%s: no setting is advised", (name, { by }) => {
  const [advice] = adviceIn(NO_SETTING).filter((one) => one.name === name && one.id === by);
  expect(advice).toMatchObject({ id: by, after: undefined });
});
