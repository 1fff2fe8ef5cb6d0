import { percentOf } from "../program/percent";
import type { HandOvers } from "./hand-overs";

export const HAND_OVERS_HEAD = ["Handed over", "Names", "Times", "%"] as const;

export const handOversTitle = ({ since }: HandOvers): string =>
  `Handed over to Cognito since ${since.toISOString().slice(0, 10)}, as the log has it`;

export function handOverRows({ names, handOvers, namesAgain, timesAgain }: HandOvers): readonly (string | number)[][] {
  const percent = handOvers === 0 ? "" : percentOf(timesAgain, handOvers);
  return [
    ["in all", names, handOvers, ""],
    ["again, a minute later or more", namesAgain, timesAgain, percent],
  ];
}

/** For terminal and page. */
export function handOversText(handOvers: HandOvers | { readonly because: string }): string {
  if ("because" in handOvers) return `Hand-overs are not counted: ${handOvers.because}`;
  const { names, lastAgain } = handOvers;
  if (names === 0) return "Nobody was handed over.";
  if (lastAgain === undefined)
    return "Nobody was handed over twice. A user whom Cognito refused and who has not come back does not show.";
  return (
    `Last at ${lastAgain.toISOString().slice(0, 16).replace("T", " ")} UTC. Cognito asks only about users it does not have: it refused these, or ` +
    'somebody deleted them at the destination in between. docs/runbook.md, "Users are handed over again and again", says why and what to do.'
  );
}
