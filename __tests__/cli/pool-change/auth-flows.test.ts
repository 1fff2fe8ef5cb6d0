import {
  canPassByTrigger,
  cutOverFlows,
  flowsOf,
  nobodyCanSignIn,
  withoutPasswordFlow,
  withPasswordFlow,
  wouldBeDefaults,
} from "../../../cli/pool-change/auth-flows";

const DEFAULTS = ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"];

test.each([{}, { ExplicitAuthFlows: [] }])("an app client that names no flow has the default ones: %j", (client) => {
  expect(flowsOf(client)).toEqual(DEFAULTS);
});

test.each([
  ["ENABLED", ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"]],
  ["DISABLED", DEFAULTS],
])("with refresh token rotation %s the default flows are %j, and named ones are as named", (Feature, flows) => {
  const RefreshTokenRotation = { Feature };
  expect(flowsOf({ RefreshTokenRotation })).toEqual(flows);
  expect(flowsOf({ RefreshTokenRotation, ExplicitAuthFlows: ["ALLOW_USER_AUTH"] })).toEqual(["ALLOW_USER_AUTH"]);
});

describe("the password flow", () => {
  test.each([
    [
      "is added, and everything stays",
      ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
    ],
    ["is added to the defaults", DEFAULTS, [...DEFAULTS, "ALLOW_USER_PASSWORD_AUTH"]],
    [
      "is added in the old spelling to flows of the old spelling",
      ["ADMIN_NO_SRP_AUTH"],
      ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"],
    ],
    ["is not added twice", ["ALLOW_USER_PASSWORD_AUTH"], ["ALLOW_USER_PASSWORD_AUTH"]],
    ["is not added twice in the old spelling", ["USER_PASSWORD_AUTH"], ["USER_PASSWORD_AUTH"]],
  ])("%s", (_, before, after) => {
    expect(withPasswordFlow(before)).toEqual(after);
  });

  test("cannot be had beside CUSTOM_AUTH_FLOW_ONLY", () => {
    expect(withPasswordFlow(["CUSTOM_AUTH_FLOW_ONLY"])).toBeUndefined();
  });

  test.each([
    [["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"], ["ALLOW_USER_SRP_AUTH"]],
    [["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"], ["ADMIN_NO_SRP_AUTH"]],
  ])("is taken off %j alone", (before, after) => {
    expect(withoutPasswordFlow(before)).toEqual(after);
  });
});

describe("cut-over", () => {
  test.each([
    [
      "turns SRP on and passwords off",
      ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
    ],
    ["leaves SRP on", ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"], ["ALLOW_USER_SRP_AUTH"]],
    [
      "leaves the server's own flow on",
      ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
      ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    ],
    [
      "adds nothing to flows of the old spelling, which allow SRP anyway",
      ["USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
      ["ADMIN_NO_SRP_AUTH"],
    ],
  ])("%s", (_, before, after) => {
    expect(cutOverFlows(before)).toEqual(after);
  });
});

test.each([
  [["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], false],
  [["ALLOW_USER_SRP_AUTH"], true],
  [["ALLOW_USER_AUTH"], true],
  [["USER_PASSWORD_AUTH"], true],
  [["CUSTOM_AUTH_FLOW_ONLY"], false],
])("sign-in past the trigger with %j: %s", (flows, possible) => {
  expect(canPassByTrigger(flows)).toBe(possible);
});

test("only refreshing is no sign-in", () => {
  expect(nobodyCanSignIn(["ALLOW_REFRESH_TOKEN_AUTH"])).toBe(true);
  expect(nobodyCanSignIn(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH"])).toBe(false);
  expect(nobodyCanSignIn(["ADMIN_NO_SRP_AUTH"])).toBe(false);
});

test("no flow left means the default ones, but for flows of the old spelling, which allowed those before", () => {
  expect(wouldBeDefaults(["ALLOW_USER_PASSWORD_AUTH"], [])).toBe(true);
  expect(wouldBeDefaults(["USER_PASSWORD_AUTH"], [])).toBe(false);
  expect(wouldBeDefaults(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH"], ["ALLOW_CUSTOM_AUTH"])).toBe(false);
});
