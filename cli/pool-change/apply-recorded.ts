import { relative } from "node:path";
import type { FunctionArns } from "../../rules/triggers";
import { isSamePool } from "../pools/pool-address";
import type { Context } from "../program/command";
import { applySteps, type UpdatePort } from "./apply";
import { changesOf, type Plan } from "./plan";
import { isOpen, isSamePlace, joined, type UndoPlace, type UndoRecord, undoText } from "./record";
import type { UndoFiles } from "./undo-files";

/** Which command changes what pool, and the functions of its migration. */
export interface Recorded {
  readonly command: string;
  readonly where: UndoPlace;
  readonly arns: FunctionArns;
}

/** Applies a plan, and writes down first how it can be taken back. */
export async function applyRecorded(
  { command, where, arns }: Recorded,
  plan: Plan,
  port: UpdatePort,
  files: UndoFiles,
  { terminal, signal, root, now, commands }: Pick<Context, "terminal" | "signal" | "root" | "now" | "commands">,
): Promise<void> {
  const writtenAt = now().toISOString();
  const changes = changesOf(plan);
  const interrupted = interruptedBefore(files.readable(terminal.say), command, where);
  const record: UndoRecord = {
    version: 1,
    id: `${writtenAt.replaceAll(/[:.]/g, "-")}-${command}`,
    command,
    ...where,
    writtenAt,
    changes: interrupted === undefined ? changes : joined(interrupted.changes, changes),
  };
  files.write(record);
  if (interrupted !== undefined) files.write({ ...interrupted, replacedBy: record.id });
  terminal.say(`What was there before is in ${relative(root, files.path(record))}.`);
  const undo = undoText(record, arns, commands);
  const before = plan.inPlace.filter((one) => interrupted?.changes.some((earlier) => isSamePlace(earlier, one)));
  await applySteps(plan.steps, { port, signal, undo, before: before.map(({ target }) => target), say: terminal.say });
  files.write({ ...record, finishedAt: now().toISOString() });
  terminal.say(`Done. To take it back: ${undo}`);
}

/** The last command, when it was this one, at this pool, and did not come to its end. */
function interruptedBefore(records: readonly UndoRecord[], command: string, where: UndoPlace): UndoRecord | undefined {
  const last = records.findLast((one) => isSamePool(one, where));
  const isInterrupted = last !== undefined && isOpen(last) && last.finishedAt === undefined && last.command === command;
  return isInterrupted ? last : undefined;
}
