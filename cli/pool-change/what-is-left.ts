import type { CommandLines } from "../../config/command-lines";
import { visible } from "../../config/visible";
import { USER_MIGRATION } from "../../rules/triggers";
import { type Json, type JsonObject, valueAt } from "../aws/json";
import { isSamePool, type PoolAddress } from "../pools/pool-address";
import { isOfFunction } from "../pools/stack-outputs";
import { changesOf, type Plan } from "./plan";
import { isOpen, type UndoRecord, undoCommand } from "./record";
import { triggerOf, triggerPath } from "./triggers";

/** Records of this pool that can be taken back, the last first. */
export function openAt(pool: PoolAddress, records: readonly UndoRecord[]): readonly UndoRecord[] {
  return records.filter((one) => isOpen(one) && isSamePool(one, pool)).reverse();
}

/** What the pool calls for users whom it does not know. */
export const migrationTrigger = (userPool: JsonObject): Json => valueAt(userPool, triggerPath(USER_MIGRATION));

/** The same, once the plan is applied. */
export function triggerAfter(plan: Plan, userPool: JsonObject): Json {
  const change = changesOf(plan).find((one) => triggerOf(one) === USER_MIGRATION);
  return change === undefined ? migrationTrigger(userPool) : change.after;
}

export const isAttached = (trigger: Json, lambdaArn: string): boolean =>
  trigger !== null && isOfFunction(String(trigger), lambdaArn);

/** Says what the pool calls, and where it calls this function, the one command that stops the migration, whatever was changed when. */
export function triggerText(trigger: Json, lambdaArn: string, commands: CommandLines): string {
  if (trigger === null) return "The pool has no user migration trigger now.";
  if (!isAttached(trigger, lambdaArn))
    return `The pool's user migration trigger is ${visible(String(trigger))}, which is not this migration's function.`;
  return `The trigger is on this pool, and users migrate. To stop that now: ${commands.program("detach", "--apply")}`;
}

export function openText(open: readonly UndoRecord[], commands: CommandLines): string | undefined {
  if (open.length === 0) return undefined;
  return [
    "Still to be taken back, each by its own command, in this order:",
    ...open.map((record) => `  ${undoCommand(record, commands)}`),
  ].join("\n");
}
