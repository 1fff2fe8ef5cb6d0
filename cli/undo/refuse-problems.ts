import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import { demandsMembership } from "../../rules/token-function";
import { type FunctionArns, PRE_TOKEN_GENERATION } from "../../rules/triggers";
import { checkTokenFunction } from "../attach/token-function";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import type { JsonObject } from "../aws/json";
import { changesOf, type Plan } from "../pool-change/plan";
import { problemsBeforeUpdate, refuse } from "../pool-change/problems-before-update";
import { anothersIn, functionIn, triggerOf, triggersOn } from "../pool-change/triggers";
import type { UserPoolSettings } from "../pool-change/user-pool-settings";
import { isAttached, triggerAfter } from "../pool-change/what-is-left";
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

/**
 * What would leave users migrating who must not arrive without a membership, and nobody who makes it.
 *
 * @throws {CommandError} CHECKS_FAILED where it would.
 */
export function refuseWithoutMemberships(
  plan: Plan,
  userPool: JsonObject,
  settings: Pick<DestinationSettings, "userPool" | "names" | "groupsOrRefuse">,
  commands: CommandLines,
): void {
  const changes = changesOf(plan).filter((change) => triggerOf(change) !== undefined);
  if (changes.length === 0 || !demandsMembership(settings)) return;
  const { migration, token } = functionArnsOf(settings);
  if (!isAttached(triggerAfter(plan, userPool), migration)) return;
  const LambdaConfig: JsonObject = {
    ...(userPool["LambdaConfig"] as JsonObject | undefined),
    ...Object.fromEntries(changes.map(({ path, after }) => [String(path.at(-1)), after])),
  };
  const answers = triggersOn({ LambdaConfig }, { token }).some(
    ({ calls, isAnothers, otherVersion }) => calls !== null && !isAnothers && otherVersion === undefined,
  );
  if (answers) return;
  refuse([
    `GROUPS_OR_REFUSE is set. Afterwards users would migrate, and the ${PRE_TOKEN_GENERATION.name} trigger would make nobody a member. ` +
      `Stop the migration first: ${commands.program("detach", "--apply")}; or leave GROUPS_OR_REFUSE out and deploy the destination.`,
  ]);
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
