import { invalidParameter } from "./exception";

export type Body = Readonly<Record<string, unknown>>;

/** Every request names its members; the rest is refused when it has another type. */
export function optionalText(body: Body, member: string): string | undefined {
  const value = body[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalidParameter(`${member} must be a string`);
  return value;
}

/** @throws InvalidParameterException, in the words that Cognito has for a member that is missing. */
export function text(body: Body, member: string): string {
  const value = optionalText(body, member);
  if (value === undefined || value === "")
    throw invalidParameter(
      `1 validation error detected: Value null at '${member[0]?.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
    );
  return value;
}

/** A member of AuthParameters or ChallengeResponses. @throws InvalidParameterException */
export function parameter(parameters: Body, name: string): string {
  const value = optionalText(parameters, name);
  if (value === undefined || value === "") throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

export function texts(body: Body, member: string): readonly string[] | undefined {
  const value = body[member];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string"))
    throw invalidParameter(`${member} must be a list of strings`);
  return value as string[];
}

export function map(body: Body, member: string): Readonly<Record<string, string>> {
  return (body[member] ?? {}) as Record<string, string>;
}

/** As {@link map}, where it makes a difference whether it was sent. */
export const optionalMap = (body: Body, member: string): Readonly<Record<string, string>> | undefined =>
  body[member] === undefined || body[member] === null ? undefined : map(body, member);

/** A list of `{ Name, Value }`, as Cognito writes attributes. */
export function attributes(body: Body, member = "UserAttributes"): Readonly<Record<string, string>> {
  const list = (body[member] ?? []) as readonly { readonly Name?: unknown; readonly Value?: unknown }[];
  if (!Array.isArray(list)) throw invalidParameter(`${member} must be a list`);
  return Object.fromEntries(list.map(({ Name, Value }) => [String(Name), String(Value ?? "")]));
}

export function attributeList(values: Readonly<Record<string, string>>): { Name: string; Value: string }[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** Each default, or what is given in its place; undefined is "not there". */
export function withDefaults(defaults: Body, given: Body): Body {
  const entries = Object.entries(defaults).map(([name, value]) => [name, given[name] ?? value] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** @throws InvalidParameterException for members that `what` does not take. */
export function refuseForeign(what: string, given: Body, known: readonly string[]): void {
  const foreign = Object.keys(given).filter((name) => !known.includes(name));
  if (foreign.length > 0) throw invalidParameter(`${what} takes no ${foreign.join(", ")}`);
}

/** The page size: `member` from `minimum` to 60, which is also what a request without it, or with 0, gets. */
export function pageSize(body: Body, member: string, minimum: 0 | 1): number {
  const value = body[member];
  if (value === undefined || value === null) return MAX_PAGE;
  if (typeof value !== "number" || !Number.isInteger(value) || value < minimum || value > MAX_PAGE)
    throw invalidParameter(
      `1 validation error detected: Value '${value}' at '${member[0]?.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must have value less than or equal to ${MAX_PAGE}`,
    );
  return value === 0 ? MAX_PAGE : value;
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
export const MAX_PAGE = 60;

/** Epoch seconds, which is how the JSON protocol writes a date. */
export function seconds(date: Date): number {
  return date.getTime() / 1000;
}
