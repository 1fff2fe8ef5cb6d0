import type { JsonObject } from "../../../cli/aws/json";
import { decideDetach } from "../../../cli/detach/decide";

const FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const pool = (UserMigration?: string): JsonObject => ({
  Id: "eu-central-1_Dest0001",
  LambdaConfig: UserMigration === undefined ? {} : { UserMigration },
});
const client = (...flows: string[]): JsonObject => ({ ClientId: "4kq7example", ExplicitAuthFlows: flows });
const detach = (userPool: JsonObject, ...clients: JsonObject[]) =>
  decideDetach({ userPool, clients }, { migration: FUNCTION });

test("the trigger goes first, then passwords are forbidden", () => {
  const { changes, problems } = detach(pool(FUNCTION), client("ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"));
  expect(changes.map(({ target, after }) => [target.kind, after])).toEqual([
    ["user-pool", null],
    ["app-client", ["ALLOW_USER_SRP_AUTH"]],
  ]);
  expect(problems).toEqual([]);
});

test("nothing changes where there is no trigger and no password flow", () => {
  const { changes, problems, warnings } = detach(pool(), client("ALLOW_REFRESH_TOKEN_AUTH"));
  for (const { before, after } of changes) expect(after).toEqual(before);
  expect([problems, warnings]).toEqual([[], []]);
});

test("the trigger goes with an alias, too", () => {
  expect(detach(pool(`${FUNCTION}:live`)).changes).toMatchObject([{ before: `${FUNCTION}:live`, after: null }]);
});

test.each([`${FUNCTION}_2`, "arn:aws:lambda:eu-central-1:222222222222:function:other"])("%s stays", (other) => {
  const { changes, problems } = detach(pool(other));
  expect(changes).toEqual([]);
  expect(problems).toEqual([expect.stringContaining(`The pool's user migration trigger is ${other}`)]);
});

test("an app client that allows passwords alone would get other flows, and is refused", () => {
  expect(detach(pool(FUNCTION), client("ALLOW_USER_PASSWORD_AUTH")).problems).toEqual([
    expect.stringContaining("4kq7example allows sign-in with a password and nothing else"),
  ]);
});

test("says when nobody could sign in any more", () => {
  expect(detach(pool(FUNCTION), client("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"))).toMatchObject({
    problems: [],
    warnings: [expect.stringContaining("Nobody will be able to sign in through app client 4kq7example")],
  });
});
