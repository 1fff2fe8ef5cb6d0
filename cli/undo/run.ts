import { UserPoolSettings } from "../aws/user-pool-settings";
import type { Context } from "../command";
import { CommandError, EXIT, type ExitCode } from "../exit";
import { applySteps } from "../user-pool-update/apply";
import { type Change, type Snapshot, targetText } from "../user-pool-update/change";
import { type Json, type JsonObject, sorted, valueAt } from "../user-pool-update/json";
import { describedIn, type Plan, planUpdates } from "../user-pool-update/plan";
import { planText } from "../user-pool-update/plan-text";
import { problemsBeforeUpdate } from "../user-pool-update/problems-before-update";
import { findDestination, type Place } from "../who-and-where";
import { isOpen, type Reversal, reversalOf, stateOf, type UndoRecord } from "./record";
import type { UndoFiles } from "./undo-files";

/**
 * Takes back one command: the last one, or the one of that id. What was there before comes back, unless somebody has
 * changed it since.
 */
export async function runUndo(
  id: string | undefined,
  apply: boolean,
  files: UndoFiles,
  context: Context,
): Promise<ExitCode> {
  const { terminal, signal } = context;
  const record = chosen(files.all(), id);
  if (record === undefined || !isOpen(record)) {
    terminal.say(
      record === undefined
        ? "Nothing to do: nothing was changed from here."
        : `Nothing to do: ${record.id} is ${stateOf(record)}.`,
    );
    return EXIT.DONE;
  }
  const place = await findDestination(context, context.deployment());
  refuseElsewhere(record, place);
  const port = new UserPoolSettings(place);
  const snapshot = await snapshotFor(record, port);
  const reversals = [...record.changes]
    .reverse()
    .map((change) => reversalOf(change, valueAt(describedIn(snapshot, change.target), change.path)));
  refuseConflicts(reversals);
  const plan = planUpdates(
    snapshot,
    reversals.flatMap((one) => (one.kind === "change" ? one.change : [])),
  );
  await refuseProblems(plan, port);
  terminal.say(`Taking back ${record.id}:`);
  if (plan.steps.length > 0) terminal.print(planText(plan.steps));
  else terminal.say("Nothing to change: everything is as it was before.");
  if (!apply) {
    terminal.say("This is the plan, and nothing was changed. To do it, give the same command with --apply.");
    return EXIT.DONE;
  }
  await applySteps(plan.steps, {
    port,
    signal,
    undo: `npx cognito-migration undo ${record.id} --apply`,
    say: terminal.say,
  });
  files.write({ ...record, undoneAt: context.now().toISOString() });
  terminal.say(`Done: ${record.id} is taken back.`);
  return EXIT.DONE;
}

/** Without an id it is the last one, even when that was taken back: a second run must not go further back by itself. */
function chosen(records: readonly UndoRecord[], id: string | undefined): UndoRecord | undefined {
  if (id === undefined) return records.filter(({ replacedBy }) => replacedBy === undefined).at(-1);
  const record = records.find((one) => one.id === id);
  if (record === undefined)
    throw new CommandError(EXIT.USAGE, `There is no ${id}: see npx cognito-migration undo --list.`);
  return record;
}

function refuseElsewhere(record: UndoRecord, { account, side }: Place): void {
  const then = `${record.account} ${record.region} ${record.userPoolId}`;
  const now = `${account} ${side.region} ${side.userPoolId}`;
  if (then === now) return;
  throw new CommandError(
    EXIT.CHECKS_FAILED,
    `${record.id} changed ${then}; the settings here are for ${now}. Use the settings of that pool, or name another id: ` +
      "see npx cognito-migration undo --list. Nothing was changed.",
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
      "Set by hand what it is to be, then run undo again.",
    ].join("\n"),
  );
}

function conflictText({ target, path, before, after }: Change, found: Json): string {
  const text = (json: Json): string => (json === null ? "nothing" : JSON.stringify(sorted(json)));
  return [
    `  ${targetText(target)}, ${path.join(".")}`,
    `    before the change  ${text(before)}`,
    `    after the change   ${text(after)}`,
    `    now                ${text(found)}`,
  ].join("\n");
}

async function refuseProblems(plan: Plan, port: UserPoolSettings): Promise<void> {
  const problems = plan.steps.length === 0 ? [] : await problemsBeforeUpdate(plan, port);
  if (problems.length > 0)
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      `Refused, and nothing was changed:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
}
