import type { CommandLines } from "../../config/command-lines";
import { drawCurve } from "../program/curve";
import { percentOf } from "../program/percent";
import { plural } from "../program/plural";
import { table } from "../program/table";
import type { Forecast } from "./forecast";
import { HAND_OVERS_HEAD, handOverRows, handOversText, handOversTitle } from "./hand-over-words";
import type { HandOvers } from "./hand-overs";
import { OUTCOMES_HEAD, outcomeRows, outcomesTitle, unknownOutcomes } from "./outcome-words";
import type { Outcomes } from "./outcomes";
import type { ProgressSoFar } from "./progress-so-far";
import type { Status } from "./status";

const LAST_DAYS = 14;
const NOT_FROM_SOURCE = "  of them, signed up or made there: not migrated";

/** The status for people. */
export function statusReport(
  { users, timeline, outcomes, handOvers, forecast }: Status,
  columns: number,
  commands: CommandLines,
): string {
  const curve = drawCurve(
    [(timeline[0]?.total ?? 0) - (timeline[0]?.migrated ?? 0), ...timeline.map(({ total }) => total)],
    users.sourceUsers,
    columns,
  );
  return [
    table(["Users", "", "%"], userRows(users)),
    ...(curve === "" ? [] : [`Migrated, by day since ${timeline[0]?.date}`, curve]),
    ...(timeline.length === 0
      ? []
      : [
          table(
            ["Day (UTC)", "Migrated", "Total"],
            timeline.slice(-LAST_DAYS).map((day) => [day.date, day.migrated, day.total]),
          ),
        ]),
    forecastText(forecast, users),
    outcomesText(outcomes),
    handOversBlock(handOvers),
    ...stuckText(users, commands),
  ].join("\n\n");
}

function userRows({
  sourceUsers,
  migrated,
  remaining,
  nameTaken,
  destinationUsers,
  notFromSource,
}: ProgressSoFar): (string | number)[][] {
  const percent = (count: number): string => (sourceUsers === 0 ? "" : percentOf(count, sourceUsers));
  return [
    ["In the source", sourceUsers, percent(sourceUsers)],
    ["Migrated", migrated, percent(migrated)],
    ["Remaining", remaining, percent(remaining)],
    ...(nameTaken === 0
      ? []
      : [["  of them, somebody else at the destination has the name", nameTaken, percent(nameTaken)]]),
    ["In the destination", destinationUsers, ""],
    ...(notFromSource === 0 ? [] : [[NOT_FROM_SOURCE, notFromSource, ""]]),
  ];
}

/** One sentence or two, for terminal and page. */
export function forecastText(forecast: Forecast, { sourceUsers }: ProgressSoFar): string {
  if (forecast.kind === "none") return `No forecast: ${forecast.because}.`;
  const { halfDays, before, after, plateau, plateauRange, flatOn, flatRange } = forecast;
  const percent = (count: number): string => percentOf(count, sourceUsers, 0);
  return (
    `The curve flattens about ${flatOn} (${flatRange[0]} to ${flatRange[1] ?? "no end in sight"}) at ${plural(plateau, "user")}, ` +
    `${percent(plateau)} % (${percent(plateauRange[0])} to ${percent(plateauRange[1])} %), if it goes on like this: ` +
    `${plural(after, "user")} in the last ${halfDays} days after ${number(before)} in the ${halfDays} before.`
  );
}

function outcomesText(outcomes: Outcomes | { readonly because: string }): string {
  if ("because" in outcomes) return unknownOutcomes(outcomes);
  return [outcomesTitle(outcomes), table(OUTCOMES_HEAD, outcomeRows(outcomes))].join("\n\n");
}

function handOversBlock(handOvers: HandOvers | { readonly because: string }): string {
  if ("because" in handOvers) return handOversText(handOvers);
  return [handOversTitle(handOvers), table(HAND_OVERS_HEAD, handOverRows(handOvers)), handOversText(handOvers)].join(
    "\n\n",
  );
}

function stuckText({ stuck }: ProgressSoFar, commands: CommandLines): string[] {
  if (stuck === 0) return [];
  const who = `${plural(stuck, "user")} ${stuck === 1 ? "has" : "have"} been`;
  return [
    `${who} RESET_REQUIRED since they were created and have set no new password: they were handed over without a lasting one (` +
      `forgotten, temporary, or with a reset due at the source), or imported. This names them (docs/runbook.md says what to do): ${commands.program("status", "--list-stuck")}`,
  ];
}

const number = (count: number): string => count.toLocaleString("en-US");
