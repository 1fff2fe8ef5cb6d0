import { parseDeployment } from "../../config/deployment";
import type { Environment } from "../../config/settings";
import { type Problem, SettingsError } from "../../config/settings-error";
import { BOTH } from "../support/settings";

const KEY = "arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/default";

/** The least that signs, and the least that takes groups along. */
const STAMP = { MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept" };
const GROUPS = { ...STAMP, GROUPS_MODE: "token+member", GROUPS: "staff" };

const destination = (env: Environment) => parseDeployment({ ...BOTH, ...env }).destination;

function problemsOf(env: Environment): readonly Problem[] {
  try {
    parseDeployment({ ...BOTH, ...env });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test("nothing is on by itself", () => {
  expect(destination({})).toMatchObject({
    migrationStamp: "off",
    stampAttribute: "custom:migration",
    stampKeyNumber: 1,
    stampKeyReadable: undefined,
    lambdaKmsKeyArn: undefined,
    groupsMode: "off",
    groups: [],
    groupsMap: new Map(),
    groupsOrRefuse: [],
    groupsWindow: 86_400,
    migratedEventBusArn: undefined,
  });
});

test("everything given is taken", () => {
  expect(
    destination({
      ...STAMP,
      STAMP_ATTRIBUTE: "custom:stamp",
      STAMP_KEY_NUMBER: "3",
      LAMBDA_KMS_KEY_ARN: KEY,
      GROUPS_MODE: "token+member",
      GROUPS: '["*","Grüße","a,b"]',
      GROUPS_MAP: '{"a,b":"c=d","old":"c=d"}',
      GROUPS_OR_REFUSE: "suspended, a=b",
      GROUPS_WINDOW: "90m",
      MIGRATED_EVENT_BUS_ARN: BUS,
    }),
  ).toMatchObject({
    migrationStamp: "on",
    stampAttribute: "custom:stamp",
    stampKeyNumber: 3,
    stampKeyReadable: "accept",
    lambdaKmsKeyArn: KEY,
    groupsMode: "token+member",
    groups: ["*", "Grüße", "a,b"],
    groupsMap: new Map([
      ["a,b", "c=d"],
      ["old", "c=d"],
    ]),
    groupsOrRefuse: ["suspended", "a=b"],
    groupsWindow: 5400,
    migratedEventBusArn: BUS,
  });
});

test.each([
  ["10m", 600],
  ["24h", 86_400],
  ["168h", 604_800],
])("GROUPS_WINDOW=%s is %i seconds", (text, seconds) => {
  expect(destination({ ...GROUPS, GROUPS_WINDOW: text })?.groupsWindow).toBe(seconds);
});

test.each<[string, string]>([
  ["MIGRATION_STAMP", "true"],
  ["STAMP_ATTRIBUTE", "nickname"],
  ["STAMP_ATTRIBUTE", "custom:"],
  ["STAMP_ATTRIBUTE", `custom:${"x".repeat(21)}`],
  ["STAMP_KEY_NUMBER", "0"],
  ["STAMP_KEY_NUMBER", "1.5"],
  ["STAMP_KEY_NUMBER", "10001"],
  ["STAMP_KEY_READABLE", "true"],
  ["STAMP_KEY_READABLE", "Accept"],
  ["LAMBDA_KMS_KEY_ARN", "alias/functions"],
  ["LAMBDA_KMS_KEY_ARN", "arn:aws:kms:eu-central-1:222222222222:alias/functions"],
  ["LAMBDA_KMS_KEY_ARN", `${KEY}/`],
  ["GROUPS_MODE", "member"],
  ["GROUPS", "a,,b"],
  ["GROUPS", "a,a"],
  ["GROUPS", '["with space"]'],
  ["GROUPS", "x".repeat(129)],
  ["GROUPS", "[]"],
  ["GROUPS_MAP", "staff"],
  ["GROUPS_MAP", "staff=*"],
  ["GROUPS_MAP", "staff=a,staff=b"],
  ["GROUPS_MAP", "{}"],
  ["GROUPS_OR_REFUSE", "*"],
  ["GROUPS_OR_REFUSE", "staff,staff"],
  ["GROUPS_WINDOW", "9m"],
  ["GROUPS_WINDOW", "169h"],
  ["GROUPS_WINDOW", "24"],
  ["GROUPS_WINDOW", "1d"],
  ["GROUPS_WINDOW", "1e3m"],
  ["MIGRATED_EVENT_BUS_ARN", "default"],
  ["MIGRATED_EVENT_BUS_ARN", "arn:aws:sns:eu-central-1:222222222222:operators"],
])("%s may not be %s", (variable, value) => {
  expect(problemsOf({ ...GROUPS, [variable]: value })).toContainEqual({
    variable,
    found: JSON.stringify(value),
    expected: expect.stringMatching(/.{5,}/),
  });
});

test.each<[string, string, Environment]>([
  ["groups without a stamp", "MIGRATION_STAMP", { GROUPS_MODE: "token", GROUPS: "staff" }],
  ["an event without a stamp", "MIGRATION_STAMP", { MIGRATED_EVENT_BUS_ARN: BUS }],
  ["an attribute without a stamp", "STAMP_ATTRIBUTE", { STAMP_ATTRIBUTE: "custom:stamp" }],
  ["a key without a stamp", "STAMP_KEY_NUMBER", { STAMP_KEY_NUMBER: "1" }],
  ["consent without a stamp", "STAMP_KEY_READABLE", { STAMP_KEY_READABLE: "accept" }],
  ["a stamp whose key nobody protects, and nobody has said so", "LAMBDA_KMS_KEY_ARN", { MIGRATION_STAMP: "on" }],
  ["a mode without groups", "GROUPS", { ...STAMP, GROUPS_MODE: "token" }],
  ["groups without a mode", "GROUPS", { ...STAMP, GROUPS: "staff" }],
  ["a map without a mode", "GROUPS_MAP", { ...STAMP, GROUPS_MAP: "a=b" }],
  ["refusals without a mode", "GROUPS_OR_REFUSE", { ...STAMP, GROUPS_OR_REFUSE: "a" }],
  ["a window without a mode", "GROUPS_WINDOW", { ...STAMP, GROUPS_WINDOW: "24h" }],
  ["a map of a group that does not travel", "GROUPS_MAP", { ...GROUPS, GROUPS_MAP: "editors=authors" }],
  ["a refusal for a group that does not travel", "GROUPS_OR_REFUSE", { ...GROUPS, GROUPS_OR_REFUSE: "suspended" }],
  [
    "a refusal for a group that is over after a day",
    "GROUPS_MODE",
    { ...GROUPS, GROUPS_MODE: "token", GROUPS_OR_REFUSE: "staff" },
  ],
  ["something else in the stamp's place", "ATTRIBUTE_MAP", { ...STAMP, ATTRIBUTE_MAP: "custom:a=custom:migration" }],
  ["the source's stamp in another place", "ATTRIBUTE_MAP", { ...STAMP, ATTRIBUTE_MAP: "custom:migration=custom:a" }],
  ["a key elsewhere", "LAMBDA_KMS_KEY_ARN", { LAMBDA_KMS_KEY_ARN: KEY.replace("eu-central-1", "eu-west-1") }],
  [
    "an event bus in another partition",
    "MIGRATED_EVENT_BUS_ARN",
    { ...STAMP, MIGRATED_EVENT_BUS_ARN: BUS.replace("aws", "aws-cn") },
  ],
])("%s", (_, variable, env) => {
  expect(problemsOf(env).map((problem) => problem.variable)).toEqual([variable]);
});

test.each<[string, Environment]>([
  ["a key of the functions alone", { LAMBDA_KMS_KEY_ARN: KEY }],
  ["a key of many Regions", { LAMBDA_KMS_KEY_ARN: KEY.replace(/key\/.*/, `key/mrk-${"0a".repeat(16)}`) }],
  ["a stamp under a key", { MIGRATION_STAMP: "on", LAMBDA_KMS_KEY_ARN: KEY }],
  ["a stamp and an event", { ...STAMP, MIGRATED_EVENT_BUS_ARN: BUS }],
  ["every group, one renamed and one demanded", { ...GROUPS, GROUPS: "*", GROUPS_MAP: "a=b", GROUPS_OR_REFUSE: "c" }],
])("no contradiction: %s", (_, env) => expect(problemsOf(env)).toEqual([]));

test("who wants a stamp is told of both ways to keep its key", () => {
  expect(problemsOf({ MIGRATION_STAMP: "on" })[0]?.expected).toMatch(
    /because MIGRATION_STAMP is on; or STAMP_KEY_READABLE=accept/,
  );
});
