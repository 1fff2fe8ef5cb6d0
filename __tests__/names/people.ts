import { createUser } from "../../sandbox/aws/user-pool/create-user";
import { AwsException } from "../../sandbox/aws/user-pool/exception";
import type { Attributes } from "../../sandbox/aws/user-pool/schema";
import type { User } from "../../sandbox/aws/user-pool/user";
import type { UserPool } from "../../sandbox/aws/user-pool/user-pool";
import { madeUsername } from "./made-username";
import type { Wanted, World } from "./worlds";

/** A user of the source as the source has it. */
export interface Person {
  readonly label: string;
  readonly sub: string;
  readonly username: string;
  readonly attributes: Attributes;
  readonly password: string;
  readonly status: string;
  readonly enabled: boolean;
}

const NOBODYS_SUB = "00000000-0000-4000-8000-000000000000";

/** An ordinary attribute by which the test itself recognizes people at the destination. */
const LABEL = "nickname";

export const labelOf = ({ attributes }: Pick<User, "attributes">): string => attributes[LABEL] ?? "nobody";

/** Puts everybody into the source whom it takes: its own rules say who can be there at the same time. */
export function populate(source: UserPool, { users, source: { usernameAttributes } }: World): Person[] {
  const people: Person[] = [];
  for (const [index, { usernames, state, ...wanted }] of users.entries()) {
    const label = `u${index}`;
    const password = `password of ${label}`;
    const attributes = attributesOf(wanted, label, people);
    const names =
      usernameAttributes.length > 0
        ? usernameAttributes.map((one) => attributes[one])
        : usernames.map((one) => resolved(one, people));
    const user = created(source, names, { attributes, password, status: state.status });
    if (user === undefined) continue;
    const { username, attributes: kept, status, enabled } = source.users.change(user, state);
    people.push({ label, sub: kept["sub"] ?? "", username, attributes: kept, password, status, enabled });
  }
  return people;
}

function created(
  source: UserPool,
  names: readonly (string | undefined)[],
  more: { readonly attributes: Attributes; readonly password: string; readonly status: string },
): User | undefined {
  for (const name of names) {
    if (name === undefined) continue;
    try {
      return createUser(source, { name, ...more }, "create");
    } catch (error) {
      if (!(error instanceof AwsException)) throw error;
    }
  }
  return undefined;
}

function attributesOf(
  wanted: Omit<Wanted, "usernames" | "state">,
  label: string,
  people: readonly Person[],
): Attributes {
  const { email, emailVerified, phoneNumber, phoneNumberVerified, preferredUsername } = wanted;
  return defined({
    [LABEL]: label,
    email,
    email_verified: email === undefined ? undefined : emailVerified,
    phone_number: phoneNumber,
    phone_number_verified: phoneNumber === undefined ? undefined : phoneNumberVerified,
    preferred_username: preferredUsername === undefined ? undefined : resolved(preferredUsername, people),
  });
}

function defined(values: Readonly<Record<string, string | undefined>>): Attributes {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** `sub u1` becomes what the source calls that user, `made for u1` what the program may; others are themselves. */
export function resolved(name: string, people: readonly Person[]): string {
  const [, kind, label] = /^(sub|made for|MADE FOR) (u\d)$/.exec(name) ?? [];
  if (kind === undefined) return name;
  const sub = people.find((person) => person.label === label)?.sub ?? NOBODYS_SUB;
  if (kind === "sub") return sub;
  return kind === "made for" ? madeUsername(sub) : madeUsername(sub).toUpperCase();
}
