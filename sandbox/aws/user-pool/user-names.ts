import { type Attributes, isTrue } from "./schema";

/** How a pool tells its users apart. All of it is fixed when the pool is made. */
export interface Naming {
  readonly usernameAttributes: readonly string[];
  readonly aliasAttributes: readonly string[];
  readonly caseSensitive: boolean;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html */
export function folded({ caseSensitive }: Naming, name: string): string {
  return caseSensitive ? name : name.toLowerCase();
}

const CASE_INSENSITIVE = ["email", "preferred_username"];

/** What is kept of attributes: in a case-insensitive pool names come out in small letters, as the page above says. */
export function foldedAttributes(naming: Naming, attributes: Attributes): Attributes {
  if (naming.caseSensitive) return attributes;
  const mixed = CASE_INSENSITIVE.filter((name) => /\p{Lu}/u.test(attributes[name] ?? ""));
  // Nearly never: an answer of many users must not copy each of them.
  if (mixed.length === 0) return attributes;
  return { ...attributes, ...Object.fromEntries(mixed.map((name) => [name, attributes[name]?.toLowerCase() ?? ""])) };
}

/**
 * The attribute values by which this user can be named besides username and `sub`: username attributes always, an alias
 * once it is verified. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export function aliasesOf(naming: Naming, attributes: Attributes): readonly string[] {
  const named = naming.usernameAttributes.filter((name) => attributes[name]);
  const verified = naming.aliasAttributes.filter(
    (name) => attributes[name] && (name === "preferred_username" || isTrue(attributes[`${name}_verified`])),
  );
  return [...named, ...verified].map((name) => folded(naming, attributes[name] ?? ""));
}

/** In a pool with username attributes: which of them the typed name is. */
export function usernameAttributeOf({ usernameAttributes }: Naming, name: string): string | undefined {
  const kind = /^\+\d+$/.test(name) ? "phone_number" : name.includes("@") ? "email" : undefined;
  return kind !== undefined && usernameAttributes.includes(kind) ? kind : undefined;
}
