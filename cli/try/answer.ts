import * as v from "valibot";
import type { CommandLines } from "../../config/command-lines";
import { parseJson } from "../../config/json-text";
import { visible } from "../../config/visible";
import type { Attributes } from "../../rules/names";
import { TRIED, type TriedReport } from "../../rules/tried";
import { WHY_DROPPED, type WhyDropped } from "../../rules/why-dropped";
import { CommandError, EXIT } from "../program/exit";

/** What the function has said of a tried sign-in. */
export interface Tried {
  readonly report: TriedReport;
  /** With values; empty where nobody would be made. */
  readonly attributes: Attributes;
}

export interface Answered {
  readonly payload: string;
  /** Whether Lambda says that the function failed. */
  readonly failed: boolean;
}

const REPORT: v.GenericSchema<unknown, TriedReport> = v.object({
  outcome: v.string(),
  errorName: v.optional(v.string()),
  dropped: v.record(v.string(), v.picklist(Object.keys(WHY_DROPPED) as WhyDropped[])),
  factors: v.array(v.string()),
  droppedFactors: v.array(v.string()),
  calls: v.array(v.string()),
  durationMs: v.number(),
  coldStart: v.boolean(),
});

const ANSWER = v.looseObject({
  [TRIED]: REPORT,
  response: v.nullish(v.looseObject({ userAttributes: v.nullish(v.record(v.string(), v.string())) })),
});

export const deployFirst = (commands: CommandLines): string =>
  `Deploy the destination first: ${commands.cdktf("deploy", "destination")}.`;

/** @throws {CommandError} CHECKS_FAILED when the function has not understood that it was tried, or did not get to an answer. */
export function readAnswer({ payload, failed }: Answered, lambdaArn: string, commands: CommandLines): Tried {
  if (failed) throw new CommandError(EXIT.CHECKS_FAILED, whyFailed(payload, lambdaArn, commands));
  const answer = parseJson(ANSWER, payload);
  if ("value" in answer) {
    const { [TRIED]: report, response } = answer.value;
    return { report, attributes: response?.userAttributes ?? {} };
  }
  // An older version hands back what it does not know.
  const echo = parseJson(v.looseObject({ [TRIED]: v.boolean() }), payload);
  if ("value" in echo) throw new CommandError(EXIT.CHECKS_FAILED, olderVersion(lambdaArn, commands));
  throw new CommandError(
    EXIT.CHECKS_FAILED,
    `${lambdaArn} answered with ${answer.found}, expected a report of the tried sign-in. Compare its code with what this program comes with: ` +
      `${commands.program("preflight")}, check function-code.`,
  );
}

const olderVersion = (lambdaArn: string, commands: CommandLines): string =>
  `${lambdaArn} is of an older version, which does not know tried sign-ins: it took this one for a user's, and counted it so. Nobody was made. ${deployFirst(commands)}`;

/** The function never fails at a tried sign-in, so it is another one, or it was ended. Lambda's message may say more than it should. */
function whyFailed(payload: string, lambdaArn: string, commands: CommandLines): string {
  const error = parseJson(v.looseObject({ errorType: v.string() }), payload);
  const type = "value" in error ? error.value.errorType : "";
  if (type === "MigrationFailure") return olderVersion(lambdaArn, commands);
  return (
    `${lambdaArn} crashed or ran out of time${type === "" ? "" : ` (${visible(type)})`}, so it is not known what the source has seen. ` +
    `Its log says more; ${commands.program("preflight")} compares its code and configuration.`
  );
}
