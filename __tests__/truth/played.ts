import { rowRules } from "../../cli/import/user-row";
import { type Found, type FoundName, isRefused, SETTINGS } from "../../dev/docs/sign-in-names/decided";
import { namingOf, type Pair } from "../../dev/docs/sign-in-names/pool-pairs";
import { namesIn, type SourceUser, usersOf } from "../../dev/docs/sign-in-names/source-users";
import { csvHeader } from "../../sandbox/aws/user-pool/import-csv";
import { userFrom } from "../../sandbox/aws/user-pool/user";
import { folded } from "../../sandbox/aws/user-pool/user-names";
import type { UserPool } from "../../sandbox/aws/user-pool/user-pool";
import { type Program, program } from "../names/arrive";
import type { PoolKind } from "../names/pool-kinds";
import { described, emptyPool, imported, seen } from "../names/pools";

const PASSWORD = "the right password";

const kindOf = (pair: Pair, side: "source" | "destination"): PoolKind => ({
  ...pair[side],
  caseSensitive: pair.letters[side],
});

function sourceOf(pair: Pair, users: readonly SourceUser[]): UserPool {
  const pool = emptyPool("eu-west-1_Source001", kindOf(pair, "source"));
  for (const { username, attributes } of users)
    pool.users.add(userFrom({ username, attributes, password: PASSWORD }, new Date()));
  return pool;
}

/** To which nobody has come. */
function destinationOf(
  pair: Pair,
  source: UserPool,
): { readonly pool: UserPool; readonly importFile: Program["importFile"] } {
  const { trigger, importFile } = program(
    { carriesSub: true, tellsAliases: true, tellsCase: true },
    source,
    () => pool,
  );
  const pool = emptyPool("eu-west-1_Dest00001", kindOf(pair, "destination"), trigger);
  return { pool, importFile };
}

/** What the sandbox's pools say of every user of a pair: by each name with the password, and after an import. */
export async function playedOf(pair: Pair): Promise<Found[]> {
  const users = usersOf(namingOf(pair, "source"));
  const source = sourceOf(pair, users);
  const imports = await importedNames(pair, source);
  const found: Found[] = [];
  for (const user of users)
    found.push({
      user,
      names: await namesOf(pair, source, user),
      imported: imports.get(user.attributes["sub"] ?? ""),
    });
  return found;
}

/** Each name is the first that this user types, at a destination of its own. */
async function namesOf(pair: Pair, source: UserPool, user: SourceUser): Promise<FoundName[]> {
  const names = namesIn(namingOf(pair, "source"), user);
  const usernames: (string | undefined)[] = [];
  let first: UserPool | undefined;
  for (const { name } of names) {
    const { pool } = destinationOf(pair, source);
    const username = await usernameAfter(pool, name);
    usernames.push(username);
    if (username !== undefined) first ??= pool;
  }
  const found: FoundName[] = [];
  for (const [at, one] of names.entries()) {
    const username = usernames[at];
    const stays = username !== undefined && first !== undefined && (await signsIn(first, one.name));
    found.push({ ...one, username, stays });
  }
  return found;
}

async function signsIn(pool: UserPool, name: string): Promise<boolean> {
  const AuthParameters = { USERNAME: name, PASSWORD };
  return (await seen(pool, "InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters })) === "tokens";
}

/** Of who signs in twice: whoever came once and never again has not migrated. */
async function usernameAfter(pool: UserPool, name: string): Promise<string | undefined> {
  if (!((await signsIn(pool, name)) && (await signsIn(pool, name)))) return undefined;
  if (pool.users.size !== 1) throw new Error(`${name} has become ${pool.users.size} users`);
  return pool.naming.usernameAttributes.length > 0 ? "made by Cognito" : pool.users.find(name)?.username;
}

/** By the `sub` of the source: the names by which the destination finds the user. */
async function importedNames(pair: Pair, source: UserPool): Promise<ReadonlyMap<string, readonly string[]>> {
  const { pool, importFile } = destinationOf(pair, source);
  const pools = [await described(source), await described(pool)] as const;
  if (isRefused(...pools, rowRules(...pools, csvHeader(pool), SETTINGS))) return new Map();
  await imported(pool, await importFile());
  pool.users.listed();
  return new Map(
    [...pool.users.visibleFrom(0)].map(([user]) => {
      const names = namesIn(pool.naming, user).filter(({ name }) => pool.users.find(name)?.username === user.username);
      return [user.attributes["custom:source_sub"] ?? "", names.map(({ name }) => folded(pool.naming, name))];
    }),
  );
}
