import { isTrue } from "../../rules/names";
import type { Facts, FoundUser, Verdict } from "./facts";
import { arrivedAs, carriedSub, type Persons } from "./match";

/** Whoever asks may be somebody else who wants the account: nothing that follows may rest on a name and a password. */
export const ONCE_PROVEN = "Only once the person has proven who they are, otherwise than by name and password:";
export const THROUGH_PROVIDER = "Have the person sign in through that provider.";
const TWO_CLAIMS =
  "Two people may claim this name. Change nothing on the word of one of them: have the claim proven, otherwise than by name and password, and pass it on.";
const IF_ANOTHER = `If somebody else signed up: docs/runbook.md, "Delete a user at the destination". ${ONCE_PROVEN} the next sign-in then brings the person over.`;
const WRONG_PASSWORD =
  "whether the password is right; what counts is the one that the user has at the destination, and it may have been changed there.";

type At = Omit<Verdict, "outcome">;

/** What becomes of a sign-in whose name the destination knows: the function is not asked. */
export function verdictAtDestination(user: FoundUser, persons: Persons, { rules }: Pick<Facts, "rules">): Verdict {
  const found = of(user, persons, carriedSub(user, rules));
  const because = `The destination knows this name, and does not ask the function. ${found.because}`;
  return { ...found, because, outcome: undefined };
}

function of(user: FoundUser, persons: Persons, sub: string | undefined): At {
  const { person } = persons;
  if (person !== undefined && sub !== undefined && sub !== person.attributes["sub"])
    return at(
      "refused",
      "The user there came from another user of the source. The password of this one is refused.",
      TWO_CLAIMS,
    );
  if (!user.enabled)
    return at(
      "refused",
      `The user there is disabled${person?.enabled === false ? ", as at the source" : ""}.`,
      "Find out who disabled the user, and why. If the person may come in, enable the user at the destination (AdminEnableUser).",
    );
  if (user.status === "UNCONFIRMED")
    return at(
      "refused",
      "Somebody signed up there under this name and never confirmed it.",
      "Have the person confirm the sign-up with the code.",
      ...(person === undefined ? [] : [IF_ANOTHER]),
    );
  const found = confirmedOnce(user);
  return isStranger(user, persons)
    ? {
        ...found,
        because: `${found.because} The user is not known to have come from the source: the password of the source may be refused.`,
        next: [...found.next, TWO_CLAIMS],
      }
    : found;
}

const isStranger = (user: FoundUser, persons: Persons): boolean =>
  persons.person !== undefined && user.username !== arrivedAs(persons)?.username;

function confirmedOnce({ status, attributes, factors }: FoundUser): At {
  switch (status) {
    case "CONFIRMED":
      return {
        ...at(
          "works",
          `A sign-in should work, with the password that the user has there.${factorsAsked(factors)}`,
          'If it does not: the password is wrong, or the app client does not take it. "forgot password" sets a new one.',
        ),
        unknowable: [
          WRONG_PASSWORD,
          ...(factors === undefined ? ["whether a second factor is asked for; factors were not read."] : []),
        ],
      };
    case "EXTERNAL_PROVIDER":
      return at(
        "refused",
        "The user there has no password, and signs in through an identity provider.",
        THROUGH_PROVIDER,
      );
    case "RESET_REQUIRED":
      return isTrue(attributes["email_verified"]) || isTrue(attributes["phone_number_verified"])
        ? at(
            "needs_new_password",
            "The user there must set a new password by a code.",
            'Have the person use "forgot password" and type the code.',
          )
        : at(
            "refused",
            "The user there must set a new password by a code, and has no verified address that a code could reach.",
            `${ONCE_PROVEN} have an address of the user verified at the destination, then "forgot password".`,
          );
    case "FORCE_CHANGE_PASSWORD":
      return {
        ...at(
          "needs_new_password",
          "An administrator made the user there: only the temporary password works, and then a new one is set.",
          "Have the person use the temporary password, or send another (AdminCreateUser with RESEND).",
        ),
        unknowable: ["whether the temporary password has expired."],
      };
    default:
      return at(
        "unknown",
        `The user there is ${status}, of which AWS does not say whether a sign-in works.`,
        "Look at the user in the Cognito console.",
      );
  }
}

const at = (ending: At["ending"], because: string, ...next: string[]): At => ({
  ending,
  because,
  unknowable: [],
  next,
});

const factorsAsked = (factors: readonly string[] | undefined): string =>
  factors === undefined || factors.length === 0 ? "" : ` Then a second factor is asked for: ${factors.join(", ")}.`;
