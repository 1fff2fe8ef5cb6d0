import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { estimateOf } from "../aws/confirmed-pool";
import type { Turn } from "../aws/paced";
import type { SideName } from "../aws/side";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { KeyIndex } from "../pools/key-index";
import { watchedPages } from "../pools/watched-users";
import type { Context } from "../program/command";
import type { MapRow } from "./map-row";
import { type Proofs, whoCame } from "./proofs";
import type { Counts, Mark, ScanFile } from "./scan-file";

/**
 * What has been read, in 12 bytes a slot for each user. Two users are taken for one with the probability that {@link KeyIndex} states; who is
 * suspected of that is compared by the text itself before anything is written.
 */
export class Seen {
  private readonly index: KeyIndex;
  /** Old subs that were read more than once: of several users, or of one whom ListUsers told of twice. */
  readonly again = new Set<string>();

  constructor(expectedUsers: number) {
    this.index = new KeyIndex(expectedUsers);
  }

  /** @returns whether the line is to be kept. */
  add([oldSub, newSub, , how]: MapRow): boolean {
    const key = how === "unknown" ? `unknown ${newSub}` : `old ${oldSub}`;
    const hasCome = how !== "unknown" && how !== "not_migrated";
    const isNew = this.index.get(key) === undefined;
    if (isNew) this.index.set(key, 0);
    else if (hasCome) this.again.add(oldSub);
    return isNew || hasCome;
  }

  has(oldSub: string): boolean {
    return this.index.get(`old ${oldSub}`) !== undefined;
  }
}

const NOTHING: Counts = { destination: 0, source: 0, voidStamps: 0, contradictions: 0, strangers: 0 };

export interface Scan {
  readonly places: ConfirmedPools;
  readonly proofs: Proofs;
  readonly seen: Seen;
  readonly file: ScanFile;
  readonly turn: Turn;
  readonly context: Pick<Context, "terminal" | "signal">;
}

/** How many users the index is made for. */
export const expectedUsers = ({ source, destination }: ConfirmedPools, withSource: boolean): number =>
  estimateOf(destination) + (withSource ? Math.max(0, estimateOf(source) - estimateOf(destination)) : 0);

/** The destination first: who comes in between is told of as not migrated, and by the next reading as migrated. @param mark Up to where it was read before. */
export async function scanPools(scan: Scan, withSource: boolean, mark: Mark | undefined): Promise<Counts> {
  const { side, next, counts: before } = mark ?? { side: "destination", next: undefined, counts: NOTHING };
  let counts = before;
  if (side === "destination" && next !== null) counts = await scanSide("destination", scan, counts, next);
  const from = side === "source" ? next : undefined;
  if (withSource && from !== null) counts = await scanSide("source", scan, counts, from);
  return counts;
}

async function scanSide(
  side: SideName,
  { places, proofs, seen, file, turn, context }: Scan,
  before: Counts,
  from: string | undefined,
): Promise<Counts> {
  const { [side]: place } = places;
  let counts = before;
  for await (const { users, next = null } of watchedPages(place, context, turn, { from, done: before[side] })) {
    const rows: MapRow[] = [];
    const more = { ...counts, [side]: counts[side] + users.length };
    for (const user of users) {
      const sub = subOf(user);
      if (sub === undefined) throw place.aws.unusable("ListUsers", "a user without a sub");
      const row = side === "source" ? notMigrated(user, sub, seen) : arrived(user, sub, proofs, more);
      if (row !== undefined && seen.add(row)) rows.push(row);
    }
    counts = more;
    file.page(rows, { side, next, counts });
  }
  return counts;
}

/** @param counts To which the user is added. */
function arrived(user: UserType, sub: string, proofs: Proofs, counts: { -readonly [Name in keyof Counts]: number }) {
  const { row, doubt } = whoCame(user, sub, proofs);
  if (doubt === "void") counts.voidStamps += 1;
  if (doubt === "contradicted") counts.contradictions += 1;
  if (row === undefined) counts.strangers += 1;
  return row;
}

const notMigrated = ({ Username = "" }: UserType, sub: string, seen: Seen): MapRow | undefined =>
  seen.has(sub) ? undefined : [sub, "", Username, "not_migrated", ""];

const subOf = ({ Attributes = [] }: UserType): string | undefined =>
  Attributes.find(({ Name }) => Name === "sub")?.Value;
