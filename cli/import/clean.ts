import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import type { Context } from "../command";
import { CommandError, EXIT, type ExitCode } from "../exit";
import type { Place } from "../who-and-where";
import { ImportJobs, isActive } from "./import-job";
import { Journal } from "./journal";
import { plural } from "./plan";
import { journalFile, type Run, type WorkFolder } from "./work-folder";

export interface Clean {
  readonly apply: boolean;
  readonly context: Context;
  readonly destination: Place;
  readonly folder: WorkFolder;
}

/** Removes every file with personal data. The journals stay: they hold numbers and the names of jobs. */
export async function clean({ apply, context, destination, folder }: Clean): Promise<ExitCode> {
  const { terminal, root, now } = context;
  const runs = folder.runs();
  const files = runs.flatMap(filesOf);
  if (files.length === 0) {
    terminal.print("There are no files with personal data.");
    return EXIT.DONE;
  }
  await refuseWhileActive(destination, runs);
  for (const file of files) terminal.print(relative(root, file));
  if (!apply) {
    terminal.say(
      `${plural(files.length, "file")} to remove. Afterwards groups can only be restored for users with a carried sub ` +
        "(ATTRIBUTE_MAP). Nothing was changed. Do it with --apply.",
    );
    return EXIT.DONE;
  }
  const unlock = folder.lock();
  try {
    for (const run of runs) removeFiles(run, now());
  } finally {
    unlock();
  }
  terminal.say(`${plural(files.length, "file")} removed.`);
  return EXIT.DONE;
}

function filesOf({ directory }: Run): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .map((name) => join(directory, name))
    .filter((file) => file !== journalFile(directory));
}

/** A job that runs still needs its file's names to say what became of whom. */
async function refuseWhileActive(destination: Place, runs: readonly Run[]): Promise<void> {
  const jobs = new ImportJobs(destination);
  for (const { state } of runs)
    for (const { jobId, result } of state.parts) {
      if (jobId === undefined || result !== undefined) continue;
      if (isActive(await jobs.describe(jobId)))
        throw new CommandError(
          EXIT.CHECKS_FAILED,
          `Job ${jobId} is active, and its files say who is in it. Run \`import --apply\` until it has ended. Nothing was removed.`,
        );
    }
}

function removeFiles(run: Run, now: Date): void {
  if (run.state.exported === undefined) {
    rmSync(run.directory, { recursive: true });
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
