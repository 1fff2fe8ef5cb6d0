import {
  type FunctionRules,
  HandlerSettingsError,
  parseHandlerSettings,
  rulesEnvironment,
} from "../../rules/function-environment";
import { FUNCTION_ENVIRONMENT } from "../support/settings";

const ENVIRONMENT = {
  ...FUNCTION_ENVIRONMENT,
  DESTINATION_SCHEMA: '{"String 0 2048":["custom:plan"],"String 5 64 required":["email"]}',
  DESTINATION_USERNAME_ATTRIBUTES: "none",
  DESTINATION_CASE_SENSITIVE: "false",
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "ASIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "not-a-real-key",
  AWS_SESSION_TOKEN: "not-a-real-token",
};

test("reads what the stack wrote and what Lambda adds", () => {
  expect(
    parseHandlerSettings({ ...ENVIRONMENT, ATTRIBUTE_MAP: "sub=custom:plan", ATTRIBUTE_EXCLUDE: "nickname" }),
  ).toEqual({
    sourceUserPoolId: "eu-west-1_Source001",
    sourceRegion: "eu-west-1",
    sourceRoleArn: "arn:aws:iam::111111111111:role/cognito_migration_customers",
    sourceAppClientId: "1example",
    sourceMfaConfiguration: "OPTIONAL",
    sourceUsernameAttributes: ["email"],
    externalId: "an-external-id",
    destinationUserPoolId: "eu-central-1_Dest0001",
    destinationSchema: new Map([
      ["custom:plan", { type: "String", min: 0, max: 2048, required: false }],
      ["email", { type: "String", min: 5, max: 64, required: true }],
    ]),
    destinationUsernameAttributes: [],
    destinationAliasAttributes: undefined,
    destinationCaseSensitive: false,
    forgotPassword: "migrate",
    unprovenPassword: "migrate",
    mfaPolicy: "reject",
    attributeExclude: new Set(["nickname"]),
    attributeMap: new Map([["sub", "custom:plan"]]),
    groups: [],
    groupsMap: new Map(),
    groupsOrRefuse: [],
    logUserKey: "a-key-of-thirty-two-characters-00",
    region: "eu-central-1",
    credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "not-a-real-key", sessionToken: "not-a-real-token" },
  });
});

test.each([
  ["true", true],
  ["false", false],
])("DESTINATION_CASE_SENSITIVE %s", (text, sensitive) => {
  const settings = parseHandlerSettings({ ...ENVIRONMENT, DESTINATION_CASE_SENSITIVE: text });
  expect(settings.destinationCaseSensitive).toBe(sensitive);
});

test("what is optional may be absent", () => {
  const { AWS_SESSION_TOKEN: _, ...rest } = ENVIRONMENT;
  expect(parseHandlerSettings(rest).credentials).not.toHaveProperty("sessionToken");
  expect(parseHandlerSettings(rest)).toMatchObject({
    attributeExclude: new Set(),
    attributeMap: new Map(),
    credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "not-a-real-key" },
  });
});

test("reads what users sign in with instead of a username", () => {
  expect(parseHandlerSettings({ ...ENVIRONMENT, DESTINATION_USERNAME_ATTRIBUTES: "email,phone_number" })).toMatchObject(
    { destinationUsernameAttributes: ["email", "phone_number"] },
  );
});

test.each<[string | undefined, readonly string[] | undefined]>([
  ["none", []],
  ["email,phone_number", ["email", "phone_number"]],
  [undefined, undefined],
  ["", undefined],
  ["preferred_username", undefined],
  ["username", undefined],
])("what users of the source sign in with, as %p", (SOURCE_USERNAME_ATTRIBUTES, expected) => {
  const read = () => parseHandlerSettings({ ...ENVIRONMENT, SOURCE_USERNAME_ATTRIBUTES });
  if (expected === undefined) expect(read).toThrow(/: SOURCE_USERNAME_ATTRIBUTES$/);
  else expect(read().sourceUsernameAttributes).toEqual(expected);
});

