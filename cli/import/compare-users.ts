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
import type { LeftOutReason } from "./left-out";
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
  return { ...comparer.counts(), destination: there };
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
  /** Users who have a row in this export, and the names that they have there. */
  private readonly given: KeyIndex;
  private source = 0;
  private alreadyThere = 0;
  private toImport = 0;
  private renamed = 0;
  private readonly left = new Map<LeftOutReason, number>();
  private readonly dropped = new Map<string, number>();

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
    const user = { ...knownUser(rest), enabled: Enabled === true, status: UserStatus ?? "UNKNOWN" };
    this.source += 1;
    const match = matchOf(this.destination, user, this.rules, this.claims);
    if (match.kind === "migrated") {
      this.alreadyThere += 1;
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
      this.source -= 1;
      return;
    }
    if (problem !== undefined) {
      this.leave(user, problem);
      return;
    }
    for (const name of row.dropped) count(this.dropped, name);
    this.toImport += 1;
    if (row.renamed) this.renamed += 1;
    const { username, attributes } = user;
    const usernameAtDestination = row.names[0].name;
    this.writer.row({ line: row.line, username, sub: attributes["sub"] ?? "", usernameAtDestination });
  }

  counts(): Omit<Counts, "destination"> {
    return {
      source: this.source,
      alreadyThere: this.alreadyThere,
      toImport: this.toImport,
      renamed: this.renamed,
      leftOut: Object.fromEntries(this.left),
      dropped: Object.fromEntries(this.dropped),
    };
  }

  private leave({ username }: NamedUser, left: LeftOut): void {
    count(this.left, left.reason);
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
    const disputed = others.filter((name) => !isHeld(name));
    if (disputed.length > 0) return leftOut("same_alias", attributesOf(user, disputed).join(", "));
    const name = foldedName(first.name, this.rules.destinationCaseSensitive);
    // By both: between two pages a user may have changed the address.
    const keys = [`name ${name}`, `user ${user.attributes["sub"] ?? user.username}`];
    if (keys.some((key) => this.given.get(key) !== undefined)) return "told of before";
    for (const key of keys) this.given.set(key, 0);
    return undefined;
  }
}

/** What ATTRIBUTE_EXCLUDE calls them. */
function attributesOf({ attributes }: NamedUser, names: readonly OwnName[]): string[] {
  return ALIAS_ATTRIBUTES.filter((one) => names.some(({ name }) => name === attributes[one]));
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

type AliasRules = Pick<
  PoolRules,
  "destinationUsernameAttributes" | "destinationAliasAttributes" | "destinationCaseSensitive"
>;

/**
 * What a user of the destination signs in with there, beside the username. Cognito lets one user have each: where another comes
 * with a verified address, it is taken from the one who had it, at least when accounts are confirmed, and what an import does
 * is not documented. https://repost.aws/knowledge-center/cognito-email-verified-attribute
 */
function aliasesOf({ attributes }: NamedUser, rules: AliasRules): string[] {
  const names = [
    ...rules.destinationUsernameAttributes,
    ...rules.destinationAliasAttributes.filter((attribute) => isAlias(attribute, attributes)),
  ];
  const values = names.map((name) => attributes[name]?.trim() ?? "").filter((value) => value !== "");
  return [...new Set(values.map((value) => foldedName(value, rules.destinationCaseSensitive)))];
}

/** Beside the keys of the names, which are there already where users sign in with nothing but addresses. */
export function rememberAliases(index: KeyIndex, user: NamedUser, rules: AliasRules): void {
  if (rules.destinationAliasAttributes.length === 0) return;
  for (const alias of aliasesOf(user, rules)) index.set(`alias ${alias}`, 0);
}

/**
 * Whether somebody at the destination signs in with what this user would. A preferred_username may be somebody's username, too.
 *
 * @param aliases What the user signs in with beside the username.
 */
export function isAliasTaken(
  index: KeyIndex,
  username: string,
  aliases: readonly string[],
  { destinationCaseSensitive }: AliasRules,
): boolean {
  const fold = (name: string): string => foldedName(name, destinationCaseSensitive);
  const isThere = (kind: string, name: string): boolean => index.get(`${kind} ${name}`) !== undefined;
  return (
    isThere("alias", fold(username)) ||
    aliases.some((alias) => ["alias", ...NAME_KINDS].some((kind) => isThere(kind, fold(alias))))
  );
}
