import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { isCaseSensitive } from "../pool-rules";
import { type Check, defineCheck, failed, listed, passed, skipped, warning } from "./check";

const NAMES =
  "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html#user-pool-settings-aliases";
const CASE = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html";

/** What users can type: `username` and aliases, or attributes instead of it. */
export function signInNames({ UsernameAttributes = [], AliasAttributes = [] }: UserPoolType): string[] {
  return UsernameAttributes.length > 0 ? [...UsernameAttributes] : ["username", ...AliasAttributes];
}

const names = defineCheck({
  id: "sign-in-names",
  theme: "Sign-in names",
  title: "What users type at the destination, the source knows them by",
  otherwise: "The source does not find the user, and the sign-in is refused.",
  source: NAMES,
  needs: ["source", "destination"],
  decide: ({ source, destination }) => {
    const here = signInNames(source);
    const there = signInNames(destination);
    const told = `The destination takes ${listed(there)}, the source ${listed(here)}.`;
    const noUsernames = (source.UsernameAttributes ?? []).length > 0;
    // At a source without usernames an address is the user's name, and becomes the username.
    const isKnown = (name: string): boolean => here.includes(name) || (name === "username" && noUsernames);
    const unknown = there.filter((name) => !isKnown(name));
    if (unknown.length === there.length)
      return failed(`${told} No name works at both.`, "Use a destination pool with one of the source's names.");
    if (unknown.length > 0)
      return warning(
        `${told} Nobody migrates by ${listed(unknown)}.`,
        `Tell users to sign in with ${listed(there.filter(isKnown))} the first time.`,
      );
    const proof = there.filter((name) => name === "email" || name === "phone_number");
    const isAlias = (destination.AliasAttributes ?? []).length > 0;
    return proof.length > 0 && (isAlias || !noUsernames)
      ? warning(
          `${told} Only a verified ${proof.join(" or ")} is taken for the user's own.`,
          `Verify ${listed(proof)} at the source for those who shall migrate by it.`,
        )
      : passed(told);
  },
});

const aliases = defineCheck({
  id: "alias-setting",
  theme: "Sign-in names",
  title: "DESTINATION_ALIAS_ATTRIBUTES is what the destination pool has",
  otherwise: "Users who type an alias are refused, or a name that is somebody else's could be taken.",
  source: NAMES,
  needs: ["destination"],
  decide: ({ destination: { AliasAttributes = [], UsernameAttributes = [] }, settings: { aliasAttributes } }) => {
    const there = [...AliasAttributes].sort();
    const value = there.join(",") || "none";
    if (aliasAttributes === undefined && there.length === 0)
      return passed(
        UsernameAttributes.length > 0 ? "A pool with username attributes has no aliases." : "The pool has no aliases.",
      );
    return [...(aliasAttributes ?? [])].sort().join(",") === there.join(",") && aliasAttributes !== undefined
      ? passed(`Both say ${value}.`)
      : failed(
          `The setting says ${aliasAttributes === undefined ? "nothing" : aliasAttributes.join(",") || "none"}, the pool has ${value}.`,
          `Set DESTINATION_ALIAS_ATTRIBUTES=${value} and deploy the destination stack again.`,
        );
  },
});

const caseSetting = defineCheck({
  id: "case-setting",
  theme: "Sign-in names",
  title: "DESTINATION_CASE_SENSITIVE is what the destination pool does",
  otherwise:
    "Users are refused who type their name in other letters than the source has, although the pool would take it.",
  source: CASE,
  needs: ["destination"],
  decide: ({ destination, settings: { caseSensitive } }) =>
    isCaseSensitive(destination) === caseSensitive
      ? passed(`Both say ${caseSensitive}.`)
      : failed(
          `The setting says ${caseSensitive}, the pool ${!caseSensitive}.`,
          `Set DESTINATION_CASE_SENSITIVE=${!caseSensitive} and deploy the destination stack again.`,
        ),
});

const letterCase = defineCheck({
  id: "letter-case",
  theme: "Sign-in names",
  title: "Capital letters in names mean the same on both sides",
  otherwise: "Cognito hands the function lower-case names, which a case-sensitive source may not know.",
  source: CASE,
  needs: ["source", "destination"],
  decide: ({ source, destination, scan }) => {
    const [here, there] = [isCaseSensitive(source), isCaseSensitive(destination)];
    if (here === there) return passed(here ? "Both tell Name from name." : "Neither tells Name from name.");
    if (!here)
      return warning(
        "The destination tells Name from name, the source does not: the first sign-in must be typed as the source has it.",
        "Use a case-insensitive destination pool; a pool cannot be changed.",
      );
    if (scan?.mixedCase === 0) return passed(`None of ${scan.users} users has a capital letter in a name.`);
    return warning(
      scan === undefined
        ? "The source tells Name from name, the destination does not."
        : `${scan.mixedCase} of ${scan.users} users have a capital letter in a name; the source will not know them in lower case.`,
      `Bring the names at the source into lower case.${scan === undefined ? " --scan-users counts them." : ""}`,
    );
  },
});

const collisions = defineCheck({
  id: "case-collisions",
  theme: "Sign-in names",
  title: "No two users of the source have names that differ in case alone",
  otherwise:
    "The first of them to sign in takes the name at a case-insensitive destination, and the other is locked out.",
  source: CASE,
  needs: ["source", "destination"],
  decide: ({ source, destination, scan }) => {
    if (!isCaseSensitive(source)) return passed("The source itself takes them for one name.");
    if (isCaseSensitive(destination)) return passed("The destination tells them apart.");
    if (scan === undefined)
      return skipped("Users were not read.", "Run it with --scan-users, which lists all users of the source.");
    return scan.collisions === 0
      ? passed(`None among ${scan.users} users.`)
      : failed(
          `${scan.collisions} names are used by more than one user when case does not count.`,
          "Rename, merge or disable all but one of each at the source before they migrate.",
        );
  },
});

export const SIGN_IN_NAME_CHECKS: readonly Check[] = [names, aliases, caseSetting, letterCase, collisions];
