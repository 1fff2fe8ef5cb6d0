import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { foldedName, type NamedUser } from "../../config/name-rules";
import { KeyIndex } from "../key-index";
import { knownUser, type MatchingRules, matchOf, rememberDestinationUser } from "../user-matching";
import { watchedUsers } from "../watched-users";
import type { Place } from "../who-and-where";
import { isAliasTaken, rememberAliases } from "./aliases";
import type { Sink } from "./export-files";
import type { Import } from "./import";
import type { LeftOutReason } from "./left-out";
import type { ImportRules } from "./rules";
import type { Counts } from "./run-state";
import { type LeftOut, type RowRules, rowOf, type WrittenRow } from "./user-row";

/**
 * Reads both pools, the destination first, and gives every user of the source to the sink who is not at the destination. What stays
 * in memory are hashes, so that millions of users fit.
 */
export async function survey(
  { context, places: { source, destination }, turn }: Pick<Import, "context" | "places" | "turn">,
  { matching, row }: ImportRules,
  sink: Sink,
): Promise<Counts> {
  const index = new KeyIndex(expectedKeys(destination, matching));
  let there = 0;
  for await (const users of watchedUsers(destination, context, turn)) {
    for (const one of users) {
      const user = knownUser(one);
      rememberDestinationUser(index, user, matching, 0);
      rememberAliases(index, user, matching);
    }
    there += users.length;
  }
  const sorter = new Sorter(index, matching, row, sink);
  for await (const users of watchedUsers(source, context, turn)) for (const user of users) sorter.sort(user);
  return { ...sorter.counts(), destination: there };
}

function expectedKeys(
  { userPool }: Place,
  { usernameAttributes, aliasAttributes, subAttribute }: MatchingRules,
): number {
  const names = Math.max(1, usernameAttributes.length) + aliasAttributes.length;
  return (userPool.EstimatedNumberOfUsers ?? 0) * (names + (subAttribute === undefined ? 0 : 1));
}

/** Decides about one user of the source after the other, and counts. */
export class Sorter {
  /** Names given away in this export, each with a few bits of whose it is. */
  private readonly given: KeyIndex;
  private source = 0;
  private alreadyThere = 0;
  private toImport = 0;
  private readonly left = new Map<LeftOutReason, number>();
  private readonly dropped = new Map<string, number>();

  constructor(
    private readonly destination: KeyIndex,
    private readonly matching: MatchingRules,
    private readonly rules: RowRules,
    private readonly sink: Sink,
  ) {
    this.given = new KeyIndex();
  }

  sort({ Enabled, UserStatus, ...rest }: UserType): void {
    const user = { ...knownUser(rest), enabled: Enabled === true, status: UserStatus ?? "UNKNOWN" };
    this.source += 1;
    const match = matchOf(this.destination, user, this.matching);
    if (match.kind === "migrated") {
      this.alreadyThere += 1;
      return;
    }
    const row = match.kind === "name_taken" ? leftOutAs("name_taken") : rowOf(user, this.rules);
    if (row.kind === "left_out") {
      this.leave(user, row);
      return;
    }
    const sub = user.attributes["sub"] ?? "";
    const holder = this.holderOf(row, sub);
    if (holder === "this user") {
      // ListUsers is eventually consistent and may tell of a user twice.
      this.source -= 1;
      return;
    }
    if (holder !== undefined) {
      this.leave(user, leftOutAs(holder));
      return;
    }
    for (const name of row.dropped) count(this.dropped, name);
    this.toImport += 1;
    this.sink.row({ line: row.line, username: user.username, sub, usernameAtDestination: row.username });
  }

  counts(): Omit<Counts, "destination"> {
    return {
      source: this.source,
      alreadyThere: this.alreadyThere,
      toImport: this.toImport,
      leftOut: Object.fromEntries(this.left),
      dropped: Object.fromEntries(this.dropped),
    };
  }

  private leave({ username }: NamedUser, left: LeftOut): void {
    count(this.left, left.reason);
    this.sink.leftOut(username, left);
  }

  /** Why the row's names are not this user's alone; undefined, and now they are. */
  private holderOf({ username, aliases }: WrittenRow, sub: string): "this user" | LeftOutReason | undefined {
    const name = foldedName(username, this.matching.caseSensitive);
    const bits = fingerprint(sub);
    const before = this.given.get(name);
    if (before === bits) return "this user";
    if (isAliasTaken(this.destination, username, aliases, this.matching)) return "alias_taken";
    if (before !== undefined) return "same_name";
    if (aliases.some((alias) => this.given.get(alias) !== undefined)) return "same_alias";
    for (const one of [name, ...aliases]) this.given.set(one, bits);
    return undefined;
  }
}

const leftOutAs = (reason: LeftOutReason): LeftOut => ({ kind: "left_out", reason });

/** FNV-1a, 32 bits: enough to tell two users of one name apart. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fingerprint(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits >>> 0;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
