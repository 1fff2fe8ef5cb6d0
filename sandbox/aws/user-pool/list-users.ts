import { invalidParameter } from "./exception";
import { type Body, optionalText, pageSize, texts } from "./input";
import { positionIn, tokenFor } from "./pages";
import type { Attributes } from "./schema";
import type { User } from "./user";
import { userType } from "./user-answers";
import { folded, type Naming } from "./user-names";
import type { UserPool } from "./user-pool";

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
export function ListUsers(pool: UserPool, body: Body): object {
  const size = pageSize(body, "Limit", 0);
  const wanted = texts(body, "AttributesToGet");
  const text = optionalText(body, "Filter") ?? "";
  const filter = parseFilter(pool.naming, text);
  const question = `users of ${pool.id} ${text}`;
  const from = positionIn(question, optionalText(body, "PaginationToken"));
  if (pool.users.listed()) return { Users: [], PaginationToken: tokenFor(question, from) };
  const { users, next } = found(pool, from, size, filter);
  return {
    Users: users.map((user) => userType(user, only(user, wanted))),
    ...(next === undefined ? {} : { PaginationToken: tokenFor(question, next) }),
  };
}

interface Found {
  readonly users: readonly User[];
  /** Position of the next page's first user. */
  readonly next: number | undefined;
}

function found(pool: UserPool, from: number, size: number, filter: UserFilter | undefined): Found {
  if (filter?.name !== undefined) {
    const user = pool.users.findVisible(filter.name);
    return { users: user !== undefined && filter.matches(user) ? [user] : [], next: undefined };
  }
  const users: User[] = [];
  let after = from;
  for (const [user, next] of pool.users.visibleFrom(from)) {
    if (filter !== undefined && !filter.matches(user)) continue;
    // There is one more: the next page begins after the last of this one.
    if (users.length === size) return { users, next: after };
    users.push(user);
    after = next;
  }
  return { users, next: undefined };
}

/** @throws InvalidParameterException when a user has no such attribute, as the page above warns. */
function only({ attributes }: User, wanted: readonly string[] | undefined): Attributes {
  if (wanted === undefined || wanted.length === 0) return attributes;
  const missing = wanted.find((name) => attributes[name] === undefined);
  if (missing !== undefined) throw invalidParameter(`One or more requested attributes do not exist: ${missing}`);
  return Object.fromEntries(wanted.map((name) => [name, attributes[name] ?? ""]));
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
const SEARCHABLE = [
  "username",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "cognito:user_status",
  "status",
  "sub",
];

const FILTER = /^\s*([\w:]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

interface UserFilter {
  /** Which one user at most has: the store finds that one without looking at the others. */
  readonly name: string | undefined;
  matches(user: User): boolean;
}

/** @throws InvalidParameterException for another attribute, operator or notation than the page names. */
function parseFilter(naming: Naming, filter: string): UserFilter | undefined {
  if (filter === "") return undefined;
  const [, attribute = "", operator, quoted = ""] = FILTER.exec(filter) ?? [];
  if (operator === undefined) throw invalidParameter("Error while parsing filter.");
  if (!SEARCHABLE.includes(attribute)) throw invalidParameter(`${attribute} is not one of the searchable attributes`);
  const value = quoted.replaceAll(/\\(.)/g, "$1");
  const wanted = comparable(naming, attribute, value);
  const exact = operator === "=";
  const isName = exact && ["username", "sub", ...naming.usernameAttributes].includes(attribute);
  return {
    name: isName ? value : undefined,
    matches: (user) => {
      const actual = comparable(naming, attribute, searched(user, attribute));
      return actual !== undefined && (exact ? actual === wanted : actual.startsWith(wanted ?? ""));
    },
  };
}

function comparable(naming: Naming, attribute: string, value: string | undefined): string | undefined {
  const name = ["username", "email", "preferred_username"].includes(attribute);
  return name && value !== undefined ? folded(naming, value) : value;
}

function searched(user: User, attribute: string): string | undefined {
  if (attribute === "username") return user.username;
  if (attribute === "cognito:user_status") return user.status;
  // Whether the user is enabled, not what the user's status is.
  if (attribute === "status") return user.enabled ? "Enabled" : "Disabled";
  return user.attributes[attribute];
}
