import { parseTokenSettings, TOKEN_VARIABLES } from "../../rules/token-environment";

const KEY = "k".repeat(32);
const BEFORE = "b".repeat(32);
const LEAST = {
  STAMP_ATTRIBUTE: "custom:migration",
  STAMP_KEY: KEY,
  DESTINATION_USER_POOL_ID: "eu-central-1_Dest0001",
  DESTINATION_USERNAME_ATTRIBUTES: "none",
  DESTINATION_CASE_SENSITIVE: "true",
  GROUPS_MODE: "off",
  GROUPS_WINDOW: "86400",
};
const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/default";

test("the least that there must be", () => {
  expect(parseTokenSettings(LEAST)).toStrictEqual({
    destinationUserPoolId: "eu-central-1_Dest0001",
    destinationUsernameAttributes: [],
    destinationCaseSensitive: true,
    stampAttribute: "custom:migration",
    stampKeys: [KEY],
    groupsMode: "off",
    groupsWindow: 86_400,
    sendsEvents: false,
    migratedEventBusArn: undefined,
  });
});

test("everything that there may be", () => {
  const more = {
    STAMP_KEY_BEFORE: BEFORE,
    DESTINATION_USERNAME_ATTRIBUTES: "email,phone_number",
    DESTINATION_CASE_SENSITIVE: "false",
    GROUPS_MODE: "token+member",
    MIGRATED_EVENT_BUS_ARN: BUS,
  };
  expect(Object.keys({ ...LEAST, ...more }).sort()).toEqual([...TOKEN_VARIABLES].sort());
  expect(parseTokenSettings({ ...LEAST, ...more, OTHER: "x" })).toMatchObject({
    destinationUsernameAttributes: ["email", "phone_number"],
    destinationCaseSensitive: false,
    stampKeys: [KEY, BEFORE],
    groupsMode: "token+member",
    sendsEvents: true,
    migratedEventBusArn: BUS,
  });
});

test.each([
  ["STAMP_ATTRIBUTE", ""],
  ["STAMP_KEY", "k".repeat(31)],
  ["STAMP_KEY_BEFORE", "b".repeat(31)],
  ["DESTINATION_USER_POOL_ID", ""],
  ["DESTINATION_USERNAME_ATTRIBUTES", "name"],
  ["DESTINATION_CASE_SENSITIVE", "yes"],
  ["GROUPS_MODE", "on"],
  ["GROUPS_WINDOW", "0"],
  ["GROUPS_WINDOW", "12345678"],
  ["GROUPS_WINDOW", "1 "],
  ["GROUPS_WINDOW", "x1"],
  ["MIGRATED_EVENT_BUS_ARN", ""],
])("%s=%j is named, and no value", (name, value) => {
  expect(() => parseTokenSettings({ ...LEAST, [name]: value })).toThrow(
    new Error(`missing or malformed in the function's environment: ${name}`),
  );
});

test("all that is missing is named, each once", () => {
  expect(() => parseTokenSettings({})).toThrow(
    `missing or malformed in the function's environment: ${Object.keys(LEAST).join(", ")}`,
  );
});
