import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import type { Context } from "../command";
import { CommandError, EXIT, type ExitCode } from "../exit";
import { Journal } from "./journal";
import { plural } from "./plan";
import { reasonToKeep } from "./reason-to-keep";
import { journalFile } from "./run-files";
import { type Run, removeRun, WorkFolder } from "./work-folder";

/** What is left where it is, and why. */
interface Kept {
  readonly directory: string;
  readonly why: string;
}

interface Sorted {
  readonly removable: readonly Run[];
  readonly files: readonly string[];
  readonly kept: readonly Kept[];
}

/**
 * Removes every file with personal data, whatever its destination was. The journals stay: they hold numbers and the names of jobs.
 * What may still be needed is kept, and holds nothing else up.
 */
export async function clean(apply: boolean, context: Context): Promise<ExitCode> {
  const { terminal, root, workDirectory } = context;
  const folders = WorkFolder.all(workDirectory).filter((folder) => runsWithFiles(folder).length > 0);
  if (folders.length === 0) {
    terminal.print("There are no files with personal data.");
    return EXIT.DONE;
  }
  let count = 0;
  const kept: Kept[] = [];
  for (const folder of folders) {
    const sorted = apply ? await cleanFolder(folder, context) : await sort(folder, context);
    for (const file of sorted.files) terminal.print(relative(root, file));
    count += sorted.files.length;
    kept.push(...sorted.kept);
  }
  if (apply) terminal.say(`${plural(count, "file")} removed.`);
  else
    terminal.say(
      `${plural(count, "file")} to remove. Afterwards groups can only be restored for users with a carried sub ` +
        "(ATTRIBUTE_MAP). Nothing was changed. Do it with --apply.",
    );
  if (kept.length === 0) return EXIT.DONE;
  const reasons = kept.map(({ directory, why }) => `${relative(root, directory)}: ${why}`);
  terminal.say(
    `Kept, because it may still be needed:\n\n${reasons.join("\n\n")}\n\n` +
      "Whoever is certain that nothing of it is needed can remove such a folder by hand.",
  );
  return EXIT.CHECKS_FAILED;
}

/** An import could begin between the question and the answer: so the lock comes first. */
async function cleanFolder(folder: WorkFolder, context: Context): Promise<Sorted> {
  let unlock: () => void;
  try {
    unlock = folder.lock();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { removable: [], files: [], kept: [{ directory: folder.directory, why: error.message }] };
  }
  try {
    const sorted = await sort(folder, context);
    for (const run of sorted.removable) removeFiles(run, context.now());
    return sorted;
  } finally {
    unlock();
  }
}

async function sort(folder: WorkFolder, context: Context): Promise<Sorted> {
  const removable: Run[] = [];
  const kept: Kept[] = [];
  for (const run of runsWithFiles(folder)) {
    const why = await reasonToKeep(run, context);
    if (why === undefined) removable.push(run);
    else kept.push({ directory: run.directory, why });
  }
  return { removable, files: removable.flatMap(filesOf), kept };
}

const runsWithFiles = (folder: WorkFolder): Run[] => folder.runs().filter((run) => filesOf(run).length > 0);

function filesOf({ directory }: Run): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .map((name) => join(directory, name))
    .filter((file) => file !== journalFile(directory));
}

function removeFiles(run: Run, now: Date): void {
  if (run.state.exported === undefined) {
    removeRun(run);
    return;
  }
  // First: a run whose files are gone must not be gone on with.
  if (run.state.ended === undefined) {
    const journal = new Journal(journalFile(run.directory));
    journal.append({ event: "ended", at: now.toISOString(), why: "cleaned" });
    journal.close();
  }
  for (const file of filesOf(run)) rmSync(file, { force: true });
}
