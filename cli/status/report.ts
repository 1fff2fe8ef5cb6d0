import type { CommandLines } from "../../config/command-lines";
import { drawCurve } from "../program/curve";
import { percentOf } from "../program/percent";
import { plural } from "../program/plural";
import { table } from "../program/table";
import type { Forecast } from "./forecast";
import type { ProgressSoFar } from "./progress-so-far";
import type { Section } from "./sections";
import { sectionsOf, stampAdvice } from "./sections";
import type { Status } from "./status";

const LAST_DAYS = 14;
const NOT_FROM_SOURCE = "  of them, signed up or made there: not migrated";

export function statusReport(status: Status, columns: number, commands: CommandLines): string {
  const { users, timeline, forecast } = status;
  const curve = drawCurve(
    [(timeline[0]?.total ?? 0) - (timeline[0]?.migrated ?? 0), ...timeline.map(({ total }) => total)],
    users.sourceUsers,
    columns,
  );
  const days = timeline.slice(-LAST_DAYS).map((day) => [day.date, day.migrated, day.total]);
  return [
    table(["Users", "", "%"], userRows(users)),
    ...(curve === "" ? [] : [`Migrated, by day since ${timeline[0]?.date}`, curve]),
    days.length > 0 && table(["Day (UTC)", "Migrated", "Total"], days),
    forecastText(forecast, users),
    ...sectionsOf(status).flatMap(sectionText),
    ...stampAdvice(status, commands),
    users.stuck > 0 && stuckText(users, commands),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function userRows(users: ProgressSoFar): (string | number)[][] {
  const { sourceUsers, migrated, remaining, nameTaken, destinationUsers, notFromSource } = users;
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

const sectionText = ({ title, head, rows, text }: Section): readonly string[] => [
  ...(title && head && rows ? [title, table(head, rows)] : []),
  ...(text === undefined ? [] : [text]),
];

const stuckText = ({ stuck }: ProgressSoFar, commands: CommandLines): string =>
  `${plural(stuck, "user")} ${stuck === 1 ? "has" : "have"} been RESET_REQUIRED since they were created and have set no new password: they were handed over without a lasting one (` +
  `forgotten, temporary, or with a reset due at the source), or imported. This names them (docs/runbook.md says what to do): ${commands.program("status", "--list-stuck")}`;

const number = (count: number): string => count.toLocaleString("en-US");
