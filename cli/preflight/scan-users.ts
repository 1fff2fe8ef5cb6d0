import type { UserPoolType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { Context } from "../command";
import { KeyIndex } from "../key-index";
import { watchedUsers } from "../watched-users";
import type { Place } from "../who-and-where";
import type { AttributeRange, Scan } from "./facts";
import { signInNames } from "./sign-in-name-checks";

/** Reads every user of the source, and keeps counts. */
export async function scanUsers(place: Place, context: Context): Promise<Scan> {
  const counts = new UserCounts(place.userPool);
  for await (const users of watchedUsers(place, context)) for (const user of users) counts.add(user);
  return counts.scan();
}

/** In place of a user's number, which begins with 1: more than one has the name, and that was counted. */
const SHARED = 0;

/** What users have in common, user by user. Of names it keeps hashes, so that millions of users fit. */
export class UserCounts {
  users = 0;
  private mixedCase = 0;
  private readonly attributes = new Map<string, AttributeRange>();
  /** Of the hash of each name in lower case: the number of the first user who has it, or SHARED. */
  private readonly firstWith: KeyIndex;
  private collisions = 0;
  private readonly names: readonly string[];

  constructor(pool: UserPoolType) {
    this.names = signInNames(pool);
    this.firstWith = new KeyIndex((pool.EstimatedNumberOfUsers ?? 0) * this.names.length);
  }

  add({ Username = "", Attributes = [] }: UserType): void {
    this.users += 1;
    const values = new Map(Attributes.map(({ Name = "", Value = "" }) => [Name, Value]));
    for (const [name, value] of values) this.attributes.set(name, widened(this.attributes.get(name), value));
    const own = this.names.flatMap((name) => (name === "username" ? Username : (values.get(name) ?? [])));
    const folded = own.map((name) => name.toLowerCase());
    if (own.some((name, index) => name !== folded[index])) this.mixedCase += 1;
    for (const name of folded) {
      const first = this.firstWith.get(name);
      if (first === undefined) this.firstWith.set(name, this.users);
      else if (first !== this.users && first !== SHARED) {
        this.firstWith.set(name, SHARED);
        this.collisions += 1;
      }
    }
  }

  scan(): Scan {
    const { users, attributes, mixedCase, collisions } = this;
    return { users, attributes, mixedCase, collisions };
  }
}

function widened(range: AttributeRange | undefined, value: string): AttributeRange {
  // Cognito counts characters, not UTF-16 units.
  const length = [...value].length;
  const number = /^-?\d+$/.test(value) ? Number(value) : undefined;
  if (range === undefined) return { count: 1, shortest: length, longest: length, smallest: number, largest: number };
  const isNumber = number !== undefined && range.smallest !== undefined && range.largest !== undefined;
  return {
    count: range.count + 1,
    shortest: Math.min(range.shortest, length),
    longest: Math.max(range.longest, length),
    smallest: isNumber ? Math.min(range.smallest, number) : undefined,
    largest: isNumber ? Math.max(range.largest, number) : undefined,
  };
}
