import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { shownPath } from "./shown-path";

/** Undo files of the time when a checkout could have one migration. A migration may be called like their folder. */
export const formerUndoFiles = (workDirectory: string, migration: string): string | undefined => {
  const from = join(workDirectory, "undo");
  const isThere = existsSync(from) && readdirSync(from).some((name) => name.endsWith(".json"));
  return isThere ? whatToDo(`${shownPath(from)}/*.json`, join(workDirectory, migration, "undo"), migration) : undefined;
};

/** The same of imports into a user pool. */
export const formerImport = (workDirectory: string, migration: string, userPoolId: string): string | undefined => {
  const from = join(workDirectory, "import", userPoolId);
  return existsSync(from) ? whatToDo(shownPath(from), join(workDirectory, migration, "import"), migration) : undefined;
};

/** What an undo file says is done, and an import is gone on with: so they are read where they belong, or nowhere. */
const whatToDo = (from: string, to: string, migration: string): string =>
  `${dirname(from)} is of the time when a checkout had one migration. Is it migration ${migration}'s? Then: ` +
  `mkdir -m 700 -p ${shownPath(to)} && mv ${from} ${shownPath(to)}/`;
