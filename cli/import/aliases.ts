import { foldedName, type NamedUser } from "../../rules/names";
import { isAlias } from "../../rules/own-name";
import type { KeyIndex } from "../pools/key-index";
import type { PoolRules } from "../pools/pool-rules";
import { NAME_KINDS } from "../pools/user-matching";

type AliasRules = Pick<
  PoolRules,
  "destinationUsernameAttributes" | "destinationAliasAttributes" | "destinationCaseSensitive"
>;

/**
 * What a user of the destination signs in with there, beside the username. Cognito lets one user have each: where another comes
 * with a verified address, it is taken from the one who had it, at least when accounts are confirmed, and what an import does
 * is not documented. https://repost.aws/knowledge-center/cognito-email-verified-attribute
 */
function aliasesOf({ attributes }: NamedUser, rules: AliasRules): string[] {
  const names = [
    ...rules.destinationUsernameAttributes,
    ...rules.destinationAliasAttributes.filter((attribute) => isAlias(attribute, attributes)),
  ];
  const values = names.map((name) => attributes[name]?.trim() ?? "").filter((value) => value !== "");
  return [...new Set(values.map((value) => foldedName(value, rules.destinationCaseSensitive)))];
}

/** Beside the keys of the names, which are there already where users sign in with nothing but addresses. */
export function rememberAliases(index: KeyIndex, user: NamedUser, rules: AliasRules): void {
  if (rules.destinationAliasAttributes.length === 0) return;
  for (const alias of aliasesOf(user, rules)) index.set(`alias ${alias}`, 0);
}

/**
 * Whether somebody at the destination signs in with what this user would. A preferred_username may be somebody's username, too.
 *
 * @param aliases What the user signs in with beside the username.
 */
export function isAliasTaken(
  index: KeyIndex,
  username: string,
  aliases: readonly string[],
  { destinationCaseSensitive }: AliasRules,
): boolean {
  const fold = (name: string): string => foldedName(name, destinationCaseSensitive);
  const isThere = (kind: string, name: string): boolean => index.get(`${kind} ${name}`) !== undefined;
  return (
    isThere("alias", fold(username)) ||
    aliases.some((alias) => ["alias", ...NAME_KINDS].some((kind) => isThere(kind, fold(alias))))
  );
}
