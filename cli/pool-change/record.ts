import * as v from "valibot";
import type { CommandLines } from "../../config/command-lines";
import { type FunctionArns, TRIGGERS } from "../../rules/triggers";
import { isSame, type Json } from "../aws/json";
import { type Change, FLOWS_PATH } from "./change";
import { anothersIn, pathsOf } from "./triggers";

const target = v.object({ kind: v.picklist(["user-pool", "app-client"]), id: v.string(), name: v.string() });
/** What the commands change, and so all that a file can make undo change. */
const path = v.union(
  [...TRIGGERS.flatMap(pathsOf), FLOWS_PATH].map((names) => v.strictTuple(names.map((name) => v.literal(name)))),
);
/** A function, that with the version of its event, or flows. */
const value = v.nullable(
  v.union([v.string(), v.strictObject({ LambdaArn: v.string(), LambdaVersion: v.string() }), v.array(v.string())]),
);

/** An undo file, as it stands on the disk: exactly what was changed, and no more. */
export const undoRecordSchema = v.object({
  version: v.literal(1),
  /** The file's name without its ending: a path in it would have undo write somewhere else. */
  id: v.pipe(v.string(), v.regex(/^[\w-]+$/)),
  command: v.string(),
  account: v.string(),
  region: v.string(),
  userPoolId: v.string(),
  userPoolName: v.string(),
  writtenAt: v.string(),
  changes: v.array(v.object({ target, path, before: value, after: value })),
  /** The command came to its end. */
  finishedAt: v.optional(v.string()),
  undoneAt: v.optional(v.string()),
  /** The same command, run again after it had been interrupted, took these changes into its own file. */
  replacedBy: v.optional(v.string()),
});

export interface UndoRecord extends Omit<v.InferOutput<typeof undoRecordSchema>, "changes"> {
  readonly changes: readonly Change[];
}

export const isOpen = ({ undoneAt, replacedBy }: UndoRecord): boolean =>
  undoneAt === undefined && replacedBy === undefined;

/** The command line that takes it back: without consent, which nobody is to copy. */
export const undoCommand = ({ id }: Pick<UndoRecord, "id">, commands: CommandLines): string =>
  commands.program("undo", id, "--apply");

/** The same, with what it takes beside it where the trigger that was there before is another function's. */
export function undoText(
  record: Pick<UndoRecord, "id" | "changes">,
  arns: FunctionArns,
  commands: CommandLines,
): string {
  const others = record.changes.flatMap(({ path, before }) => anothersIn({ path, value: before }, arns)?.shown ?? []);
  return others.length === 0
    ? undoCommand(record, commands)
    : `${undoCommand(record, commands)}\nThat puts ${[...new Set(others)].join(" and ")} back onto the pool, and takes --replace as well.`;
}

export function stateOf({ undoneAt, replacedBy, finishedAt }: UndoRecord): string {
  if (undoneAt !== undefined) return `taken back ${undoneAt}`;
  if (replacedBy !== undefined) return `continued by ${replacedBy}`;
  return finishedAt === undefined ? "interrupted" : "done";
}

/** The changes of a command that was interrupted, and of its second run: together they lead from what was there at first to what is there now. */
export function joined(interrupted: readonly Change[], again: readonly Change[]): readonly Change[] {
  return [
    ...interrupted.filter((one) => !again.some((change) => isSamePlace(one, change))),
    ...again.map((change) => {
      const first = interrupted.find((one) => isSamePlace(one, change));
      return first !== undefined && isSame(first.after, change.before) ? { ...change, before: first.before } : change;
    }),
  ];
}

export const isSamePlace = ({ target, path }: Change, other: Change): boolean =>
  target.kind === other.target.kind && target.id === other.target.id && isSame(path, other.path);

/** What taking back a change needs, seen from the value that is there now. */
export type Reversal =
  | { readonly kind: "nothing" }
  | { readonly kind: "change"; readonly change: Change }
  | { readonly kind: "conflict"; readonly change: Change; readonly found: Json };

export function reversalOf(change: Change, found: Json): Reversal {
  if (isSame(found, change.before)) return { kind: "nothing" };
  if (isSame(found, change.after))
    return { kind: "change", change: { ...change, before: found, after: change.before } };
  return { kind: "conflict", change, found };
}
