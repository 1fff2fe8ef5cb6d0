import { invalidParameter } from "./exception";
import type { User } from "./user";
import { folded, type Naming } from "./user-names";

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

export interface UserFilter {
  readonly attribute: string;
  readonly operator: "=" | "^=";
  readonly value: string;
  matches(user: User): boolean;
}

/** @throws InvalidParameterException for another attribute, operator or notation than the page names. */
export function parseFilter(naming: Naming, filter: string): UserFilter | undefined {
  if (filter === "") return undefined;
  const [, attribute = "", operator, quoted = ""] = FILTER.exec(filter) ?? [];
  if (operator === undefined) throw invalidParameter("Error while parsing filter.");
  if (!SEARCHABLE.includes(attribute)) throw invalidParameter(`${attribute} is not one of the searchable attributes`);
  const value = quoted.replaceAll(/\\(.)/g, "$1");
  const wanted = comparable(naming, attribute, value);
  const exact = operator === "=";
  return {
    attribute,
    operator: exact ? "=" : "^=",
    value,
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
