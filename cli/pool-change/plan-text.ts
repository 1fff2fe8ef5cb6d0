import { createTwoFilesPatch } from "diff";
import { type JsonObject, sorted } from "../aws/json";
import { targetText } from "./change";
import type { Step } from "./plan";

/** What would change, as a unified diff of everything that AWS described: what is not marked stays. */
export function planText(steps: readonly Step[]): string {
  return steps.map(stepText).join("\n");
}

function stepText({ change, described, expected }: Step): string {
  const name = targetText(change.target);
  const patch = createTwoFilesPatch(`${name}, now`, `${name}, then`, linesOf(described), linesOf(expected), "", "", {
    context: 2,
  });
  return patch.replace(/^=+\n/, "").trimEnd();
}

const linesOf = (json: JsonObject): string => `${JSON.stringify(sorted(json), undefined, 2)}\n`;
