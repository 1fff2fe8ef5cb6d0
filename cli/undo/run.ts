import { relative } from "node:path";
import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import { USER_MIGRATION } from "../../rules/triggers";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { type Json, type JsonObject, valueAt } from "../aws/json";
import { applySteps } from "../pool-change/apply";
import { type Change, type Snapshot, targetText } from "../pool-change/change";
import { valueText } from "../pool-change/compare";
import { driftText } from "../pool-change/infrastructure-lines";
import { changesOf, describedIn, type Plan, passwordFlowNotes, planText, planUpdates } from "../pool-change/plan";
import { isOpen, type Reversal, reversalOf, stateOf, type UndoRecord, undoText } from "../pool-change/record";
import type { UndoFiles } from "../pool-change/undo-files";
import { UserPoolSettings } from "../pool-change/user-pool-settings";
import { isAttached, openAt, openText, triggerAfter, triggerText } from "../pool-change/what-is-left";
import { findDestination } from "../pools/confirmed-pools";
import { isSamePool, type PoolAddress, poolAddressOf } from "../pools/pool-address";
import { functionArnsOf, lambdaArnOf } from "../pools/stack-outputs";
import type { Context } from "../program/command";
import { CommandError, EXIT, type ExitCode } from "../program/exit";
import { refuseBrokenTokenFunction, refuseProblems, refuseWithoutMemberships } from "./refuse-problems";

/**
 * Takes back one command: the last one, or the one of that id. What was there before comes back, unless somebody has
 * changed it since.
 *
 * @param replace Whether another function's trigger may come onto the pool.
 */
export async function runUndo(
  { id, apply, replace }: { readonly id: string | undefined; readonly apply: boolean; readonly replace: boolean },
  files: UndoFiles,
  context: Context,
): Promise<ExitCode> {
  const { terminal, signal, commands } = context;
  const records = files.all();
  const record = records.length === 0 ? undefined : chosen(records, id, commands);
  if (record === undefined) return refuseWithoutFiles(files, context);
  if (!isOpen(record)) return nothingToDo(record, records, context);
  const deployment = context.deployment();
  const place = await findDestination(context, deployment);
  refuseElsewhere(record, poolAddressOf(place), commands);
  const port = new UserPoolSettings(place);
  const snapshot = await snapshotFor(record, port);
  const plan = planOf(record, snapshot);
  terminal.say(`Taking back ${record.id}:`);
  showPlan(plan, snapshot, context);
  const settings = deployment.destination as DestinationSettings;
  const arns = functionArnsOf(settings);
  await refuseProblems(plan, port, { replace, arns });
  refuseWithoutMemberships(plan, snapshot.userPool, settings, commands);
  await refuseBrokenTokenFunction(plan, place, settings, context);
  const others = records.filter((one) => one !== record);
  const left = openText(openAt(poolAddressOf(place), others), commands);
  const trigger = triggerAfter(plan, snapshot.userPool);
  if (!apply) {
    if (isAttached(trigger, arns.migration)) terminal.say("Afterwards the trigger is on this pool, and users migrate.");
    if (plan.steps.length > 0)
      terminal.say("This is the plan, and nothing was changed. To do it, give the same command with --apply.");
    return EXIT.DONE;
  }
  const undo = undoText(record, arns, commands);
  await applySteps(plan.steps, { port, signal, undo, before: [], say: terminal.say });
  files.write({ ...record, undoneAt: context.now().toISOString() });
  terminal.say(`Done: ${record.id} is taken back.`);
  if (left !== undefined) terminal.say(left);
  if (left !== undefined || isAttached(trigger, arns.migration))
    terminal.say(triggerText(trigger, arns.migration, commands));
  return EXIT.DONE;
}

/** Without an id it is the last one, even when that was taken back: a second run must not go further back by itself. */
function chosen(
  records: readonly UndoRecord[],
  id: string | undefined,
  commands: CommandLines,
): UndoRecord | undefined {
  if (id === undefined) return records.findLast(({ replacedBy }) => replacedBy === undefined) ?? records.at(-1);
  const record = records.find((one) => one.id === id);
  if (record === undefined)
    throw new CommandError(EXIT.USAGE, `There is no ${id}: see ${commands.program("undo", "--list")}.`);
  return record;
}

