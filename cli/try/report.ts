import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import { visible } from "../../config/visible";
import { alarmsOf } from "../../rules/alarms";
import { outcomeNamed, USER_GETS } from "../../rules/outcome";
import { unknownOfLacking } from "../../rules/required-attributes";
import { WHY_DROPPED } from "../../rules/why-dropped";
import { plural } from "../program/plural";
import { table } from "../program/table";
import type { Tried } from "./answer";

/** What a try does, said before it is done: there is no way to look without it. */
export function whatIsReal(settings: DestinationSettings, count: number, isForgotten: boolean): string {
  const { sourceUserPoolId } = settings;
  return [
    `Tries ${plural(count, "sign-in")}, without Cognito: no user is created at the destination.`,
    isForgotten
      ? `At ${sourceUserPoolId} it reads the profile, so that the user is a monthly active user there. No code is sent.`
      : `At ${sourceUserPoolId} it is real: the user is a monthly active user there, a wrong password counts towards the lock-out, triggers run, and a second factor may be sent as a text message.`,
    `The alarm ${alarmsOf(settings)["tried"]?.alarmName} fires: tell whoever is on call.`,
  ].join("\n");
}

/** Somebody who was tried, under the name that the source was asked for. */
export interface Result extends Tried {
  readonly user: string;
  /** What the destination requires, and the user would not bring. */
  readonly lacking: readonly string[];
}

/** Only with attributes Cognito would make a user. */
export const wouldArrive = ({ attributes }: Tried): boolean => Object.keys(attributes).length > 0;

const UNKNOWN = "an outcome that this program does not know: the function is of a newer version";

function meaning({ report: { outcome, errorName } }: Result): string {
  const behind = errorName === undefined ? "" : ` (${errorName})`;
  return visible(`${outcomeNamed(outcome)?.means ?? UNKNOWN}${behind}`);
}

/** For people. @param isTable Several were to be tried, however many were. */
export function resultsReport(
  results: readonly Result[],
  isTable: boolean,
  showValues: boolean,
  commands: CommandLines,
): string {
  const [only] = results;
  const text = isTable || only === undefined ? resultsText(results, showValues) : resultText(only, showValues);
  // Cognito looks there first, and asks the function only for whom it does not find.
  return `${text}\n\nThe destination was not looked at: whether the user is there already, and whether the trigger is attached, ${commands.program("explain", "--user")} says.`;
}

export function resultText(result: Result, showValues: boolean): string {
  const { report, attributes } = result;
  const row = outcomeNamed(report.outcome);
  const dropped = Object.entries(report.dropped).sort();
  const lines: (readonly [label: string, ...texts: string[]])[] = [
    ["Outcome", `${report.outcome}: ${meaning(result)}`],
    ["The user would be", row === undefined ? "as the function's own docs/outcomes.md says" : USER_GETS[row.kind]],
    ["Would arrive", ...arriving(attributes, showValues)],
    [
      "Would stay behind",
      ...(dropped.length === 0
        ? [wouldArrive(result) ? "nothing (beside what ATTRIBUTE_EXCLUDE names)" : "-"]
        : dropped.map(([name, why]) => `${name}: ${WHY_DROPPED[why]}`)),
    ],
    ...unknownOfLacking(result.lacking).map((one) => ["Not known", one] as const),
    ...(report.factors.length === 0 ? [] : [["Second factors", factors(report)] as const]),
    ["Took", `${took(report)}; ${report.calls.join(", ") || "nothing was sent"}`],
  ];
  const width = Math.max(...lines.map(([label]) => label.length)) + 2;
  return lines
    .flatMap(([label, ...texts]) => texts.map((text, at) => `${(at === 0 ? label : "").padEnd(width)}${visible(text)}`))
    .join("\n");
}

function arriving(attributes: Tried["attributes"], showValues: boolean): string[] {
  const entries = Object.entries(attributes).sort();
  if (entries.length === 0) return ["nothing"];
  return showValues ? entries.map(([name, value]) => `${name}=${value}`) : [entries.map(([name]) => name).join(", ")];
}

function factors({ factors: all, droppedFactors }: Tried["report"]): string {
  return droppedFactors.length === 0
    ? all.join(", ")
    : `${all.join(", ")}, of which ${droppedFactors.join(", ")} would stay behind`;
}

const took = ({ durationMs, coldStart }: Tried["report"]): string => `${durationMs} ms, ${coldStart ? "cold" : "warm"}`;

/** Several users: a table, and what its outcomes mean. */
export function resultsText(results: readonly Result[], showValues: boolean): string {
  const rows = results.map(({ user, report, attributes }) => [
    user,
    report.outcome,
    Object.keys(attributes).length,
    Object.keys(report.dropped).sort().join(", "),
    took(report),
  ]);
  const meanings = new Map(results.map((result) => [result.report.outcome, meaning(result)]));
  return [
    table(["User", "Outcome", "Arrive", "Stay behind", "Took"], rows),
    table(["Outcome", "It means"], [...meanings]),
    ...(showValues
      ? results.map((result) => `${visible(result.user)}\n${resultText(result, true)}`)
      : results.flatMap(({ user, lacking }) =>
          unknownOfLacking(lacking).map((one) => visible(`Not known of ${user}: ${one}`)),
        )),
  ].join("\n\n");
}

export function resultsDocument(lambdaArn: string, results: readonly Result[], showValues: boolean): object {
  return {
    function: lambdaArn,
    tried: results.map((result) => {
      const { user, report, attributes, lacking } = result;
      return {
        ...report,
        user,
        wouldArrive: wouldArrive(result),
        lacking,
        kind: outcomeNamed(report.outcome)?.kind ?? null,
        means: meaning(result),
        attributes: showValues ? attributes : Object.keys(attributes).sort(),
      };
    }),
  };
}
