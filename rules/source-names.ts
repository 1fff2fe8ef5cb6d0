import {
  type AliasAttribute,
  type Attributes,
  isSameName,
  type NamedUser,
  type NameRules,
  USERNAME_ATTRIBUTES,
  type UsernameAttribute,
} from "./names";
import { isAlias, nameAtDestination, ownNames, provenAttributes } from "./own-name";
import type { Schema } from "./schema";

/** What users of the source sign in with, and whether it tells Jane from jane. */
export interface SourceNaming {
  readonly sourceUsernameAttributes: readonly UsernameAttribute[];
  readonly sourceAliasAttributes: readonly AliasAttribute[];
  readonly sourceCaseSensitive: boolean;
}

/** What people call the same names: the username, or the attribute whose value it is. */
export type NameKind = "username" | AliasAttribute;

export interface SourceName {
  readonly kind: NameKind;
  readonly name: string;
}

/** What becomes of a name by which the source knows a user. */
export interface NameFate extends SourceName {
  /** Whether the user may come by it. */
  readonly isTaken: boolean;
  /** False: a destination that does not tell case asks for it in small letters, and the source knows nobody of that name. */
  readonly isFound: boolean;
  /** Whether it signs the user in who came by another name. */
  readonly stays: boolean;
}

/** All that decides about it, beside the user. */
export interface FateRules extends NameRules, SourceNaming {
  readonly destinationSchema: Schema;
}

/** The kinds of names that a pool has. */
export function nameKinds(
  usernameAttributes: readonly UsernameAttribute[],
  aliasAttributes: readonly AliasAttribute[],
): readonly NameKind[] {
  const instead = USERNAME_ATTRIBUTES.filter((one) => usernameAttributes.includes(one));
  return instead.length > 0 ? instead : ["username", ...aliasAttributes];
}

/** By which names the source takes this user. */
export function namesAtSource(
  { username, attributes }: NamedUser,
  rules: Pick<SourceNaming, "sourceUsernameAttributes" | "sourceAliasAttributes">,
): readonly SourceName[] {
  const isInstead = rules.sourceUsernameAttributes.length > 0;
  return nameKinds(rules.sourceUsernameAttributes, rules.sourceAliasAttributes).flatMap((kind): SourceName[] => {
    if (kind === "username") return [{ kind, name: username }];
    const name = attributes[kind];
    return name && (isInstead || isAlias(kind, attributes)) ? [{ kind, name }] : [];
  });
}

/**
 * By which of the names that work at the source this user may come, and which stop working. It asks nobody, so it cannot know of
 * others who have the same names.
 *
 * @param carried Attributes that the destination has a place for.
 * @param hasPassword Whether a password proves the name that is typed; false for who must set a new one first.
 */
export function fatesOf(
  user: NamedUser,
  carried: Attributes,
  rules: FateRules,
  hasPassword: boolean,
): readonly NameFate[] {
  const typingNothing = provenAttributes(carried, user, rules, undefined).attributes;
  const lasting = ownNames(user, typingNothing, rules);
  return namesAtSource(user, rules).map(({ kind, name }) => {
    const { attributes, unproven } = provenAttributes(carried, user, rules, hasPassword ? name : undefined);
    const isRefused = unproven.some((one) => rules.destinationSchema.get(one)?.required);
    return {
      kind,
      name,
      isTaken: !isRefused && nameAtDestination(name, user, attributes, rules) !== undefined,
      // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html
      isFound: rules.destinationCaseSensitive || !rules.sourceCaseSensitive || name === name.toLowerCase(),
      stays: lasting.some((own) => isSameName(own.name, name, rules)),
    };
  });
}

/** Whether the user can sign in by it for the first time. */
export const worksAtFirst = ({ isTaken, isFound }: NameFate): boolean => isTaken && isFound;
