import { type Attributes, foldedName } from "../../rules/names";
import { type Kind, OUTCOMES, type OutcomeName, outcomeNamed } from "../../rules/outcome";
import { lackingIn, unknownOfLacking } from "../../rules/required-attributes";
import { handedOnName } from "../pools/pool-rules";
import { THROUGH_PROVIDER } from "./at-destination";
import type { Facts, FoundUser, LogEntry, Verdict } from "./facts";
import type { Foretold } from "./foretell";
import { arrivedAs, type Persons } from "./match";
import { namesAtDestination } from "./names";
import { detail, howThere, refusalNext } from "./refusal";

const AGAIN = 'docs/runbook.md, "Users are handed over again and again".';

/** What becomes of a sign-in whose name the destination does not know, by what the function would decide. */
export function verdictByFunction(foretold: Foretold, persons: Persons, facts: Facts): Verdict {
  const { outcome } = foretold;
  const { kind, means } = OUTCOMES[outcome];
  const aboutUser = unknownOfUser(persons.person, facts);
  if ("response" in foretold)
    return {
      outcome,
      unknowable: [
        ...unknownPassword(persons.person, facts),
        ...aboutUser,
        ...unknownOfLacking(lackingIn(foretold.response.userAttributes, facts.rules.destinationSchema)),
      ],
      ...handedOver(outcome, foretold.response.userAttributes, persons, facts),
    };
  const does = kind === "failed" ? "fails" : "refuses it";
  return {
    ending: kind === "failed" ? "fails" : "refused",
    outcome,
    because: `The function ${does}, whatever the password: ${outcome}, ${means}.${detail(outcome, persons, facts)}`,
    unknowable: aboutUser,
    next: refusalNext(outcome, persons, facts),
  };
}

/** What Cognito makes of it, and whether the user can sign in then. */
function handedOver(
  outcome: OutcomeName,
  userAttributes: Attributes,
  persons: Persons,
  facts: Facts,
): Pick<Verdict, "ending" | "because" | "next"> {
  const there = arrivedAs(persons);
  if (there !== undefined)
    return {
      ending: "refused",
      because: `The function would hand the user over, but the person is at the destination already, and signs in there ${howThere(there, facts)}.`,
      next: [THROUGH_PROVIDER],
    };
  if (hasRival(userAttributes, facts))
    return {
      ending: "refused",
      because:
        "The function would hand the user over, and Cognito refuse to make it: another user of the destination has one of the names.",
      next: [AGAIN],
    };
  const before = handedOverBefore(facts);
  if (before !== undefined)
    return {
      ending: "unknown",
      because:
        `The function handed this name over at ${before.at.toISOString().slice(0, 16).replace("T", " ")} UTC, and the destination still does not know it: ` +
        "Cognito refused to make the user, or somebody deleted the user there. In the first case it will refuse again.",
      next: [AGAIN],
    };
  return outcome === "migrated"
    ? {
        ending: "works",
        because:
          "The destination does not know this name yet. With the right password of the source a sign-in should work, and bring the person over.",
        next: [lastRefusal(facts) ?? "If it is refused all the same, the function's log says why: run this again."],
      }
    : {
        ending: "needs_new_password",
        because:
          "The destination does not know this name yet. A sign-in should bring the person over without a password: a new one is set by a code.",
        next: ['Have the person sign in once, then use "forgot password" and type the code.'],
      };
}

/** What users did themselves. */
const signInsOf = ({ log }: Facts): readonly LogEntry[] =>
  "entries" in log ? log.entries.filter(({ isTried }) => !isTried) : [];

/** A hand-over of the name that was typed, of which nothing has come. */
function handedOverBefore(facts: Facts): LogEntry | undefined {
  const typed = [facts.name, handedOnName(facts.name, facts.rules)];
  return signInsOf(facts).find(({ name, outcome }) => typed.includes(name) && HANDED_OVER.has(outcome));
}

function lastRefusal(facts: Facts): string | undefined {
  const [last] = signInsOf(facts);
  if (last === undefined || HANDED_OVER.has(last.outcome)) return undefined;
  const row = outcomeNamed(last.outcome);
  return `The last one ended as ${last.outcome}${row ? `, ${row.means}` : ""}. If that is mended, have the person try again.`;
}

const HANDED_OVER: ReadonlySet<string> = new Set(["migrated", "reset_required"] satisfies Kind[]);

/** Whether another user of the destination has a name that this one would bring: Cognito then makes nobody. */
function hasRival({ username, ...attributes }: Attributes, facts: Facts): boolean {
  const { rules, name, destination } = facts;
  const fold = (one: string): string => foldedName(one, rules.destinationCaseSensitive);
  const brought = namesAtDestination({ username: username ?? handedOnName(name, rules), attributes }, rules).map(fold);
  return destination.users.some((user) => namesAtDestination(user, rules).some((one) => brought.includes(fold(one))));
}

/** What a sign-in that the function may let pass still depends on. */
function unknownPassword(person: FoundUser | undefined, { name, rules, source }: Facts): readonly string[] {
  const sharing = person === undefined ? 0 : sharers(person, source.users, rules);
  return [
    "whether the password is right; a wrong one is refused (not_authorized), and after several the source locks the user out for a while (too_many_attempts).",
    person?.status === "FORCE_CHANGE_PASSWORD" &&
      "whether the temporary password has expired; then it is refused (not_authorized).",
    sharing > 0 &&
      `who comes first; ${sharing} more at the source ${sharing === 1 ? "has" : "have"} the same address, and at the destination one user can have it.`,
    `whether the application sends the password; with SRP the function is not asked about ${name}.`,
  ].filter((one) => one !== false);
}

/** What only a sign-in with the right password would tell of the user. */
function unknownOfUser(person: FoundUser | undefined, { sourceMfaConfiguration }: Facts): readonly string[] {
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
