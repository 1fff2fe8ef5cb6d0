import type { DestinationSettings } from "../../config/deployment";
import type { FunctionArns } from "../../rules/triggers";
import { checkTokenFunction } from "../attach/token-function";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { changesOf, type Plan } from "../pool-change/plan";
import { problemsBeforeUpdate, refuse } from "../pool-change/problems-before-update";
import { anothersIn, functionIn, triggerOf } from "../pool-change/triggers";
import type { UserPoolSettings } from "../pool-change/user-pool-settings";
import { functionArnsOf, isOfFunction } from "../pools/stack-outputs";
import type { Context } from "../program/command";

/** @throws {CommandError} CHECKS_FAILED with all that speaks against the plan. */
export async function refuseProblems(
  plan: Plan,
  port: UserPoolSettings,
  { replace, arns }: { readonly replace: boolean; readonly arns: FunctionArns },
): Promise<void> {
  if (plan.steps.length === 0) return;
  refuse([...(await problemsBeforeUpdate(plan, port)), ...(replace ? [] : anothersTriggers(plan, arns))]);
}

/** Undo may be the one who puts it back after its function was destroyed: every sign-in would fail. */
export async function refuseBrokenTokenFunction(
  plan: Plan,
  place: ConfirmedPool,
  settings: DestinationSettings,
  { terminal, signal }: Pick<Context, "terminal" | "signal">,
): Promise<void> {
  const { token } = functionArnsOf(settings);
  const comesBack = changesOf(plan).some(({ path, after }) => {
    const arn = triggerOf({ path })?.function === "token" ? functionIn(after) : null;
    return arn !== null && isOfFunction(String(arn), token);
  });
  if (!comesBack) return;
  const { problems, warnings } = await checkTokenFunction(place, settings, settings.userPool.arn, signal);
  for (const warning of warnings) terminal.say(`Note: ${warning}`);
  refuse(problems);
}

/** A trigger is given passwords, and an undo file is no proof of what was there: the operator has to agree, as with attach. */
function anothersTriggers(plan: Plan, arns: FunctionArns): readonly string[] {
  const texts = changesOf(plan).flatMap(({ path, after }) => {
    const anothers = anothersIn({ path, value: after }, arns);
    if (anothers === undefined) return [];
    const { trigger, shown } = anothers;
    return (
      `It would put another ${trigger.name} trigger onto the pool, not this migration's function: ${shown}. Cognito gives it ` +
      `${trigger.receives}. If it shall be there again, give --replace.`
    );
  });
  return [...new Set(texts)];
}
