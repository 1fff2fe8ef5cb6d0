import {
  type Attributes,
  addressAttribute,
  type NamedUser,
  USERNAME_ATTRIBUTES,
  type UsernameAttribute,
} from "./names";
import { ownNames, provenAttributes } from "./own-name";
import { type FateRules, fatesOf, type NameKind, nameKinds, worksAtFirst } from "./source-names";

/** For whom a name works from now on. */
export type Condition =
  /** Everybody who has it. */
  | "always"
  /** Those whose address the source has verified. */
  | "verified"
  /** Those who have no other address that the source signs in with. */
  | "alone"
  /** Those whose username is an address, verified as their own. */
  | "own_address"
  /** Everybody but those whose username is an address that is not verified as their own. */
  | "no_others_address"
  /** Everybody but those whose username is an address. */
  | "no_address"
  /** Those who type it at their first sign-in. */
  | "typed_first";

/** A kind of name that the source has. */
export interface NameOutlook {
  readonly kind: NameKind;
  /** Undefined: it stops working for everybody. */
  readonly condition: Condition | undefined;
  /** Addresses that the condition is about. */
  readonly addresses: readonly UsernameAttribute[];
}

/** What can be said of two pools before anybody has read a user. */
export interface Outlook {
  readonly names: readonly NameOutlook[];
  /** Names that the source does not know, and by which users sign in once they have come. */
  readonly later: readonly NameKind[];
  /** Addresses that the destination requires, and does not take from a user for whom the source has not verified them. */
  readonly requiredProof: readonly UsernameAttribute[];
}

type Carry = (attributes: Attributes) => Attributes;

/** Values of somebody who has every name. */
const OWN: Readonly<Record<NameKind, string>> = {
  username: "somebody",
  email: "somebody@example.com",
  phone_number: "+15555550100",
  preferred_username: "somebody.else",
};
const OTHERS: Readonly<Record<UsernameAttribute, string>> = {
  email: "other@example.com",
  phone_number: "+15555550199",
};
const SUB = "00000000-0000-4000-8000-000000000000";

/** Lets users of every sort try {@link fatesOf}, so that both can never say different things. @param carry As for one user. */
export function outlookOf(rules: FateRules, carry: Carry): Outlook {
  const kinds = nameKinds(rules.sourceUsernameAttributes, rules.sourceAliasAttributes);
  return {
    names: kinds.map((kind) => nameOutlook(kind, rules, carry)),
    later: laterNames(kinds, rules, carry),
    requiredProof: USERNAME_ATTRIBUTES.filter((one) => mustBeVerified(one, rules, carry)),
  };
}

/** Whether nobody at all could come over. */
export const isHopeless = ({ names }: Outlook): boolean => names.every(({ condition }) => condition === undefined);

function nameOutlook(kind: NameKind, rules: FateRules, carry: Carry): NameOutlook {
  const works = (user: NamedUser): boolean =>
    // In small letters, so that only the kind of name decides.
    fatesOf(user, carry(user.attributes), rules, true).some((fate) => fate.kind === kind && worksAtFirst(fate));
  if (kind === "username") return usernameOutlook(rules, works);
  if (kind === "preferred_username")
    return { kind, condition: works(somebody(rules)) ? "typed_first" : undefined, addresses: [] };
  return { kind, condition: addressCondition(kind, rules, works), addresses: [kind] };
}

function usernameOutlook(rules: FateRules, works: (user: NamedUser) => boolean): NameOutlook {
  const named = (username: string): boolean => works({ ...somebody(rules), username });
  const addresses = USERNAME_ATTRIBUTES.filter((one) => addressAttribute(OTHERS[one], rules) !== undefined);
  const own = addresses.filter((one) => named(OWN[one]));
  const outlook = (condition: Condition | undefined, about = addresses): NameOutlook => ({
    kind: "username",
    condition,
    addresses: about,
  });
  if (!named(OWN.username)) return own.length > 0 ? outlook("own_address", own) : outlook(undefined, []);
  if (addresses.every((one) => named(OTHERS[one]))) return outlook("always", []);
  return outlook(own.length > 0 ? "no_others_address" : "no_address");
}

function addressCondition(
  kind: UsernameAttribute,
  rules: FateRules,
  works: (user: NamedUser) => boolean,
): Condition | undefined {
  const user = somebody(rules);
  const other = kind === "email" ? "phone_number" : "email";
  const alone = without(user, other, `${other}_verified`);
  const isInstead = rules.sourceUsernameAttributes.length > 0;
  const flag = `${kind}_verified`;
  // An alias is none before it is verified.
  const unverified = isInstead ? [user, alone].map((one) => without(one, flag)) : [];
  if ([user, alone, ...unverified].every(works)) return "always";
  if ([user, alone].every(works)) return "verified";
  return works(alone) ? "alone" : undefined;
}

function laterNames(kinds: readonly NameKind[], rules: FateRules, carry: Carry): readonly NameKind[] {
  const user = somebody(rules);
  const proven = provenAttributes(carry(user.attributes), user, rules, undefined).attributes;
  const names = ownNames(user, proven, rules).map(({ name }) => name);
  const there = nameKinds(rules.destinationUsernameAttributes, rules.destinationAliasAttributes ?? []);
  return there.filter((kind) => !kinds.includes(kind) && names.includes(OWN[kind]));
}

function mustBeVerified(attribute: UsernameAttribute, rules: FateRules, carry: Carry): boolean {
  const user = without(somebody(rules), `${attribute}_verified`);
  const { unproven } = provenAttributes(carry(user.attributes), user, rules, undefined);
  return unproven.includes(attribute) && rules.destinationSchema.get(attribute)?.required === true;
}

function somebody({ sourceUsernameAttributes, sourceAliasAttributes }: FateRules): NamedUser {
  const { username, email, phone_number, preferred_username } = OWN;
  return {
    username: sourceUsernameAttributes.length > 0 ? SUB : username,
    attributes: {
      sub: SUB,
      email,
      email_verified: "true",
      phone_number,
      phone_number_verified: "true",
      ...(sourceAliasAttributes.includes("preferred_username") ? { preferred_username } : {}),
    },
  };
}

function without(user: NamedUser, ...names: readonly string[]): NamedUser {
  const attributes = Object.entries(user.attributes).filter(([name]) => !names.includes(name));
  return { ...user, attributes: Object.fromEntries(attributes) };
}
