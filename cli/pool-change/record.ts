import {
  array,
  type InferOutput,
  literal,
  nullable,
  object,
  optional,
  picklist,
  pipe,
  regex,
  strictTuple,
  string,
  union,
} from "valibot";
import type { CommandLines } from "../../config/command-lines";
import { visible } from "../../config/visible";
import { isSame, type Json } from "../aws/json";
import type { PoolAddress } from "../pools/pool-address";
import { isAnothers } from "../pools/stack-outputs";
import { type Change, type Target, TRIGGER_PATH } from "./change";

const target = object({ kind: picklist(["user-pool", "app-client"]), id: string(), name: string() });
/** What the commands change, and so all that a file can make undo change. */
const path = union([
  strictTuple([literal("LambdaConfig"), literal("UserMigration")]),
  strictTuple([literal("ExplicitAuthFlows")]),
]);
const value = nullable(union([string(), array(string())]));

/** An undo file, as it stands on the disk: exactly what was changed, and no more. */
export const undoRecordSchema = object({
  version: literal(1),
  /** The file's name without its ending: a path in it would have undo write somewhere else. */
  id: pipe(string(), regex(/^[\w-]+$/)),
  command: string(),
  account: string(),
  region: string(),
  userPoolId: string(),
  userPoolName: string(),
  writtenAt: string(),
  changes: array(object({ target, path, before: value, after: value })),
  /** The command came to its end. */
  finishedAt: optional(string()),
  undoneAt: optional(string()),
  /** The same command, run again after it had been interrupted, took these changes into its own file. */
  replacedBy: optional(string()),
});

export interface UndoRecord extends Omit<InferOutput<typeof undoRecordSchema>, "changes"> {
  readonly changes: readonly Change[];
}

/** Where the changes were made. */
export type UndoPlace = PoolAddress & Pick<UndoRecord, "userPoolName">;

export const isOpen = ({ undoneAt, replacedBy }: UndoRecord): boolean =>
  undoneAt === undefined && replacedBy === undefined;

/** The command line that takes it back: without consent, which nobody is to copy. */
export const undoCommand = ({ id }: Pick<UndoRecord, "id">, commands: CommandLines): string =>
  commands.program("undo", id, "--apply");

/** The same, with what it takes beside it where the trigger that was there before is another function's. */
export function undoText(
  record: Pick<UndoRecord, "id" | "changes">,
  lambdaArn: string,
  commands: CommandLines,
): string {
  const other = record.changes.find(({ path, before }) => isSame(path, TRIGGER_PATH) && isAnothers(before, lambdaArn));
  return other === undefined
    ? undoCommand(record, commands)
    : `${undoCommand(record, commands)}\nThat puts ${visible(String(other.before))} back onto the pool, and takes --replace as well.`;
}

/** What a record says of itself, in a list. */
export function stateOf({ undoneAt, replacedBy, finishedAt }: UndoRecord): string {
  if (undoneAt !== undefined) return `taken back ${undoneAt}`;
  if (replacedBy !== undefined) return `continued by ${replacedBy}`;
  return finishedAt === undefined ? "interrupted" : "done";
}

/**
 * The changes of a command that was interrupted, and of its second run: together they lead from what was there at first to
 * what is there now.
 */
export function joined(interrupted: readonly Change[], again: readonly Change[]): readonly Change[] {
  const earlier = (change: Change): Change | undefined => interrupted.find((one) => isSamePlace(one, change));
  return [
    ...interrupted.filter((one) => !again.some((change) => isSamePlace(one, change))),
    ...again.map((change) => {
      const first = earlier(change);
      return first !== undefined && isSame(first.after, change.before) ? { ...change, before: first.before } : change;
    }),
  ];
}

export const isSamePlace = (left: Change, right: Change): boolean =>
  isSameTarget(left.target, right.target) && isSame(left.path, right.path);

const isSameTarget = (left: Target, right: Target): boolean => left.kind === right.kind && left.id === right.id;

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
