import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { arrivalOf } from "../pools/arrival";
import { KeyIndex } from "../pools/key-index";
import { NameClaims } from "../pools/name-claims";
import type { PoolRules } from "../pools/pool-rules";
import { knownUser, matchOf, rememberDestinationUser } from "../pools/user-matching";

/** `2026-11-22`, in UTC. */
export type IsoDay = string;

export interface ProgressSoFar {
  readonly sourceUsers: number;
  readonly destinationUsers: number;
  /** Of the destination's users: they signed up or were made there, and are nobody's from the source. */
  readonly notFromSource: number;
  /** Users of the source who have one at the destination. */
  readonly migrated: number;
  readonly remaining: number;
  /** Of the remaining: somebody else at the destination has their name. */
  readonly nameTaken: number;
  /** Of the migrated: RESET_REQUIRED ever since they are there. */
  readonly stuck: number;
  /** The migrated, by the day on which their user at the destination was created; days without any are absent. */
  readonly byDay: ReadonlyMap<IsoDay, number>;
}

const DAY_MS = 86_400_000;

/** Cognito may write both dates of a new user one after the other. */
const SAME_MOMENT_MS = 60_000;

/**
 * Whether a user has had no password since it is there. Only creation, last change and status are told by ListUsers: who was handed
 * over without a lasting password and never set one looks the same as who was imported and never came back.
 */
export function isStuck({ UserStatus, UserCreateDate, UserLastModifiedDate }: UserType): boolean {
  if (UserStatus !== "RESET_REQUIRED" || UserCreateDate === undefined || UserLastModifiedDate === undefined)
    return false;
  return Math.abs(UserLastModifiedDate.getTime() - UserCreateDate.getTime()) < SAME_MOMENT_MS;
}

/**
 * Counts who has migrated: first the destination's users go by and are remembered, then the source's are looked up. Where nothing
 * but names tells who is who, the source's go by once more before that: a name that several have a right to proves nothing. No
 * user is kept.
 */
export class UserCount {
  private readonly claims: NameClaims | undefined;
  private readonly index: KeyIndex;
  private readonly days = new Map<number, number>();
  private destinationUsers = 0;
  private cameAgain = 0;
  private sourceUsers = 0;
  private migrated = 0;
  private nameTaken = 0;
  private stuck = 0;

  /** @param estimates About how many users each pool has. */
  constructor(
    private readonly rules: PoolRules,
    estimates: { readonly source: number; readonly destination: number },
  ) {
    const { destinationUsernameAttributes: instead, subAttribute, destinationCaseSensitive } = rules;
    const keys = Math.max(1, instead.length + (subAttribute === undefined ? 0 : 1));
    this.index = new KeyIndex(estimates.destination * keys);
    if (subAttribute === undefined) this.claims = new NameClaims(estimates.source * keys, destinationCaseSensitive);
  }

  /** Whether all of the source's users must go by {@link addClaims} before the first goes by {@link addSource}. */
  get needsClaims(): boolean {
    return this.claims !== undefined;
  }

  addClaims(users: readonly UserType[]): void {
    for (const one of users) {
      const user = knownUser(one);
      this.claims?.add(user, arrivalOf(user, this.rules).createdUnder);
    }
  }

  /** @param users Before the first of the source. */
  addDestination(users: readonly UserType[]): void {
    for (const user of users) {
      const day = Math.floor((user.UserCreateDate?.getTime() ?? 0) / DAY_MS);
      // The day first: of two users who are one person, the first to come stays.
      const cameBefore = rememberDestinationUser(
        this.index,
        knownUser(user),
        this.rules,
        day * 2 + (isStuck(user) ? 1 : 0),
      );
      if (cameBefore) this.cameAgain += 1;
    }
    this.destinationUsers += users.length;
  }

  addSource(users: readonly UserType[]): void {
    this.sourceUsers += users.length;
    for (const user of users) {
      const match = matchOf(this.index, knownUser(user), this.rules, this.claims);
      if (match.kind === "name_taken") this.nameTaken += 1;
      if (match.kind !== "migrated") continue;
      const day = Math.floor(match.value / 2);
      this.migrated += 1;
      this.stuck += match.value % 2;
      this.days.set(day, (this.days.get(day) ?? 0) + 1);
    }
  }

  result(): ProgressSoFar {
    const { sourceUsers, destinationUsers, cameAgain, migrated, nameTaken, stuck } = this;
    const days = [...this.days].sort(([a], [b]) => a - b);
    return {
      sourceUsers,
      destinationUsers,
      notFromSource: Math.max(0, destinationUsers - cameAgain - migrated),
      migrated,
      remaining: sourceUsers - migrated,
      nameTaken,
      stuck,
      byDay: new Map(days.map(([day, count]) => [isoDay(day), count])),
    };
  }
}

/** @param day Days since 1970. */
export const isoDay = (day: number): IsoDay => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Days since 1970. */
export const dayNumber = (date: Date | IsoDay): number => Math.floor(new Date(date).getTime() / DAY_MS);