function planOf({ changes }: UndoRecord, snapshot: Snapshot): Plan {
  const reversals = [...changes]
    .reverse()
    .map((change) => reversalOf(change, valueAt(describedIn(snapshot, change.target), change.path)));
  refuseConflicts(reversals);
  return planUpdates(
    snapshot,
    reversals.flatMap((one) => (one.kind === "change" ? one.change : [])),
  );
}

function showPlan(plan: Plan, snapshot: Snapshot, { terminal }: Pick<Context, "terminal">): void {
  if (plan.steps.length === 0) {
    terminal.say("Nothing to change: everything is as it was before. --apply notes that it is taken back.");
    return;
  }
  for (const note of passwordFlowNotes(changesOf(plan))) terminal.say(`Note: ${note}`);
  terminal.print(planText(plan.steps));
  terminal.say(driftText(snapshot));
}

function refuseElsewhere(record: UndoRecord, here: PoolAddress, commands: CommandLines): void {
  if (isSamePool(record, here)) return;
  const text = ({ account, region, userPoolId }: PoolAddress): string => `${account} ${region} ${userPoolId}`;
  throw new CommandError(
    EXIT.CHECKS_FAILED,
    `${record.id} changed ${text(record)}; the settings here are for ${text(here)}. Use the settings of that pool, or name another id: ` +
      `see ${commands.program("undo", "--list")}. Nothing was changed.`,
  );
}

async function snapshotFor({ changes }: UndoRecord, port: UserPoolSettings): Promise<Snapshot> {
  const ids = new Set(changes.filter(({ target }) => target.kind === "app-client").map(({ target }) => target.id));
  const clients: JsonObject[] = [];
  for (const id of ids) clients.push(await port.appClient(id));
  return { userPool: await port.userPool(), clients };
}

function refuseConflicts(reversals: readonly Reversal[]): void {
  const conflicts = reversals.flatMap((one) => (one.kind === "conflict" ? conflictText(one.change, one.found) : []));
  if (conflicts.length === 0) return;
  throw new CommandError(
    EXIT.CHECKS_FAILED,
    [
      "Somebody has changed this since, so nothing was taken back:",
      ...conflicts,
      "Set these values by hand, then run undo again.",
    ].join("\n"),
  );
}

function conflictText({ target, path, before, after }: Change, found: Json): string {
  return [
    `  ${targetText(target)}, ${path.join(".")}`,
    `    before the change  ${valueText(before)}`,
    `    after the change   ${valueText(after)}`,
    `    now                ${valueText(found)}`,
  ].join("\n");
}

/**
 * Undo files stay where they were written, so on another machine that there are none says nothing about the pool.
 *
 * @throws {CommandError} CHECKS_FAILED, with what the pool itself says.
 */
async function refuseWithoutFiles(files: UndoFiles, context: Context): Promise<never> {
  context.terminal.say(`There is no undo file in ${relative(context.root, files.directory)}.`);
  const { text } = await triggerNow(context);
  throw new CommandError(
    EXIT.CHECKS_FAILED,
    `Undo works only in the folder where the change was made, so nothing was changed. ${text}`,
  );
}

/** Whoever runs undo twice to stop a migration has to hear that it goes on. */
async function nothingToDo(record: UndoRecord, records: readonly UndoRecord[], context: Context): Promise<ExitCode> {
  const { terminal, commands } = context;
  terminal.say(`Nothing to do: ${record.id} is ${stateOf(record)}.`);
  const { place, text } = await triggerNow(context);
  const open = openText(openAt(poolAddressOf(place), records), commands);
  if (open !== undefined) terminal.say(open);
  terminal.say(text);
  return EXIT.DONE;
}

async function triggerNow(context: Context): Promise<{ place: ConfirmedPool; text: string }> {
  const deployment = context.deployment();
  const place = await findDestination(context, deployment);
  const trigger = place.userPool.LambdaConfig?.[USER_MIGRATION.lambdaConfigKey] ?? null;
  // findDestination has refused a deployment without one.
  const lambdaArn = lambdaArnOf(deployment.destination as DestinationSettings);
  return { place, text: triggerText(trigger, lambdaArn, context.commands) };
}
