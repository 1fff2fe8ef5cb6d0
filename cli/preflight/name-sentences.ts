import type { NameOutlook, Outlook } from "../../rules/name-outlook";
import type { UsernameAttribute } from "../../rules/names";
import type { NameKind } from "../../rules/source-names";
import { plural } from "../program/plural";
import { listed } from "./check";
import type { NameCounts } from "./scan";

const ADDRESS: Readonly<Record<UsernameAttribute, string>> = { email: "e-mail address", phone_number: "phone number" };

const ARTICLE: Readonly<Record<UsernameAttribute, string>> = { email: "an", phone_number: "a" };

const addressesOf = ({ addresses }: NameOutlook): string => addresses.map((one) => ADDRESS[one]).join(" or ");

const anyOf = ({ addresses }: NameOutlook): string =>
  addresses.map((one) => `${ARTICLE[one]} ${ADDRESS[one]}`).join(" or ");

/** Both lists, and what is new. */
export function outlookSentences({ names, later, requiredProof }: Outlook): string[] {
  const working = names.filter(({ condition }) => condition !== undefined);
  const stopping = names.filter(({ condition }) => condition === undefined);
  const isAny = working.length > 0;
  return [
    isAny ? `Names that work from now on: ${listed(working.map(conditionalName))}.` : "No name works at both.",
    stopping.length > 0 && `Names that stop working: ${listed(stopping.map(({ kind }) => kind))}.`,
    isAny && later.length > 0 && `New once a user has come: ${listed(later)}, where the source has verified it.`,
    requiredProof.length > 0 &&
      `The destination requires ${listed(requiredProof)}: users who have it unverified are refused.`,
  ].filter((one) => one !== false);
}

function conditionalName(outlook: NameOutlook): string {
  const { kind, condition } = outlook;
  switch (condition) {
    case "verified":
      return `${kind} (once verified at the source)`;
    case "alone":
      return `${kind} (of users without ${ADDRESS[otherThan(kind)]})`;
    case "own_address":
      return `${kind} (only one that is the user's own verified ${addressesOf(outlook)})`;
    case "no_others_address":
      return `${kind} (one that looks like ${anyOf(outlook)} only if it is the user's own, verified)`;
    case "no_address":
      return `${kind} (but none that looks like ${anyOf(outlook)})`;
    case "typed_first":
      return `${kind} (until its user comes by another name)`;
    default:
      return kind;
  }
}

const otherThan = (kind: NameKind): UsernameAttribute => (kind === "email" ? "phone_number" : "email");

/** What to do about the names that do not work, or not for all. */
export function outlookRemedies({ names, requiredProof }: Outlook): string[] {
  const having = (...conditions: readonly NameOutlook["condition"][]): NameOutlook[] =>
    names.filter(({ condition }) => conditions.includes(condition));
  const usable = having("always", "verified", "own_address", "no_others_address", "no_address", "typed_first").flatMap(
    ({ kind, condition, addresses }): readonly NameKind[] => (condition === "own_address" ? addresses : [kind]),
  );
  const toVerify = unique([
    ...having("verified", "own_address", "no_others_address").flatMap(({ addresses }) => addresses),
    ...requiredProof,
  ]);
  const excluded = having("no_address").flatMap(({ addresses }) => addresses);
  const isStopping = having(undefined, "alone").length > 0;
  return [
    isStopping && usable.length > 0 && `Tell users to sign in with ${listed(unique(usable))} from now on.`,
    toVerify.length > 0 && `Verify ${listed(toVerify)} at the source for those who shall migrate by it.`,
    excluded.length > 0 && `Take ${listed(excluded)} out of ATTRIBUTE_EXCLUDE, or rename such users.`,
    having("typed_first").length > 0 &&
      "Tell users who have a preferred_username to type it at their first sign-in, or it is lost as a name.",
  ].filter((one) => one !== false);
}

const unique = <Name>(names: readonly Name[]): Name[] => [...new Set(names)];

/** What users have, by the same rule. */
export function countSentences({ users, byEveryName, byNoName, losing, typedFirst }: NameCounts): string[] {
  if (byEveryName === users && typedFirst === 0)
    return [`All of ${usersOf(users)} who sign in with a password can come by every name that works for them now.`];
  const some = users - byEveryName - byNoName;
  const lost = [...losing].map(([kind, count]) => `${kind} (${usersOf(count)})`);
  return [
    `Of ${usersOf(users)} who sign in with a password, ${byEveryName} can come by every name that works for them now, ` +
      `${some} by some of their names, ${byNoName} by none.`,
    lost.length > 0 && `Names lost: ${listed(lost)}.`,
    typedFirst > 0 && `Lost unless it is typed first: preferred_username (${usersOf(typedFirst)}).`,
  ].filter((one) => one !== false);
}

const usersOf = (count: number): string => plural(count, "user");
