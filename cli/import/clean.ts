import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import type { Context } from "../command";
import { EXIT, type ExitCode } from "../exit";
import { Journal } from "./journal";
import { plural } from "./plan";
import { refuseWhileActive } from "./refuse-while-active";
import { journalFile, type Run, WorkFolder } from "./work-folder";

/** Removes every file with personal data, whatever its destination was. The journals stay: they hold numbers and the names of jobs. */
export async function clean(apply: boolean, context: Context): Promise<ExitCode> {
  const { terminal, root, workDirectory, now } = context;
  const folders = WorkFolder.all(workDirectory);
  const runs = folders.flatMap((folder) => folder.runs());
  const files = runs.flatMap(filesOf);
  if (files.length === 0) {
    terminal.print("There are no files with personal data.");
    return EXIT.DONE;
  }
  await refuseWhileActive(runs, context);
  for (const file of files) terminal.print(relative(root, file));
  if (!apply) {
    terminal.say(
      `${plural(files.length, "file")} to remove. Afterwards groups can only be restored for users with a carried sub ` +
        "(ATTRIBUTE_MAP). Nothing was changed. Do it with --apply.",
    );
    return EXIT.DONE;
  }
  for (const folder of folders) {
    const unlock = folder.lock();
    try {
      for (const run of folder.runs()) removeFiles(run, now());
    } finally {
      unlock();
    }
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
