import { carryAttributes } from "../../rules/carry-attributes";
import { addressAttribute, isVerified, USERNAME_ATTRIBUTES, type UsernameAttribute } from "../../rules/names";
import { MADE_HERE } from "../../rules/own-name";
import { fatesOf, type NameFate, type NameKind, nameKinds } from "../../rules/source-names";
import { WHY_DROPPED } from "../../rules/why-dropped";
import type { PoolRules } from "../pools/pool-rules";
import type { FoundUser, NameRow } from "./facts";

/** Who signs in through an identity provider types no name: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html */
export const hasPassword = ({ status }: FoundUser): boolean => status !== "EXTERNAL_PROVIDER";

/** What becomes of the names by which the source knows a user. @param isProven Whether a password proves what is typed. */
export const fatesIn = (
  person: FoundUser,
  rules: PoolRules,
  isProven: boolean = person.status === "CONFIRMED",
): readonly NameFate[] =>
  hasPassword(person) ? fatesOf(person, carryAttributes(person.attributes, rules).attributes, rules, isProven) : [];

const isTaken = (name: string, person: FoundUser, rules: PoolRules, isProven?: boolean): boolean =>
  fatesIn(person, rules, isProven).some((fate) => fate.name === name && fate.isTaken);

/** What the source would have to verify, and nothing else, for the name to bring its user over: by the rules, which are asked what would be. */
export function addressesToVerify(name: string, person: FoundUser, rules: PoolRules): readonly UsernameAttribute[] {
  if (isTaken(name, person, rules)) return [];
  const { attributes } = person;
  const there = USERNAME_ATTRIBUTES.filter((one) => attributes[one] && !isVerified(one, attributes));
  const shape = addressAttribute(name, rules);
  const wouldDo = (addresses: readonly UsernameAttribute[], more = {}): boolean => {
    const flags = Object.fromEntries(addresses.map((one) => [`${one}_verified`, "true"]));
    return isTaken(name, { ...person, attributes: { ...attributes, ...more, ...flags } }, rules);
  };
  if (shape !== undefined && attributes[shape] !== name && wouldDo([shape], { [shape]: name })) return [shape];
  return [...there.map((one) => [one]), there].find((addresses) => wouldDo(addresses)) ?? [];
}

/** Why a name does not work for good, by the first obstacle that the person would meet. */
export function whyNot(
  { name, is, worksAtSource, worksAtFirst }: NameRow,
  person: FoundUser,
  rules: PoolRules,
): string {
  if (!hasPassword(person)) return "the user signs in through an identity provider";
  if (worksAtFirst) return "it is typed once and then stays behind";
  if (isTaken(name, person, rules))
    return "the destination asks for it in lower case, and the source has it with capitals";
  const shape = addressAttribute(name, rules);
  if (shape !== undefined && !isOwnAddress(name, shape, person, rules))
    return `the source has not verified it as this user's ${shape}`;
  const toVerify = addressesToVerify(name, person, rules);
  if (toVerify.length > 0)
    return `the destination requires ${toVerify.join(" and ")}, which the source has not verified as this user's`;
  if (!worksAtSource) return "the source does not take it";
  if (is === "sub") return "nobody signs in with it at the destination";
  const kind = fatesIn(person, rules).find((one) => one.name === name)?.kind;
  return whyNotThere(name, shape ?? kind, person, rules);
}

/** An alias takes the source's word; where addresses stand instead of usernames on both sides, that the source signs in with it is enough. */
const isOwnAddress = (
  name: string,
  address: UsernameAttribute,
  { attributes }: FoundUser,
  { sourceUsernameAttributes, destinationUsernameAttributes }: PoolRules,
): boolean =>
  attributes[address] === name &&
  (isVerified(address, attributes) ||
    (sourceUsernameAttributes.includes(address) && destinationUsernameAttributes.includes(address)));

/** Of a name that the source takes. @param kind What the destination would take it for. */
function whyNotThere(name: string, kind: NameKind | undefined, person: FoundUser, rules: PoolRules): string {
  if (isTaken(name, person, rules, true)) return "only a sign-in proves it, and the user must set a new password first";
  const kinds = nameKinds(rules.destinationUsernameAttributes, rules.destinationAliasAttributes);
  if (kind === undefined || !kinds.includes(kind)) return `users of the destination sign in with ${kinds.join(" or ")}`;
  const { attributes, dropped } = carryAttributes(person.attributes, rules);
  if (kind === "username" || attributes[kind] !== undefined)
    return `names that begin with "${MADE_HERE}" are made by the function`;
  const { [kind]: why } = dropped;
  if (why !== undefined) return `it stays behind: ${WHY_DROPPED[why]}`;
  return `it stays behind, as ${rules.attributeExclude.has(kind) ? "ATTRIBUTE_EXCLUDE" : "ATTRIBUTE_MAP"} says`;
}
