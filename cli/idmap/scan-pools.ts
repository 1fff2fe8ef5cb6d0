import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { estimateOf } from "../aws/confirmed-pool";
import type { Turn } from "../aws/paced";
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
    const isNew = this.index.get(key) === undefined;
    if (isNew) this.index.set(key, 0);
    else if (how !== "unknown" && how !== "not_migrated") this.again.add(oldSub);
    return isNew || (how !== "unknown" && how !== "not_migrated");
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

/**
 * Reads the destination, and then the source if it is asked for: who comes in between is told of as not migrated, and by the next reading as migrated.
 *
 * @param mark Up to where it was read before.
 */
export async function scanPools(scan: Scan, withSource: boolean, mark: Mark | undefined): Promise<Counts> {
  let counts = mark?.counts ?? NOTHING;
  if (mark === undefined || (mark.side === "destination" && mark.next !== null))
    counts = await scanDestination(scan, counts, mark?.next ?? undefined);
  const isOfSource = mark?.side === "source";
  if (withSource && !(isOfSource && mark.next === null))
    counts = await scanSource(scan, counts, isOfSource ? (mark.next ?? undefined) : undefined);
  return counts;
}

async function scanDestination(
  { places: { destination }, proofs, seen, file, turn, context }: Scan,
  before: Counts,
  from: string | undefined,
): Promise<Counts> {
  let counts = before;
  const place = { from, done: before.destination };
  for await (const { users, next = null } of watchedPages(destination, context, turn, place)) {
    const rows: MapRow[] = [];
    let { voidStamps, contradictions, strangers } = counts;
    for (const user of users) {
      const sub = subOf(user);
      if (sub === undefined) throw destination.aws.unusable("ListUsers", "a user without a sub");
      const { row, doubt } = whoCame(user, sub, proofs);
      if (doubt === "void") voidStamps += 1;
      if (doubt === "contradicted") contradictions += 1;
      if (row === undefined) strangers += 1;
      else if (seen.add(row)) rows.push(row);
    }
    counts = { ...counts, destination: counts.destination + users.length, voidStamps, contradictions, strangers };
    file.page(rows, { side: "destination", next, counts });
  }
  return counts;
}

async function scanSource(
  { places: { source }, seen, file, turn, context }: Scan,
  before: Counts,
  from: string | undefined,
): Promise<Counts> {
  let counts = before;
  for await (const { users, next = null } of watchedPages(source, context, turn, { from, done: before.source })) {
    const rows: MapRow[] = [];
    for (const user of users) {
      const sub = subOf(user);
      if (sub === undefined) throw source.aws.unusable("ListUsers", "a user without a sub");
      if (seen.has(sub)) continue;
      const row: MapRow = [sub, "", user.Username ?? "", "not_migrated", ""];
      if (seen.add(row)) rows.push(row);
    }
    counts = { ...counts, source: counts.source + users.length };
    file.page(rows, { side: "source", next, counts });
  }
  return counts;
}

const subOf = ({ Attributes = [] }: UserType): string | undefined =>
  Attributes.find(({ Name }) => Name === "sub")?.Value;
