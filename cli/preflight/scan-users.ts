import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { hasLinkedProvider } from "../../rules/carry-attributes";
import { isValue } from "../../rules/required-attributes";
import { type ConfirmedPool, estimateOf } from "../aws/confirmed-pool";
import { LISTED_PER_SECOND } from "../aws/list-users";
import { announceEnds } from "../pools/lasting-credentials";
import type { PoolRules } from "../pools/pool-rules";
import { knownUser } from "../pools/user-matching";
import { watchedUsers } from "../pools/watched-users";
import type { Context } from "../program/command";
import { NameTally } from "./count-names";
import type { AttributeRange, Scan } from "./scan";

/** Reads every user of the source, and keeps counts. @param rules Undefined: the destination could not be asked. */
export async function scanUsers(source: ConfirmedPool, rules: PoolRules | undefined, context: Context): Promise<Scan> {
  const estimate = estimateOf(source);
  await announceEnds([source], estimate / LISTED_PER_SECOND, context);
  const counts = new UserCounts(rules, estimate);
  for await (const users of watchedUsers(source, context)) for (const user of users) counts.add(user);
  return counts.scan();
}

/** What users have in common, user by user. Of names it keeps hashes, so that millions of users fit. */
export class UserCounts {
  private users = 0;
  private linked = 0;
  private readonly attributes = new Map<string, AttributeRange>();
  private readonly names: NameTally | undefined;

  constructor(rules: PoolRules | undefined, expectedUsers: number) {
    if (rules !== undefined) this.names = new NameTally(rules, expectedUsers);
  }

  add(one: UserType): void {
    this.users += 1;
    const user = knownUser(one);
    if (one.UserStatus !== "EXTERNAL_PROVIDER" && hasLinkedProvider(user.attributes)) this.linked += 1;
    for (const [name, value] of Object.entries(user.attributes))
      this.attributes.set(name, widened(this.attributes.get(name), value));
    this.names?.add(user, one);
  }

  scan(): Scan {
    const { users, linked, attributes, names } = this;
    return { users, linked, attributes, names: names?.counts() };
  }
}

function widened(range: AttributeRange | undefined, value: string): AttributeRange {
  // Cognito counts characters, not UTF-16 units.
  const length = [...value].length;
  const number = /^-?\d+$/.test(value) ? Number(value) : undefined;
  const count = (range?.count ?? 0) + (isValue(value) ? 1 : 0);
  if (range === undefined) return { count, shortest: length, longest: length, smallest: number, largest: number };
  const isNumber = number !== undefined && range.smallest !== undefined && range.largest !== undefined;
  return {
    count,
    shortest: Math.min(range.shortest, length),
    longest: Math.max(range.longest, length),
    smallest: isNumber ? Math.min(range.smallest, number) : undefined,
    largest: isNumber ? Math.max(range.largest, number) : undefined,
  };
}
