import { relative } from "node:path";
import type { DestinationSettings } from "../../config/deployment";
import { USER_MIGRATION } from "../../rules/triggers";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import type { Json } from "../aws/json";
import { stateOf, type UndoRecord } from "../pool-change/record";
import type { UndoFiles } from "../pool-change/undo-files";
import { openAt, openText, triggerText } from "../pool-change/what-is-left";
import { findDestination } from "../pools/confirmed-pools";
import { poolAddressOf } from "../pools/pool-address";
import { lambdaArnOf } from "../pools/stack-outputs";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";

/**
 * Undo files stay where they were written, so on another machine that there are none says nothing about the pool.
 *
 * @throws {CommandError} CHECKS_FAILED, with what the pool itself says.
 */
export async function refuseWithoutFiles(files: UndoFiles, context: Context): Promise<never> {
  context.terminal.say(`There is no undo file in ${relative(context.root, files.directory)}.`);
  const { trigger, lambdaArn } = await triggerNow(context);
  throw new CommandError(
    EXIT.CHECKS_FAILED,
    "Undo works only in the folder where the change was made, so nothing was changed. " +
      triggerText(trigger, lambdaArn, context.commands),
  );
}

/** Whoever runs undo twice to stop a migration has to hear that it goes on. */
export async function nothingToDo(record: UndoRecord, records: readonly UndoRecord[], context: Context): Promise<void> {
  const { terminal } = context;
  terminal.say(`Nothing to do: ${record.id} is ${stateOf(record)}.`);
  const { place, trigger, lambdaArn } = await triggerNow(context);
  const open = openText(openAt(poolAddressOf(place), records), context.commands);
  if (open !== undefined) terminal.say(open);
  terminal.say(triggerText(trigger, lambdaArn, context.commands));
}

async function triggerNow(context: Context): Promise<{ place: ConfirmedPool; trigger: Json; lambdaArn: string }> {
  const deployment = context.deployment();
  const place = await findDestination(context, deployment);
  const trigger = place.userPool.LambdaConfig?.[USER_MIGRATION.lambdaConfigKey] ?? null;
  // findDestination has refused a deployment without one.
  return { place, trigger, lambdaArn: lambdaArnOf(deployment.destination as DestinationSettings) };
}
