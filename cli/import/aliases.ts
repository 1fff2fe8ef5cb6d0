import type { AliasAttribute } from "../../config/attribute-rules";
import type { Attributes } from "../../config/carry-attributes";
import { foldedName, isVerified, type NamedUser } from "../../config/name-rules";
import type { KeyIndex } from "../key-index";

export interface AliasRules {
  /** What users of the destination sign in with instead of a username. */
  readonly usernameAttributes: readonly AliasAttribute[];
  /** What they sign in with beside it. */
  readonly aliasAttributes: readonly AliasAttribute[];
  readonly caseSensitive: boolean;
}

/**
 * What a user with these attributes signs in with at the destination, beside the username. Cognito lets one user have each:
 * where another comes with a verified address, it is taken from the one who had it, at least when accounts are confirmed, and
 * what an import does is not documented. https://repost.aws/knowledge-center/cognito-email-verified-attribute
 */
export function aliasesOf(attributes: Attributes, rules: AliasRules): string[] {
  const names = [
    ...rules.usernameAttributes,
    ...rules.aliasAttributes.filter((attribute) => isVerified(attribute, attributes)),
  ];
  const values = names.map((name) => attributes[name]?.trim() ?? "").filter((value) => value !== "");
  return [...new Set(values.map((value) => foldedName(value, rules.caseSensitive)))];
}

/** Beside the keys of the names, which are there already where users sign in with nothing but addresses. */
export function rememberAliases(index: KeyIndex, { attributes }: NamedUser, rules: AliasRules): void {
  if (rules.aliasAttributes.length === 0) return;
  for (const alias of aliasesOf(attributes, rules)) index.set(`alias ${alias}`, 0);
}

/**
 * Whether somebody at the destination signs in with what this user would. A preferred_username may be somebody's username, too.
 *
 * @param aliases As {@link aliasesOf} gives them.
 */
export function isAliasTaken(
  index: KeyIndex,
  username: string,
  aliases: readonly string[],
  { caseSensitive }: AliasRules,
): boolean {
  const isThere = (kind: string, name: string): boolean => index.get(`${kind} ${name}`) !== undefined;
  return (
    isThere("alias", foldedName(username, caseSensitive)) ||
    aliases.some((alias) => ["alias", "name", "other"].some((kind) => isThere(kind, alias)))
  );
}
