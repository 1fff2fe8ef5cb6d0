import { poolRules } from "../../cli/pools/pool-rules";
import { UserCounts } from "../../cli/preflight/scan-users";
import { sharedAddresses } from "../../cli/preflight/sign-in-name-checks";
import { userFrom } from "../../sandbox/aws/user-pool/user";
import { program } from "../names/arrive";
import type { PoolKind } from "../names/pool-kinds";
import { described, emptyPool, imported, listed, seen } from "../names/pools";

const USERNAMES: PoolKind = { usernameAttributes: [], aliasAttributes: [], caseSensitive: true };
const PASSWORD = "the right password";

/** A family of two with one verified number, and somebody else. */
function family() {
  const source = emptyPool("eu-west-1_Source001", USERNAMES);
  for (const [username, phone_number] of [
    ["ann", "+15555550100"],
    ["bob", "+15555550100"],
    ["cid", "+15555550101"],
  ] as const) {
    const attributes = {
      sub: `sub of ${username}`,
      phone_number,
      phone_number_verified: "true",
      // A code must reach whoever is imported.
      email: `${username}@example.com`,
      email_verified: "true",
    };
    source.users.add(userFrom({ username, attributes, password: PASSWORD }, new Date()));
  }
  return source;
}

const destinationWith = (aliasAttributes: PoolKind["aliasAttributes"], attributeExclude: readonly string[]) => {
  const source = family();
  const ways = program({ carriesSub: true, tellsAliases: true, tellsCase: true, attributeExclude }, source, () => pool);
  const pool = emptyPool("eu-west-1_Dest00001", { ...USERNAMES, aliasAttributes }, ways.trigger);
  return { source, pool, ...ways };
};

/** Who gets tokens, one after the other. */
async function arriving(attributeExclude: readonly string[]): Promise<string[]> {
  const { pool } = destinationWith(["phone_number"], attributeExclude);
  const came: string[] = [];
  for (const USERNAME of ["ann", "bob", "cid"]) {
    const AuthParameters = { USERNAME, PASSWORD };
    const end = await seen(pool, "InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    if (end === "tokens") came.push(USERNAME);
  }
  return came;
}

test("of those who share a number only the first arrives; preflight counts them, and all come by the rule that it names", async () => {
  const { source, pool } = destinationWith(["phone_number"], []);
  const settings = { attributeMap: new Map<string, string>(), attributeExclude: [] };
  const pools = { source: await described(source), destination: await described(pool), settings };
  const counts = new UserCounts(poolRules(pools.source, pools.destination, settings), 0);
  source.users.listed();
  for (const user of await listed(source)) counts.add(user);
  const { state, found, remedy = "" } = sharedAddresses.decide({ ...pools, scan: counts.scan() } as never);
  expect({ state, found }).toEqual({
    state: "warning",
    found: "Verified for more than one user of the source: phone_number (1 value).",
  });
  expect(await arriving([])).toEqual(["ann", "cid"]);
  const [, rule = ""] = /ATTRIBUTE_EXCLUDE=(\S+) /.exec(remedy) ?? [];
  expect(await arriving(rule.split(","))).toEqual(["ann", "bob", "cid"]);
});

test("an import brings neither of them, and both by that rule", async () => {
  const kind = ["phone_number"] as const;
  const names = async (attributeExclude: readonly string[]): Promise<string[]> => {
    const { pool, importFile } = destinationWith(kind, attributeExclude);
    await imported(pool, await importFile());
    return ["ann", "bob", "cid"].filter((name) => pool.users.find(name) !== undefined);
  };
  expect(await names([])).toEqual(["cid"]);
  expect(await names(["phone_number"])).toEqual(["ann", "bob", "cid"]);
});