test("a schema that cannot be read is named, and not shown", () => {
  for (const DESTINATION_SCHEMA of [undefined, "{}", "email,name", '{"Text":["email"]}'])
    expect(() => parseHandlerSettings({ ...ENVIRONMENT, DESTINATION_SCHEMA })).toThrow(/: DESTINATION_SCHEMA$/);
});

test("the error names every bad variable and shows no value", () => {
  const broken = { ...ENVIRONMENT, MFA_POLICY: "maybe-secret", EXTERNAL_ID: undefined, SOURCE_ROLE_ARN: "" };
  expect(() => parseHandlerSettings(broken)).toThrow(HandlerSettingsError);
  expect(() => parseHandlerSettings(broken)).toThrow(expect.objectContaining({ name: "HandlerSettingsError" }));
  expect(() => parseHandlerSettings(broken)).toThrow(
    "missing or malformed in the function's environment: SOURCE_ROLE_ARN, EXTERNAL_ID, MFA_POLICY",
  );
});

test("a key that could be guessed is refused", () => {
  expect(() => parseHandlerSettings({ ...ENVIRONMENT, LOG_USER_KEY: "short" })).toThrow(/: LOG_USER_KEY$/);
});

const RULES: FunctionRules = {
  sourceUserPoolId: "eu-west-1_Other",
  sourceRegion: "eu-west-2",
  externalId: "another-id",
  destinationUserPoolId: "eu-central-1_Other",
  destinationCaseSensitive: true,
  forgotPassword: "refuse",
  unprovenPassword: "refuse",
  mfaPolicy: "sms",
  destinationAliasAttributes: undefined,
  attributeExclude: [],
  attributeMap: new Map(),
  migrationStamp: "off",
  stampAttribute: "custom:migration",
  groups: [],
  groupsMap: new Map(),
  groupsOrRefuse: [],
};

test.each<readonly [string, Partial<FunctionRules>, readonly string[]]>([
  ["the least", {}, ["DESTINATION_ALIAS_ATTRIBUTES", "ATTRIBUTE_EXCLUDE", "ATTRIBUTE_MAP"]],
  ["no stamp", {}, ["STAMP_ATTRIBUTE", "GROUPS", "GROUPS_MAP", "GROUPS_OR_REFUSE"]],
  ["a stamp", { migrationStamp: "on" }, ["GROUPS", "GROUPS_MAP", "GROUPS_OR_REFUSE"]],
  [
    "groups",
    {
      migrationStamp: "on",
      groups: ["*", "a,b"],
      groupsMap: new Map([["a,b", "c=d"]]),
      groupsOrRefuse: ["a,b"],
    },
    [],
  ],
  ["a pool that does not tell case", { destinationCaseSensitive: false, mfaPolicy: "allow" }, []],
  ["no aliases, as somebody has said", { destinationAliasAttributes: [] }, ["ATTRIBUTE_EXCLUDE"]],
  ["every alias", { destinationAliasAttributes: ["email", "phone_number", "preferred_username"] }, []],
  ["attributes that stay behind", { attributeExclude: ["nickname", "custom:legacy"] }, ["ATTRIBUTE_MAP"]],
  ["names with what separates names in them", { attributeExclude: ["custom:a,b", "custom:[", "custom:c "] }, []],
  ["attributes under another name", { attributeMap: new Map([["sub", "custom:source_sub"]]) }, ["ATTRIBUTE_EXCLUDE"]],
  [
    "names with what separates pairs in them",
    {
      attributeMap: new Map([
        ["custom:a=b", "custom:c,d"],
        ["custom:{", 'custom:"'],
      ]),
    },
    [],
  ],
])("what the stack writes the function reads: %s", (_, given, absent) => {
  const { migrationStamp, ...rules } = { ...RULES, ...given };
  const written = rulesEnvironment({ ...rules, migrationStamp });
  for (const name of absent) expect(written).not.toHaveProperty(name);
  // Lambda takes no empty value.
  for (const value of Object.values(written)) expect(value).toMatch(/./);
  expect(parseHandlerSettings({ ...ENVIRONMENT, ...written })).toMatchObject({
    ...rules,
    attributeExclude: new Set(rules.attributeExclude),
    stampAttribute: migrationStamp === "on" ? rules.stampAttribute : undefined,
  });
});
