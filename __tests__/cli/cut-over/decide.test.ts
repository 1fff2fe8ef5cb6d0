import type { JsonObject } from "../../../cli/aws/json";
import { decideCutOver } from "../../../cli/cut-over/decide";

const FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const pool = (UserMigration?: string): JsonObject => ({
  Id: "eu-central-1_Dest0001",
  LambdaConfig: UserMigration === undefined ? {} : { UserMigration },
});
const client = (...flows: string[]): JsonObject => ({ ClientId: "4kq7example", ExplicitAuthFlows: flows });

test("SRP takes the place of passwords, then the trigger goes", () => {
  const { changes, problems, warnings } = decideCutOver(
    { userPool: pool(FUNCTION), clients: [client("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")] },
    { migration: FUNCTION },
  );
  expect(changes.map(({ target, after }) => [target.kind, after])).toEqual([
    ["app-client", ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]],
    ["user-pool", null],
  ]);
  expect(problems).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining("release the one that uses SRP first")]);
});

test("a client that was cut over stays as it is", () => {
  const { changes, warnings } = decideCutOver(
    { userPool: pool(), clients: [client("ALLOW_USER_SRP_AUTH")] },
    { migration: FUNCTION },
  );
  for (const { before, after } of changes) expect(after).toEqual(before);
  expect(warnings).toEqual([]);
});

test("a client with SRP off gets it, also when passwords are off already", () => {
  const { changes } = decideCutOver(
    { userPool: pool(), clients: [client("ALLOW_CUSTOM_AUTH")] },
    { migration: FUNCTION },
  );
  expect(changes[0]?.after).toEqual(["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"]);
});

test("another function's trigger stays", () => {
  expect(decideCutOver({ userPool: pool("arn:other"), clients: [] }, { migration: FUNCTION })).toMatchObject({
    changes: [],
    problems: [expect.stringContaining("arn:other")],
  });
});
