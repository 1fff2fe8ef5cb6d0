import { decideAttach, reasonToLeave } from "../../../cli/attach/decide";
import type { JsonObject } from "../../../cli/aws/json";

const FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const OTHER = "arn:aws:lambda:eu-central-1:222222222222:function:other";
const pool = (UserMigration?: string): JsonObject => ({
  Id: "eu-central-1_Dest0001",
  Name: "customers",
  LambdaConfig: { PreSignUp: "arn:a", ...(UserMigration === undefined ? {} : { UserMigration }) },
});
const client = (...flows: string[]): JsonObject => ({
  ClientId: "4kq7example",
  ClientName: "web",
  ...(flows.length === 0 ? {} : { ExplicitAuthFlows: flows }),
});
const values = (userPool: JsonObject, clients: readonly JsonObject[], replace = false) =>
  decideAttach({ userPool, clients }, { migration: FUNCTION }, replace).changes.map(
    ({ target, path, before, after }) => [target.id, path.join("."), before, after],
  );

test("the trigger comes onto the pool first, then passwords are allowed", () => {
  expect(values(pool(), [client("ALLOW_USER_SRP_AUTH")])).toEqual([
    ["eu-central-1_Dest0001", "LambdaConfig.UserMigration", null, FUNCTION],
    ["4kq7example", "ExplicitAuthFlows", ["ALLOW_USER_SRP_AUTH"], ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"]],
  ]);
});

test("what is there already stays as it is", () => {
  for (const [, , before, after] of values(pool(FUNCTION), [client("ALLOW_USER_PASSWORD_AUTH")]))
    expect(after).toEqual(before);
});

test("an app client without flows gets the default ones besides", () => {
  expect(values(pool(FUNCTION), [client()])[1]).toEqual([
    "4kq7example",
    "ExplicitAuthFlows",
    null,
    ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
  ]);
});

test("another function's trigger is not taken off by itself", () => {
  const { problems } = decideAttach({ userPool: pool(OTHER), clients: [] }, { migration: FUNCTION }, false);
  expect(problems).toEqual([expect.stringContaining(`another user migration trigger: ${OTHER}`)]);
  expect(decideAttach({ userPool: pool(OTHER), clients: [] }, { migration: FUNCTION }, true).problems).toEqual([]);
  expect(values(pool(OTHER), [], true)).toEqual([
    ["eu-central-1_Dest0001", "LambdaConfig.UserMigration", OTHER, FUNCTION],
  ]);
});

test.each(["live", "7", "$LATEST"])(
  "a trigger that is this function's %s gives way to the function itself",
  (qualifier) => {
    const qualified = `${FUNCTION}:${qualifier}`;
    const { problems, warnings } = decideAttach(
      { userPool: pool(qualified), clients: [] },
      { migration: FUNCTION },
      false,
    );
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(`The pool calls ${qualified}, a version or alias`)]);
    expect(values(pool(qualified), [])).toEqual([
      ["eu-central-1_Dest0001", "LambdaConfig.UserMigration", qualified, FUNCTION],
    ]);
  },
);

test("a function whose name begins like this one's is another", () => {
  expect(decideAttach({ userPool: pool(`${FUNCTION}_2`), clients: [] }, { migration: FUNCTION }, false)).toMatchObject({
    problems: [expect.stringContaining("another user migration trigger")],
    warnings: [],
  });
});

test("an app client for custom authentication alone is refused", () => {
  const { problems, changes } = decideAttach(
    { userPool: pool(), clients: [client("CUSTOM_AUTH_FLOW_ONLY")] },
    { migration: FUNCTION },
    false,
  );
  expect(problems).toEqual([expect.stringContaining("4kq7example (web) has CUSTOM_AUTH_FLOW_ONLY")]);
  expect(changes).toHaveLength(1);
});

test.each([
  [["ALLOW_USER_SRP_AUTH"], 1],
  [["ALLOW_USER_PASSWORD_AUTH"], 0],
])("says whether apps can pass by the trigger: %j", (flows, notes) => {
  const { warnings } = decideAttach({ userPool: pool(), clients: [client(...flows)] }, { migration: FUNCTION }, false);
  expect(warnings.map((warning) => warning.includes("never calls the trigger"))).toEqual(Array(notes).fill(true));
});

describe("an app client that a server signs in through", () => {
  test.each([
    [["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], "ALLOW_USER_PASSWORD_AUTH"],
    [["ADMIN_NO_SRP_AUTH"], "USER_PASSWORD_AUTH"],
  ])("is left alone unless it is named, and then the plan says that it was not needed: %j", (flows, added) => {
    expect(reasonToLeave(client(...flows))).toContain("calls the trigger already");
    expect(values(pool(), [client(...flows)])[1]?.[3]).toEqual([...flows, added]);
    const { warnings } = decideAttach(
      { userPool: pool(), clients: [client(...flows)] },
      { migration: FUNCTION },
      false,
    );
    expect(warnings[0]).toContain("app client 4kq7example (web) is of a server");
  });

  test.each([[["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"]], [["ALLOW_USER_SRP_AUTH"]], [[]]])(
    "is not one with %j",
    (flows) => {
      expect(reasonToLeave(client(...flows))).toBeUndefined();
      const { warnings } = decideAttach(
        { userPool: pool(), clients: [client(...flows)] },
        { migration: FUNCTION },
        false,
      );
      expect(warnings.join()).not.toContain("is of a server");
    },
  );
});
