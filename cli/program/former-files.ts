import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { commandLine, moveCommand } from "../../config/shell";
import { shownPath } from "./shown-path";

/** Undo files of the time when a checkout could have one migration. A migration may be called like their folder. */
export const formerUndoFiles = (workDirectory: string, migration: string): string | undefined => {
  const from = join(workDirectory, "undo");
  const files = existsSync(from) ? readdirSync(from).filter((name) => name.endsWith(".json")) : [];
  return whatToDo(from, files, join(workDirectory, migration, "undo"), migration);
};

/** The same of imports into a user pool. */
export const formerImport = (workDirectory: string, migration: string, userPoolId: string): string | undefined => {
  const from = join(workDirectory, "import");
  const folders = existsSync(join(from, userPoolId)) ? [userPoolId] : [];
  return whatToDo(from, folders, join(workDirectory, migration, "import"), migration);
};

/** What an undo file says is done, and an import is gone on with: so they are read where they belong, or nowhere. */
function whatToDo(from: string, names: readonly string[], to: string, migration: string): string | undefined {
  if (names.length === 0) return undefined;
  const isOf = `${shownPath(from)} is of the time when a checkout had one migration.`;
  const taken = names.filter((name) => existsSync(join(to, name)));
  if (taken.length > 0)
    return `${isOf} ${taken.join(", ")} is in ${shownPath(to)} as well. Look which of them is right, and move the other away.`;
  // Each folder that is made has to be the operator's alone, and mkdir's -m is for the last one.
  const make = commandLine("mkdir", "-p", shownPath(to));
  const move = moveCommand(...names.map((name) => shownPath(join(from, name))), `${shownPath(to)}/`);
  return `${isOf} Does it belong to migration ${migration}? Then: (umask 077 && ${make} && ${move})`;
}
