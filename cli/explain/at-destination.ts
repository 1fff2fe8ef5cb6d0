import { isTrue } from "../../rules/names";
import type { Facts, FoundUser, Verdict } from "./facts";
import { carriedSub, type Persons } from "./match";

const DELETE =
  'docs/runbook.md, "Delete a user at the destination": the next sign-in then brings the person over anew, with the old password.';
const WRONG_PASSWORD =
  "whether the password is right; what counts is the one that the user has at the destination, and it may have been changed there.";

/** What becomes of a sign-in whose name the destination knows: the function is not asked. */
export function verdictAtDestination(user: FoundUser, persons: Persons, { rules }: Pick<Facts, "rules">): Verdict {
  const { person } = persons;
  const isStranger =
    person !== undefined && user.username !== (persons.match === "migrated" ? persons.there?.username : "");
  const verdict = (
    ending: Verdict["ending"],
    because: string,
    next: readonly string[],
    unknowable: readonly string[] = [],
  ): Verdict => ({
    ending,
    outcome: undefined,
    because: `The destination knows this name, and does not ask the function. ${because}`,
    unknowable,
    next,
  });

  if (!user.enabled)
    return verdict("refused", `The user there is disabled${person?.enabled === false ? ", as at the source" : ""}.`, [
      "If the person may come in, enable the user at the destination (AdminEnableUser).",
    ]);
  if (user.status === "EXTERNAL_PROVIDER")
    return verdict("refused", "The user there has no password, and signs in through an identity provider.", [
      "Have the person sign in through that provider.",
    ]);
  if (user.status === "UNCONFIRMED")
    return verdict("refused", "Somebody signed up there under this name and never confirmed it.", [
      person === undefined
        ? "Have the person confirm the sign-up with the code, or confirm it for them (AdminConfirmSignUp)."
        : `If that is not how the person wants to come in: ${DELETE}`,
    ]);
  if (isStranger)
    return verdict("refused", strangers(user, persons, rules), [
      "Ask whether the person signed up at the destination: then the password is the one that was chosen there.",
      `If somebody else did, in the person's name: ${DELETE}`,
    ]);
  return forOwnUser(user, person, verdict);
}

function strangers(user: FoundUser, { person, match }: Persons, rules: Facts["rules"]): string {
  const sub = carriedSub(user, rules);
  const whose =
    sub !== undefined && sub !== person?.attributes["sub"]
      ? "came from another user of the source"
      : match === "name_taken"
        ? "is not known to have come from the source: somebody signed up, or several at the source have this name"
        : "did not come from this user of the source";
  return `The user there ${whose}. The password of the source is refused.`;
}

function forOwnUser(
  { status, attributes, factors }: FoundUser,
  person: FoundUser | undefined,
  verdict: (
    ending: Verdict["ending"],
    because: string,
    next: readonly string[],
    unknowable?: readonly string[],
  ) => Verdict,
): Verdict {
  const again =
    person === undefined
      ? []
      : [`If nobody reset the password there because it leaked, the old one can be had back: ${DELETE}`];
  switch (status) {
    case "CONFIRMED":
      return verdict(
        "works",
        `A sign-in should work, with the password that the user has there.${factorsAsked(factors)}`,
        [
          `If it does not: the password is wrong, or the app client does not take it. "forgot password" sets a new one.`,
        ],
        [
          WRONG_PASSWORD,
          ...(factors === undefined ? ["whether a second factor is asked for; factors were not read."] : []),
        ],
      );
    case "RESET_REQUIRED":
      return isTrue(attributes["email_verified"]) || isTrue(attributes["phone_number_verified"])
        ? verdict("needs_new_password", "The user there must set a new password by a code.", [
            'Have the person use "forgot password" and type the code.',
            ...again,
          ])
        : verdict(
            "refused",
            "The user there must set a new password by a code, and has no verified address that a code could reach.",
            [
              "Verify an address of the user at the destination (AdminUpdateUserAttributes), or set a password (AdminSetUserPassword).",
              ...again,
            ],
          );
    case "FORCE_CHANGE_PASSWORD":
      return verdict(
        "needs_new_password",
        "An administrator made the user there: only the temporary password works, and then a new one is set.",
        ["Have the person use the temporary password, or send another (AdminCreateUser with RESEND)."],
        ["whether the temporary password has expired."],
      );
    default:
      return verdict("unknown", `The user there is ${status}, of which AWS does not say whether a sign-in works.`, [
        "Look at the user in the Cognito console.",
      ]);
  }
}

const factorsAsked = (factors: readonly string[] | undefined): string =>
  factors === undefined || factors.length === 0 ? "" : ` Then a second factor is asked for: ${factors.join(", ")}.`;
