import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { ALIAS_ATTRIBUTES, foldedName, type NamedUser } from "../../rules/names";
import { isAlias, type OwnName } from "../../rules/own-name";
import { type ConfirmedPool, estimateOf } from "../aws/confirmed-pool";
import { arrivalOf } from "../pools/arrival";
import { KeyIndex } from "../pools/key-index";
import { NameClaims } from "../pools/name-claims";
import type { PoolRules } from "../pools/pool-rules";
import { knownUser, matchOf, NAME_KINDS, rememberDestinationUser } from "../pools/user-matching";
import { watchedUsers } from "../pools/watched-users";
import type { ExportWriter } from "./export-files";
import type { Import } from "./import-context";
import type { Counts } from "./run-state";
import { type LeftOut, leftOut, type RowRules, rowOf, type WrittenRow } from "./user-row";

/**
 * Reads the destination, then the source twice: first which names its users lay claim to, since nobody gets a name that another has
 * as much right to, then each user. What stays in memory are hashes, so that millions of users fit.
 */
export async function compareUsers(
  { context, places: { source, destination }, turn }: Pick<Import, "context" | "places" | "turn">,
  rules: RowRules,
  writer: ExportWriter,
): Promise<Counts> {
  const index = new KeyIndex(expectedNames(destination, rules));
  let there = 0;
  for await (const users of watchedUsers(destination, context, turn)) {
    for (const one of users) {
      const user = knownUser(one);
      rememberDestinationUser(index, user, rules, 0);
      rememberAliases(index, user, rules);
    }
    there += users.length;
  }
  const claims = new NameClaims(expectedNames(source, rules), rules.destinationCaseSensitive);
  let here = 0;
  for await (const users of watchedUsers(source, context, turn)) {
    for (const user of users) addClaims(claims, user, rules);
    here += users.length;
  }
  const comparer = new UserComparer(index, claims, rules, writer, here - there);
  for await (const users of watchedUsers(source, context, turn)) for (const user of users) comparer.sort(user);
  return { ...comparer.counts, destination: there };
}

function expectedNames(pool: ConfirmedPool, rules: RowRules): number {
  const { destinationUsernameAttributes, destinationAliasAttributes, subAttribute } = rules;
  const names = Math.max(1, destinationUsernameAttributes.length) + destinationAliasAttributes.length;
  return estimateOf(pool) * (names + (subAttribute === undefined ? 0 : 1));
}

/** Whoever may not come over now may later, so everybody's claims count. */
export function addClaims(claims: NameClaims, one: UserType, rules: RowRules): void {
  const user = knownUser(one);
  claims.add(user, arrivalOf(user, rules).names);
}

/** Decides about one user of the source after the other, and counts. */
export class UserComparer {
  readonly counts = {
    source: 0,
    alreadyThere: 0,
    toImport: 0,
    renamed: 0,
    leftOut: {} as Record<string, number>,
    dropped: {} as Record<string, number>,
  };
  /** Users who have a row in this export, and the names that they have there. */
  private readonly given: KeyIndex;

  constructor(
    private readonly destination: KeyIndex,
    private readonly claims: NameClaims,
    private readonly rules: RowRules,
    private readonly writer: ExportWriter,
    expectedRows = 0,
  ) {
    // Each has two keys.
    this.given = new KeyIndex(2 * Math.max(0, expectedRows));
  }

  sort({ Enabled, UserStatus, ...rest }: UserType): void {
    const { counts } = this;
    const user = { ...knownUser(rest), enabled: Enabled === true, status: UserStatus ?? "UNKNOWN" };
    counts.source += 1;
    const match = matchOf(this.destination, user, this.rules, this.claims);
    if (match.kind === "migrated") {
      counts.alreadyThere += 1;
      return;
    }
    const row = match.kind === "name_taken" ? leftOut("name_taken") : rowOf(user, match.arrival, this.rules);
    if (row.kind === "left_out") {
      this.leave(user, row);
      return;
    }
    const problem = this.problemWith(user, row);
    if (problem === "told of before") {
      // ListUsers is eventually consistent and may tell of a user twice.
      counts.source -= 1;
      return;
    }
    if (problem !== undefined) {
      this.leave(user, problem);
      return;
    }
    for (const name of row.dropped) addOne(counts.dropped, name);
    counts.toImport += 1;
    if (row.renamed) counts.renamed += 1;
    const { username, attributes } = user;
    const usernameAtDestination = row.names[0].name;
    this.writer.row({ line: row.line, username, sub: attributes["sub"] ?? "", usernameAtDestination });
  }

  private leave({ username }: NamedUser, left: LeftOut): void {
    addOne(this.counts.leftOut, left.reason);
    this.writer.leftOut(username, left);
  }

  /** Why the row's names are not this user's alone. */
  private problemWith(
    user: NamedUser,
    { names: [first, ...others] }: WrittenRow,
  ): "told of before" | LeftOut | undefined {
    const aliases = others.map(({ name }) => name);
    if (isAliasTaken(this.destination, first.name, aliases, this.rules)) return leftOut("alias_taken");
    const isHeld = (name: OwnName): boolean => this.claims.isHeldBy(user, name);
    if (!isHeld(first)) return leftOut("same_name");
    const disputed = others.filter((one) => !isHeld(one)).map(({ name }) => name);
    if (disputed.length > 0) {
      // What ATTRIBUTE_EXCLUDE calls them.
      const attributes = ALIAS_ATTRIBUTES.filter((one) => disputed.includes(user.attributes[one] ?? ""));
      return leftOut("same_alias", attributes.join(", "));
    }
    const name = foldedName(first.name, this.rules.destinationCaseSensitive);
    // By both: between two pages a user may have changed the address.
    const keys = [`name ${name}`, `user ${user.attributes["sub"] ?? user.username}`];
    if (keys.some((key) => this.given.get(key) !== undefined)) return "told of before";
    for (const key of keys) this.given.set(key, 0);
    return undefined;
  }
}

function addOne(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/**
 * Remembers what a user of the destination signs in with there, beside the keys of the names, which are there already where users sign in with
 * nothing but addresses. Cognito lets one user have each: where another comes with a verified address, it is taken from the one who had it, at
 * least when accounts are confirmed, and what an import does is not documented. https://repost.aws/knowledge-center/cognito-email-verified-attribute
 */
export function rememberAliases(index: KeyIndex, { attributes }: NamedUser, rules: PoolRules): void {
  const { destinationUsernameAttributes, destinationAliasAttributes, destinationCaseSensitive } = rules;
  if (destinationAliasAttributes.length === 0) return;
  const aliases = destinationAliasAttributes.filter((attribute) => isAlias(attribute, attributes));
  for (const name of [...destinationUsernameAttributes, ...aliases]) {
    const value = attributes[name]?.trim();
    if (value) index.set(`alias ${foldedName(value, destinationCaseSensitive)}`, 0);
  }
}

/** Whether somebody at the destination signs in with what this user would. A preferred_username may be somebody's username, too. */
function isAliasTaken(
  index: KeyIndex,
  username: string,
  aliases: readonly string[],
  { destinationCaseSensitive }: PoolRules,
): boolean {
  const fold = (name: string): string => foldedName(name, destinationCaseSensitive);
  const isThere = (kind: string, name: string): boolean => index.get(`${kind} ${name}`) !== undefined;
  return (
    isThere("alias", fold(username)) ||
    aliases.some((alias) => ["alias", ...NAME_KINDS].some((kind) => isThere(kind, fold(alias))))
  );
}
