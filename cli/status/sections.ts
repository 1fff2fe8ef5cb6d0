import type { CommandLines } from "../../config/command-lines";
import { OUTCOMES } from "../../rules/outcome";
import type { TokenMetricName } from "../../rules/token-metrics";
import { percentOf } from "../program/percent";
import { plural } from "../program/plural";
import { windowText } from "../program/window-text";
import type { Unsuccessful } from "./outcomes";
import type { StampStatus, Status } from "./status";

/** A part of the report, for terminal and page: a table under its title, words below it, or either. */
export interface Section {
  readonly title?: string;
  readonly head?: readonly string[];
  readonly rows?: readonly (readonly (string | number)[])[];
  readonly text?: string;
}

const since = (date: Date): string => `since ${date.toISOString().slice(0, 10)}`;

/** Each reason stands below the number that it is a part of. */
export function outcomesSection({ outcomes }: Pick<Status, "outcomes">): Section {
  if ("because" in outcomes) return { text: `Outcomes are not known: ${outcomes.because}` };
  const { migrated, resetRequired, refused, failed } = outcomes;
  return {
    title: `Sign-ins of unknown users ${since(outcomes.since)}, as the function counted them`,
    head: ["Outcome", "Sign-ins", ""],
    rows: [
      ["migrated", migrated, OUTCOMES.migrated.means],
      ["reset_required", resetRequired, OUTCOMES.migrated_reset_required.means],
      ...withReasons("refused", refused),
      ...withReasons("failed", failed),
    ],
  };
}

const withReasons = (name: string, { signIns, reasons }: Unsuccessful): (string | number)[][] => [
  [name, signIns, ""],
  ...reasons.map((one) => [`  ${one.reason}`, one.signIns, one.means]),
];

function handOversSection({ handOvers: found }: Pick<Status, "handOvers">): Section {
  if ("because" in found) return { text: `Hand-overs are not counted: ${found.because}` };
  const { names, handOvers, namesAgain, timesAgain, lastAgain } = found;
  const percent = handOvers === 0 ? "" : percentOf(timesAgain, handOvers);
  return {
    title: `Handed over to Cognito ${since(found.since)}, as the log has it`,
    head: ["Handed over", "Names", "Times", "%"],
    rows: [
      ["in all", names, handOvers, ""],
      ["again, a minute later or more", namesAgain, timesAgain, percent],
    ],
    text: againText(names, lastAgain),
  };
}

function againText(names: number, lastAgain: Date | undefined): string {
  if (names === 0) return "Nobody was handed over.";
  if (lastAgain === undefined)
    return "Nobody was handed over twice. A user whom Cognito refused and who has not come back does not show.";
  return (
    `Last at ${minute(lastAgain)} UTC. Cognito asks only about users it does not have: it refused these, or ` +
    'somebody deleted them at the destination in between. docs/runbook.md, "Users are handed over again and again", says why and what to do.'
  );
}

const MEANS = {
  TokenGroups: "tokens with a group by the stamp alone",
  MembershipsAdded: "memberships that were made",
  MembershipsLeft: "memberships that were due and not made: left to groups",
  EventsSent: "events that the bus has taken",
  EventsLeft: "events that it has not",
  StampsRefused: "stamps that prove nothing",
  TokenFailed: "tokens without what is due, because the function could not do its work",
} as const satisfies Readonly<Record<TokenMetricName, string>>;

function tokenSection(token: NonNullable<Status["token"]>): Section {
  if ("because" in token) return { text: `What the token function did is not known: ${token.because}` };
  const { counts, errors, longestMs } = token;
  return {
    title: `The token function ${since(token.since)}, as its metrics have it`,
    head: ["Metric", "Count", ""],
    rows: [
      ...Object.entries(MEANS).map(([name, means]) => [name, counts[name as TokenMetricName], means]),
      ["Errors", errors, "crashed or out of time: sign-ins that have failed"],
      ["Duration", Math.round(longestMs), "ms, the longest; sign-ins fail at 5,000"],
    ],
  };
}

function stampSection(stamps: StampStatus): Section {
  const { stamped, unverified, notMembers, leftToGroups, young, windowSeconds } = stamps;
  return {
    title: "Stamps of the destination's users",
    head: ["Stamps", "Users", ""],
    rows: [
      ["verified", stamped, ""],
      ["  not members yet", notMembers, "of a group of their stamp"],
      ["  left to groups", leftToGroups, "their groups are not in the stamp"],
      [`  younger than ${windowText(windowSeconds)}`, young, "the token function goes by them"],
      ["not verified", unverified, "they prove nothing"],
    ],
    text: ageText(stamps),
  };
}

function ageText({ young, youngest, windowSeconds, isTokenAttached, isMigrating }: StampStatus): string {
  const window = windowText(windowSeconds);
  if (young > 0 && youngest !== undefined)
    return `The youngest stamp counts until ${minute(new Date(youngest.getTime() + windowSeconds * 1000))} UTC.`;
  const none = `No stamp is younger than ${window}`;
  if (!isTokenAttached) return `${none}, and the pool calls no token function of this migration.`;
  return isMigrating
    ? `${none}. Whoever migrates next has one: the token function goes with the migration, or when nobody is to migrate any more.`
    : `${none}, so that the token trigger can go.`;
}

/** What to do about it, to be copied: for the terminal alone, because a page is shown to others. */
export function stampAdvice({ stamps }: Pick<Status, "stamps">, commands: CommandLines): string[] {
  if (stamps === undefined) return [];
  const { notMembers, leftToGroups, young, isTokenAttached, isMigrating } = stamps;
  const due = notMembers + leftToGroups;
  const who = `${plural(due, "user")} may not be in their groups, or ${due === 1 ? "has" : "have"} them by the token function alone`;
  const canGo = young === 0 && isTokenAttached && !isMigrating;
  return [
    due > 0 && `${who}. This says whom it would make a member of what: ${commands.program("groups")}`,
    canGo &&
      `${due === 0 ? "This" : "After that, this"} shows the change that takes the token trigger off: ${commands.program("detach", "--groups")}`,
  ].filter((one) => one !== false);
}

const minute = (date: Date): string => date.toISOString().slice(0, 16).replace("T", " ");

/** In the order in which terminal and page show them. */
export const sectionsOf = (status: Status): readonly Section[] => [
  outcomesSection(status),
  handOversSection(status),
  ...(status.token ? [tokenSection(status.token)] : []),
  ...(status.stamps ? [stampSection(status.stamps)] : []),
];
