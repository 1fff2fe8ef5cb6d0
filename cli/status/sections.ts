import { OUTCOMES } from "../../rules/outcome";
import { percentOf } from "../program/percent";
import type { Unsuccessful } from "./outcomes";
import type { Status } from "./status";

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

export function handOversSection({ handOvers: found }: Pick<Status, "handOvers">): Section {
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
    `Last at ${lastAgain.toISOString().slice(0, 16).replace("T", " ")} UTC. Cognito asks only about users it does not have: it refused these, or ` +
    'somebody deleted them at the destination in between. docs/runbook.md, "Users are handed over again and again", says why and what to do.'
  );
}
