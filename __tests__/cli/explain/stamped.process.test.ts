import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { type Minting, minted, STAMP_ATTRIBUTE, stampingFunction } from "../../support/minted";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";

const HOUR_MS = 3_600_000;
const BEFORE = "the-key-before-of-240-bits-or-more-which-only-functions-know";

let pools: TwoPools;
afterEach(() => pools.close());

const hoursAgo = (hours: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 - hours * HOUR_MS);

async function explain(created: Date, stamp: Minting, change: () => void = () => undefined) {
  const user: SeedUser = {
    username: "new",
    created,
    attributes: {
      sub: "new",
      email: "one@example.com",
      email_verified: "true",
      [STAMP_ATTRIBUTE]: minted("email verified one@example.com", { issuedAt: created.getTime() / 1000, ...stamp }),
    },
  };
  pools = await openTwoPools({ destination: { customAttributes: ["migration"], users: [user] } });
  pools.functions.set("cognito_migration_sandbox", stampingFunction);
  Object.assign(pools.environment, {
    MIGRATION_STAMP: "on",
    STAMP_KEY_READABLE: "accept",
    GROUPS_MODE: "token",
    GROUPS: "*",
  });
  change();
  const run = await pools.run("explain", "--user", "one@example.com");
  expect(run.status).toBe(0);
  // Neither the stamp, nor a key, nor a group's name.
  expect(run.stdout + run.stderr).not.toMatch(/v1\.|240-bits|canary-group/);
  return run.stdout;
}

test.each<[string, number, Minting, RegExp]>([
  ["young", 1, { groups: ["canary-group"] }, /its stamp verifies: .*; each token has the stamp's groups until /],
  ["older than GROUPS_WINDOW", 30, { groups: ["canary-group"] }, /; the stamp has given no groups since /],
  ["of a sign-in with a second factor", 1, { how: "mfa", groups: "import" }, /; groups are left to the command groups/],
  ["of another key", 1, { key: "another", groups: ["canary-group"] }, /its stamp does not verify/],
  ["of another pool", 1, { userPoolId: "eu-central-1_Other", groups: ["canary-group"] }, /its stamp does not verify/],
])("a stamp that is %s", async (_, hours, stamp, expected) => {
  expect(await explain(hoursAgo(hours), stamp)).toMatch(expected);
});

test("a stamp of the key before verifies by what the token function knows", async () => {
  const stdout = await explain(hoursAgo(1), { key: BEFORE }, () =>
    pools.functions.set("cognito_migration_token_sandbox", { Variables: { STAMP_KEY_BEFORE: BEFORE } }),
  );
  expect(stdout).toContain("its stamp verifies");
});

test("keys that are not shown are listed as not read, and the stamp is not spoken of", async () => {
  const stdout = await explain(hoursAgo(1), {}, () =>
    pools.functions.set("cognito_migration_sandbox", {
      Error: { ErrorCode: "AccessDeniedException", Message: "canary" },
    }),
  );
  expect(stdout).toContain("Allow kms:Decrypt");
  expect(stdout).not.toContain("its stamp");
});

test("without MIGRATION_STAMP the token function is not asked", async () => {
  const stdout = await explain(hoursAgo(1), {}, () => {
    for (const name of ["MIGRATION_STAMP", "STAMP_KEY_READABLE", "GROUPS_MODE", "GROUPS"])
      delete pools.environment[name];
  });
  expect(stdout).not.toContain("its stamp");
  // For the rules by which a sign-in would go; none for stamps.
  expect(pools.actions.filter((action) => action === "lambda:GetFunctionConfiguration")).toHaveLength(1);
});
