import { visible } from "../../config/visible";
import { OUTCOMES, outcomeNamed } from "../../rules/outcome";
import { triedMeans } from "../../rules/tried";
import { plural } from "../program/plural";
import { table } from "../program/table";
import type { ExplainedUser, Explanation } from "./explain";
import type { LogEntry, LogFacts } from "./facts";
import { stampLine } from "./stamp";

export function explanationText(explanation: Explanation): string {
  const { name, source, destination, names, log, verdict, unread } = visibleIn({
    ...explanation,
    unread: explanation.unread.map((one) => one.replaceAll("\n", " ")),
  });
  const rows = names.map((row) => [
    row.name,
    row.is,
    yesOrNo(row.worksAtSource),
    yesOrNo(row.worksAtFirst),
    yesOrNo(row.worksAfterwards),
    row.because ?? "",
  ]);
  return [
    `Where ${name} is`,
    [...sideLines("source", source), ...sideLines("destination", destination)].join("\n"),
    rows.length > 0 && "Which names count",
    rows.length > 0 && table(["Name", "Is", "At the source", "To migrate", "Afterwards", "Why not"], rows),
    ...logBlocks(log),
    "What a sign-in would end in now",
    [verdict.because, ...verdict.unknowable.map((one) => `Not known: ${one}`)].join("\n"),
    ["What to do", ...verdict.next].join("\n"),
    unread.length > 0 && ["Not read, so nothing is said of it", ...unread].join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** With every text on one line: a name that holds a line break must not pass for a line of this report. */
function visibleIn<Value>(value: Value): Value {
  if (typeof value === "string") return visible(value) as Value;
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(visibleIn) as Value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visibleIn(one)])) as Value;
}

const yesOrNo = (holds: boolean): string => (holds ? "yes" : "no");

function sideLines(side: string, users: readonly ExplainedUser[]): readonly string[] {
  if (users.length === 0) return [`${side.padEnd(11)}  nobody was found by this name`];
  return users.flatMap((user) => [
    `${side.padEnd(11)}  ${user.username}  ${user.status}, ${user.enabled ? "enabled" : "disabled"}`,
    `             ${foundBy(user)}`,
    `             created ${minuteOf(user.created)}, last modified ${minuteOf(user.modified)}`,
    `             second factors: ${user.factors === null ? "not read" : user.factors.join(", ") || "none"}; linked providers: ${user.linkedProviders.join(", ") || "none"}`,
    ...(user.cameFromSource === undefined ? [] : [`             ${CAME[user.cameFromSource]}`]),
    ...(user.stamp === undefined ? [] : [`             ${stampLine(user.stamp, minuteOf)}`]),
    ...(user.names === undefined ? [] : [`             signs in ${howIn(user.status, user.names)}`]),
  ]);
}

const CAME: Readonly<Record<NonNullable<ExplainedUser["cameFromSource"]>, string>> = {
  "by sub": "came from the source: has that user's sub",
  "by name": "came from the source, by the name",
  "another user": "came from another user of the source",
  "not known": "is not known to have come from the source",
};

const howIn = (status: string, names: readonly string[]): string =>
  status === "EXTERNAL_PROVIDER" ? "through an identity provider" : `as ${names.join(" or ") || "nobody"}`;

function foundBy({ foundBy: is, signsIn }: ExplainedUser): string {
  if (is === "") return "found by another name of the same person";
  return `found by ${is}: the name ${signsIn ? "signs this user in" : "does not sign this user in"}`;
}

const minuteOf = (date: Date | undefined): string =>
  date === undefined ? "at a time that AWS does not tell" : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;

function logBlocks(log: LogFacts): readonly string[] {
  if ("because" in log) return [];
  const day = log.since.toISOString().slice(0, 10);
  const title = `What the function logged of these names since ${day}, newest first`;
  if (log.entries.length === 0)
    return [
      title,
      `Nothing. Older lines are gone: the log keeps ${plural(log.keptDays, "day")}. The function is asked only for names that the destination does not know.`,
    ];
  return [title, table(["Time (UTC)", "Name", "Outcome", "", "Means"], log.entries.map(rowOf))];
}

function rowOf({ at, name, outcome, isForgottenPassword, isTried, errorName }: LogEntry): readonly string[] {
  const what = [isTried ? "tried by an operator" : "", isForgottenPassword ? "forgot password" : ""].filter(Boolean);
  const means = isTried ? triedMeans(outcome) : meansOf(outcome);
  return [
    at.toISOString().slice(0, 19).replace("T", " "),
    name,
    outcome,
    what.join(", "),
    errorName === undefined ? means : `${means} (${errorName})`,
  ];
}

function meansOf(outcome: string): string {
  if (outcome === "reset_required") return OUTCOMES.migrated_reset_required.means;
  return outcomeNamed(outcome)?.means ?? "";
}
