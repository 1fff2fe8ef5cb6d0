import { differencesOf, type ExportOrigin, originOf } from "../../../cli/import/export-origin";
import { rowRules } from "../../../cli/import/user-row";
import type { AttributeMap } from "../../../rules/attribute-rules";

const POOL = { AutoVerifiedAttributes: ["email" as const] };
const SOURCE = { account: "111111111111", side: { region: "eu-west-1", userPoolId: "eu-west-1_Source001" } };
const DESTINATION = { account: "222222222222", side: { region: "eu-central-1", userPoolId: "eu-central-1_Dest0001" } };

interface Changed {
  readonly source?: object;
  readonly sourcePool?: object;
  readonly destination?: object;
  readonly destinationPool?: object;
  readonly header?: readonly string[];
  readonly attributeMap?: AttributeMap;
  readonly attributeExclude?: ReadonlySet<string>;
}

function origin(changed: Changed = {}): ExportOrigin {
  const { header = ["email", "cognito:username"], attributeMap = new Map(), attributeExclude = new Set() } = changed;
  const destinationPool = { ...POOL, ...changed.destinationPool };
  return originOf(
    { source: { ...SOURCE, ...changed.source }, destination: { ...DESTINATION, ...changed.destination } },
    rowRules({ ...changed.sourcePool }, destinationPool, header, { attributeMap, attributeExclude }),
  );
}

test("the same pools and settings are no difference, after a way through the journal, and in whatever order", () => {
  const excluding = (...names: string[]): ExportOrigin => origin({ attributeExclude: new Set(names) });
  expect(differencesOf(JSON.parse(JSON.stringify(origin())), origin())).toEqual([]);
  expect(differencesOf(excluding("name", "nickname"), excluding("nickname", "name"))).toEqual([]);
});

test.each<[string, Changed]>([
  ["the source was eu-west-1_Source001 in account 111111111111", { source: { ...SOURCE, account: "333333333333" } }],
  [
    "the source was eu-west-1_Source001 in account 111111111111",
    { source: { ...SOURCE, side: { ...SOURCE.side, region: "eu-west-2" } } },
  ],
  [
    "the source was eu-west-1_Source001 in account 111111111111",
    { source: { ...SOURCE, side: { ...SOURCE.side, userPoolId: "eu-west-1_Source002" } } },
  ],
  [
    "the destination was eu-central-1_Dest0001 in account 222222222222",
    { destination: { ...DESTINATION, account: "333333333333" } },
  ],
  ["the columns of the destination's import files", { header: ["cognito:username", "email"] }],
  ["ATTRIBUTE_MAP", { attributeMap: new Map([["custom:tier", "custom:plan"]]) }],
  ["ATTRIBUTE_EXCLUDE", { attributeExclude: new Set(["name"]) }],
  [
    "the destination's required attributes",
    { destinationPool: { SchemaAttributes: [{ Name: "name", Required: true }] } },
  ],
  ["the destination's auto-verified attributes", { destinationPool: { AutoVerifiedAttributes: ["phone_number"] } }],
  ["the destination's MFA", { destinationPool: { MfaConfiguration: "ON" } }],
  ["the destination's username attributes", { destinationPool: { UsernameAttributes: ["email"] } }],
  ["the destination's aliases", { destinationPool: { AliasAttributes: ["email"] } }],
  ["the destination's case sensitivity", { destinationPool: { UsernameConfiguration: { CaseSensitive: false } } }],
  ["the source's aliases", { sourcePool: { AliasAttributes: ["email"] } }],
])("is told of %s", (name, changed) => {
  expect(differencesOf(origin(), origin(changed))).toEqual([name]);
});

test("an export that does not say whose it is counts as another", () => {
  expect(differencesOf(undefined, origin())).toEqual(["nothing says which"]);
});

test("holds no value of a setting", () => {
  const text = JSON.stringify(origin({ attributeMap: new Map([["custom:tier", "custom:plan"]]) }));
  expect(text).not.toMatch(/tier|plan/);
});
