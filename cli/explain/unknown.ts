import type { Attributes } from "../../rules/names";
import { lackingIn, unknownOfLacking } from "../../rules/required-attributes";
import type { Facts, FoundUser } from "./facts";

/** What a sign-in that the function may let pass still depends on. */
export function unknownPassword(person: FoundUser | undefined, { name, rules, source }: Facts): readonly string[] {
  const sharing = person === undefined ? 0 : sharers(person, source.users, rules);
  return [
    "whether the password is right; a wrong one is refused (not_authorized), and after several the source locks the user out for a while (too_many_attempts).",
    ...(person?.status === "FORCE_CHANGE_PASSWORD"
      ? ["whether the temporary password has expired; then it is refused (not_authorized)."]
      : []),
    ...(sharing > 0
      ? [
          `who comes first; ${sharing} more at the source ${sharing === 1 ? "has" : "have"} the same address, and at the destination one user can have it.`,
        ]
      : []),
    `whether the application sends the password; with SRP the function is not asked about ${name}.`,
  ];
}

/** What Cognito makes of a user who is handed over, as far as AWS does not say. */
export function unknownOfHandOver(arriving: Attributes, { rules }: Facts): readonly string[] {
  return unknownOfLacking(lackingIn(arriving, rules.destinationSchema));
}

/** What only a sign-in with the right password would tell of the user. */
export function unknownOfUser(person: FoundUser | undefined, { sourceMfaConfiguration }: Facts): readonly string[] {
  if (person?.status !== "CONFIRMED") return [];
  if (person.factors === undefined) return ["whether the user has a second factor; factors were not read."];
  return person.factors.length === 0 && sourceMfaConfiguration === "ON"
    ? ["which second factor the source asks for; it demands one, and tells only at a sign-in."]
    : [];
}

/** Others of the source who would bring one of this user's names along. */
function sharers(person: FoundUser, users: readonly FoundUser[], rules: Facts["rules"]): number {
  const aliases = [...rules.destinationUsernameAttributes, ...rules.destinationAliasAttributes].filter(
    (one) => one !== "preferred_username",
  );
  const isShared = (user: FoundUser): boolean =>
    aliases.some(
      (one) =>
        person.attributes[one] !== undefined &&
        user.attributes[one] === person.attributes[one] &&
        user.attributes[`${one}_verified`] === "true",
    );
  return users.filter((user) => user.username !== person.username && isShared(user)).length;
}
