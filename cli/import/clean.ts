import { readdirSync, unlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { parseUserPoolId } from "../../config/user-pool";
import { isUserPoolName } from "../../rules/migration-names";
import type { Context } from "../program/command";
import { CommandError, EXIT, type ExitCode } from "../program/exit";
import { explainSystemError, shownMessage } from "../program/explain-system-error";
import { IGNORE_FILE, refuseStrangers } from "../program/own-files";
import { plural } from "../program/plural";
import { DRAFT } from "../program/whole-file";
import { endRun } from "./open-run";
import { personalFilesOf, removeRun } from "./run-files";
import {
  hasPersonalFiles,
  type Kept,
  NOTHING,
  type Sorted,
  strange,
  strangeFolder,
  whatToClean,
} from "./what-to-clean";
import { type Run, WorkFolder } from "./work-folder";

/**
 * Removes every file with personal data, whatever its destination was. The journals stay: they hold numbers and the names of jobs.
 * What may still be needed is kept, and so is what no import has made; neither holds anything else up.
 */
export async function clean(apply: boolean, context: Context): Promise<ExitCode> {
  const { terminal, root, workDirectory } = context;
  const { folders, migrations, notOurs } = readWorkDirectory(workDirectory);
  let count = 0;
  const needed: Kept[] = [];
  if (migrations.length > 0)
    terminal.say(`Looks at the imports of every migration here, whatever the settings are: ${migrations.join(", ")}.`);
  for (const folder of folders) {
    const sorted = await cleanFolder(folder, apply, context);
    for (const file of sorted.files) terminal.print(relative(root, file));
    count += sorted.files.length;
    needed.push(...sorted.needed);
    notOurs.push(...sorted.notOurs);
  }
  if (count + needed.length + notOurs.length === 0) {
    terminal.print("There are no files with personal data.");
    return EXIT.DONE;
  }
  if (apply) terminal.say(`${plural(count, "file")} removed.`);
  else if (count > 0)
    terminal.say(
      `${plural(count, "file")} to remove. Afterwards groups can only be restored for users with a stamp (MIGRATION_STAMP) ` +
        "or a carried sub (ATTRIBUTE_MAP). Nothing was changed. Do it with --apply.",
    );
  sayKept({ needed, notOurs }, context);
  return needed.length + notOurs.length === 0 ? EXIT.DONE : EXIT.CHECKS_FAILED;
}

function sayKept({ needed, notOurs }: Pick<Sorted, "needed" | "notOurs">, { terminal, root }: Context): void {
  const lines = (kept: readonly Kept[]): string =>
    kept.map(({ path, why }) => [relative(root, path), why].filter(Boolean).join(": ")).join("\n\n");
  if (needed.length > 0)
    terminal.say(
      `Kept, because it may still be needed:\n\n${lines(needed)}\n\n` +
        "If you are certain that nothing in such a folder is needed, remove it by hand.",
    );
  if (notOurs.length > 0)
    terminal.say(
      `Kept, because it is not ours:\n\n${lines(notOurs)}\n\n` +
        "No import has made it, but it may hold personal data all the same. Look at it, and remove it by hand if it has to go.",
    );
}

/** An import could begin between the question and the answer: so the lock comes first. */
async function cleanFolder(folder: WorkFolder, apply: boolean, context: Context): Promise<Sorted> {
  try {
    return await cleanOwn(folder, apply, context);
  } catch (error) {
    const why = explainSystemError(error);
    if (why === undefined) throw error;
    return { ...NOTHING, needed: [{ path: folder.directory, why }] };
  }
}

async function cleanOwn(folder: WorkFolder, apply: boolean, context: Context): Promise<Sorted> {
  const whole = strangeFolder(folder.directory);
  if (whole !== undefined) return { ...NOTHING, notOurs: [whole] };
  if (!apply || !hasPersonalFiles(folder)) return whatToClean(folder, context);
  let unlock: () => void;
  try {
    unlock = folder.lock();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { ...NOTHING, needed: [{ path: folder.directory, why: error.message }] };
  }
  try {
    const sorted = await whatToClean(folder, context);
    for (const run of sorted.removable) removeFiles(run, context.now());
    return sorted;
  } finally {
    unlock();
  }
}

function removeFiles(run: Run, now: Date): void {
  if (run.state.exported === undefined) {
    removeRun(run.directory);
    return;
  }
  // First: a run whose files are gone must not be gone on with.
  if (run.state.ended === undefined) endRun(run, "cleaned", now);
  for (const file of personalFilesOf(run.directory)) unlinkSync(file);
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
function readWorkDirectory(workDirectory: string) {
  refuseStrangers([workDirectory], "folder");
  const folders: WorkFolder[] = [];
  const migrations = new Set<string>();
  const notOurs: Kept[] = [];

  /** Looks at each entry of a folder that is the operator's own. */
  const each = (directory: string, look: (name: string, path: string) => void): void => {
    const names = strangeFolder(directory) ?? namesIn(directory);
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
