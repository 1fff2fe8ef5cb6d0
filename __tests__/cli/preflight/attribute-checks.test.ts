import type { SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { ATTRIBUTE_CHECKS } from "../../../cli/preflight/attribute-checks";
import type { FactValues } from "../../../cli/preflight/facts";
import { attribute, schema } from "../../support/preflight";
import {
  decide,
  facts,
  given,
  type Row,
  range,
  scan,
  stateOf,
  testFindings,
  withVariable,
} from "../../support/preflight-findings";

const sourceWith = (...custom: SchemaAttributeType[]): Partial<FactValues> => ({
  source: { ...facts.source, SchemaAttributes: schema(...custom) },
});
/** Both custom attributes that the rules name are there, unless given otherwise. */
const destinationWith = (...changed: SchemaAttributeType[]): Partial<FactValues> => ({
  destination: {
    ...facts.destination,
    SchemaAttributes: schema(attribute("custom:plan"), attribute("custom:source_sub"), ...changed),
  },
});
const tier = (more: Partial<SchemaAttributeType> = {}): SchemaAttributeType => attribute("custom:tier", more);
const plan = (more: Partial<SchemaAttributeType>): SchemaAttributeType => attribute("custom:plan", more);
const excluding = (name: string) =>
  [withVariable({ ATTRIBUTE_EXCLUDE: name }), given({ ATTRIBUTE_EXCLUDE: name })] as const;
const scanned = (name: string, more: object) => ({
  scan: { ...scan, attributes: new Map([[name, { ...range, ...more }]]) },
});

const NUMBER = { AttributeDataType: "Number" } as const;
const SHORT = plan({ StringAttributeConstraints: { MaxLength: "8" } });
const LONG = plan({ StringAttributeConstraints: { MinLength: "5" } });
const SMALL = plan({ ...NUMBER, NumberAttributeConstraints: { MaxValue: "9" } });
const SMALL_FRACTION = plan({ ...NUMBER, NumberAttributeConstraints: { MaxValue: "9.5" } });
const REQUIRED = attribute("given_name", { Required: true });
const NICKNAME = attribute("nickname", { Required: true });
const [excluded, withNickname] = excluding("nickname");
const [misspelled, withMisspelled] = excluding("custom:legcy");

const withProvider = (...SupportedIdentityProviders: string[]): Partial<FactValues> => ({
  sourceClients: facts.sourceClients.map((client) => ({ ...client, SupportedIdentityProviders })),
});

const ROWS: readonly Row[] = [
  ["a rule for what the source lacks", "attribute-rules", "failed", sourceWith(), {}, /no custom:tier at the source/],
  ["a misspelled exclusion", "attribute-rules", "failed", misspelled, withMisspelled, /custom:legcy at the source/],
  [
    "an attribute without a place",
    "attributes-arrive",
    "warning",
    sourceWith(tier(), attribute("custom:color")),
    {},
    /no free place for custom:color/,
  ],
  [
    "an attribute whose place a rule has taken",
    "attributes-arrive",
    "warning",
    sourceWith(tier(), plan({})),
    {},
    /no free place for custom:plan/,
  ],
  [
    "a required attribute that users may lack",
    "attributes-required",
    "warning",
    destinationWith(REQUIRED),
    {},
    /given_name; the source does not/,
  ],
  [
    "a required attribute that some users lack",
    "attributes-required",
    "failed",
    destinationWith(REQUIRED),
    scanned("given_name", { count: 90 }),
    /given_name \(10 of 100 users lack it\)/,
  ],
  [
    "a required attribute that is excluded",
    "attributes-required",
    "failed",
    { ...destinationWith(NICKNAME), ...excluded },
    withNickname,
    /nickname, which never arrives/,
  ],
  [
    "text that becomes a number",
    "attributes-types",
    "failed",
    destinationWith(plan(NUMBER)),
    {},
    /custom:tier \(as custom:plan\) is String at the source and Number/,
  ],
  [
    "a shorter place",
    "attributes-limits",
    "warning",
    destinationWith(SHORT),
    {},
    /0 to 2048 characters at the source, 0 to 8 characters/,
  ],
  ["a longer minimum", "attributes-limits", "warning", destinationWith(LONG), {}, /0 to 2048 .* 5 to 2048/],
  [
    "a value that is too long",
    "attributes-limits",
    "failed",
    destinationWith(SHORT),
    scanned("custom:tier", {}),
    /3 to 40 characters at the source, 0 to 8/,
  ],
  [
    "a smaller range of numbers",
    "attributes-limits",
    "warning",
    { ...sourceWith(tier(NUMBER)), ...destinationWith(SMALL) },
    {},
    /any number at the source, up to 9/,
  ],
  [
    "a smaller range, with a fraction",
    "attributes-limits",
    "warning",
    { ...sourceWith(tier(NUMBER)), ...destinationWith(SMALL_FRACTION) },
    {},
    /any number at the source, up to 9\.5/,
  ],
  [
    "a number that is too large",
    "attributes-limits",
    "failed",
    { ...sourceWith(tier(NUMBER)), ...destinationWith(SMALL) },
    scanned("custom:tier", { smallest: 1, largest: 12 }),
    /1 to 12 at the source, up to 9/,
  ],
  [
    "a place that no sub fits into",
    "attributes-limits",
    "failed",
    destinationWith(attribute("custom:source_sub", { StringAttributeConstraints: { MaxLength: "35" } })),
    {},
    /sub \(as custom:source_sub\): 36 characters at the source, 0 to 35 characters/,
  ],
  [
    "what users have where the sub goes",
    "attributes-arrive",
    "warning",
    sourceWith(tier(), attribute("custom:source_sub")),
    scanned("custom:source_sub", {}),
    /no free place for custom:source_sub/,
  ],
  [
    "a profile with a linked provider",
    "linked-providers",
    "warning",
    {},
    { scan: { ...scan, linked: 3 } },
    /^3 of 100 users have a password and a linked identity provider/,
  ],
  [
    "an attribute that freezes",
    "attributes-mutable",
    "warning",
    destinationWith(plan({ Mutable: false })),
    {},
    /custom:tier \(as custom:plan\)/,
  ],
];

testFindings(ATTRIBUTE_CHECKS, ROWS);

test.each<[string, string, Partial<FactValues>, object]>([
  [
    "a required attribute that everyone has",
    "attributes-required",
    destinationWith(REQUIRED),
    scanned("given_name", {}),
  ],
  [
    "a shorter place that is long enough",
    "attributes-limits",
    destinationWith(SHORT),
    scanned("custom:tier", { longest: 8 }),
  ],
  [
    "a place that a sub just fits into",
    "attributes-limits",
    destinationWith(
      attribute("custom:source_sub", { StringAttributeConstraints: { MinLength: "36", MaxLength: "36" } }),
    ),
    {},
  ],
  [
    "a place for the sub that the source has, too",
    "attributes-arrive",
    sourceWith(tier(), attribute("custom:source_sub")),
    {},
  ],
  [
    "likewise, and nobody has anything there",
    "attributes-arrive",
    sourceWith(tier(), attribute("custom:source_sub")),
    { scan },
  ],
  [
    "an attribute without a place that nobody has",
    "attributes-arrive",
    sourceWith(tier(), attribute("custom:color")),
    { scan },
  ],
  ["a number that becomes text", "attributes-types", sourceWith(tier(NUMBER)), {}],
  [
    "an attribute that stays behind by rule",
    "attributes-arrive",
    sourceWith(tier(), attribute("nickname")),
    withNickname,
  ],
  ["a source without linked providers, as counted", "linked-providers", withProvider("Google"), { scan }],
  ["a source without providers, not counted", "linked-providers", withProvider("COGNITO"), { scan: undefined }],
])("%s passes", (_, id, changed, more) => {
  expect(stateOf(decide(changed, more), id)).toBe("passed");
});

test.each<[string, Partial<FactValues>, Record<string, string>, string]>([
  ["addresses to addresses", {}, {}, "21 attributes of the source arrive at the destination."],
  [
    "usernames to addresses",
    { source: { ...facts.source, UsernameAttributes: [] } },
    {},
    "20 attributes of the source arrive at the destination; email where the source has verified it.",
  ],
  [
    "addresses to usernames, with an alias",
    { destination: { ...facts.destination, UsernameAttributes: [], AliasAttributes: ["preferred_username"] } },
    { DESTINATION_ALIAS_ATTRIBUTES: "preferred_username" },
    "20 attributes of the source arrive at the destination; preferred_username with the sign-in that types it, and not by an import.",
  ],
  [
    "addresses to usernames, where nobody says that there is no alias",
    { destination: { ...facts.destination, UsernameAttributes: [] } },
    {},
    "20 attributes of the source arrive at the destination; preferred_username with the sign-in that types it, and not by an import.",
  ],
  [
    "addresses to usernames without an alias",
    { destination: { ...facts.destination, UsernameAttributes: [] } },
    { DESTINATION_ALIAS_ATTRIBUTES: "none" },
    "21 attributes of the source arrive at the destination.",
  ],
])("%s: says what arrives, and what only with proof", (_, changed, environment, found) => {
  const finding = decide(changed, given(environment)).find(({ check }) => check.id === "attributes-arrive")?.finding;
  expect(finding).toEqual({ state: "passed", found });
});

test("whether providers are linked is not known where users were not read", () => {
  expect(stateOf(decide(withProvider("COGNITO", "Google"), { scan: undefined }), "linked-providers")).toBe("skipped");
});

test("a mapped attribute needs its place at the destination", () => {
  const { destination } = facts;
  const results = decide({ destination: { ...destination, SchemaAttributes: schema(attribute("custom:plan")) } }, {});
  expect(results.find(({ check }) => check.id === "attribute-rules")?.finding).toMatchObject({
    state: "failed",
    found: "There is no custom:source_sub at the destination.",
  });
});
