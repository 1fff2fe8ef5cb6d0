import { openTwoPools, type TwoPools } from "../../support/two-pools";

const ROLE = "arn:aws:iam::222222222222:role/cognito-import-logs";
const APPLY = ["import", "--apply", "--logs-role-arn", ROLE, "--drop-mfa", "--requests-per-second", "1000"];

let pools: TwoPools;
afterEach(() => pools.close());

const person = (name: string, more: object = {}): { username: string; attributes: Record<string, string> } => ({
  username: `sub-${name}`,
  attributes: { sub: `sub-${name}`, email: `${name}@example.com`, email_verified: "true" },
  ...more,
});

test("imports who is missing", async () => {
  pools = await openTwoPools({ source: { users: [person("one"), person("two")] } });
  const run = await pools.run(...APPLY);
  console.log(run);
  console.log(pools.files());
  const run2 = await pools.run(...APPLY);
  console.log(run2);
  console.log(await pools.run("import"));
  console.log(await pools.run("import", "--clean", "--apply"), Object.keys(pools.files()));
});
