import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseUserPoolId } from "../../config/user-pool";
import { isUserPoolName } from "../../rules/migration-names";
import { shownMessage } from "../program/explain-system-error";
import { IGNORE_FILE, refuseStrangers } from "../program/own-files";
import { DRAFT } from "../program/whole-file";
import { type Kept, strange, strangeFolder } from "./what-to-clean";
import { WorkFolder } from "./work-folder";

/** All that lies in the work directory, as far as imports go. */
export interface WorkDirectory {
  readonly folders: readonly WorkFolder[];
  /** Migrations that have some of these folders. */
  readonly migrations: readonly string[];
  readonly notOurs: readonly Kept[];
}

/** Undo files hold no personal data. */
const UNDO_FILE = new RegExp(`^[\\w-]+\\.json(?:${DRAFT})?$`);

const IMPORT = "import";
const UNDO = "undo";

/**
 * Whatever there is, of every migration: an entry is a folder of imports, an undo file, or not ours. What is in the way of one holds no other up.
 *
 * @throws {CommandError} CHECKS_FAILED when the work directory itself is not the operator's own.
 */
export function readWorkDirectory(workDirectory: string): WorkDirectory {
  refuseStrangers([workDirectory], "folder");
  const folders: WorkFolder[] = [];
  const migrations = new Set<string>();
  const notOurs: Kept[] = [];

  /** Looks at each entry of a folder that is the operator's own. */
  const each = (directory: string, look: (name: string, path: string) => void): void => {
    const problem = strangeFolder(directory);
    const names = problem === undefined ? namesIn(directory) : problem;
    if ("path" in names) notOurs.push(names);
    else for (const name of names) look(name, join(directory, name));
  };
  const undoFile = (name: string, path: string): void => {
    if (!UNDO_FILE.test(name)) notOurs.push(strange(path));
  };
  const imports = (migration: string | undefined) => (name: string, path: string) => {
    if (parseUserPoolId(name) === undefined) return void notOurs.push(strange(path));
    folders.push(new WorkFolder(workDirectory, migration, name));
    if (migration !== undefined) migrations.add(migration);
  };
  each(workDirectory, (migration, folder) => {
    if (migration === IGNORE_FILE) return;
    if (!isUserPoolName(migration)) return void notOurs.push(strange(folder));
    each(folder, (name, path) => {
      if (name === IMPORT) each(path, imports(migration));
      else if (name === UNDO) each(path, undoFile);
      // A migration may be called like a folder of the time when a checkout could have one.
      else if (migration === IMPORT) imports(undefined)(name, path);
      else if (migration === UNDO) undoFile(name, path);
      else notOurs.push(strange(path));
    });
  });
  return { folders, migrations: [...migrations], notOurs };
}

/** @returns why not, where they cannot be read. */
function namesIn(directory: string): readonly string[] | Kept {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    return { path: directory, why: shownMessage(error) };
  }
}
