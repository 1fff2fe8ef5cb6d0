import { demandsMembership, hasTokenFunction } from "../../rules/token-function";

const BUS = { migratedEventBusArn: "arn:aws:events:eu-central-1:222222222222:event-bus/default" };

test.each([
  [{}, false],
  [{ migrationStamp: "on" }, false],
  [{ migrationStamp: "on", groupsMode: "off" }, false],
  [{ migrationStamp: "on", groupsMode: "token" }, true],
  [{ migrationStamp: "on", groupsMode: "token+member" }, true],
  [{ migrationStamp: "on", ...BUS }, true],
  [{ migrationStamp: "on", groupsMode: "token", ...BUS }, true],
  [{ migrationStamp: "off", groupsMode: "token", ...BUS }, false],
  [{ groupsMode: "token", ...BUS }, false],
] as const)("with %j there is a token function: %s", (settings, is) => {
  expect(hasTokenFunction(settings)).toBe(is);
});

test.each([
  [{}, false],
  [{ groupsOrRefuse: [] }, false],
  [{ groupsOrRefuse: ["suspended"] }, true],
])("with %j memberships are demanded: %s", (settings, is) => {
  expect(demandsMembership(settings)).toBe(is);
});
