import { rmSync } from "node:fs";
import type { Context } from "../command";
import { Journal } from "./journal";
import { isTooOld, type RunState } from "./run-state";
import { journalFile, type Run, type WorkFolder } from "./work-folder";

/** The run that is not at its end, if its export is one. What else lies about is removed when the next one begins. */
export function openRun(folder: WorkFolder, now: Date): Run | undefined {
  const last = folder.runs().at(-1);
  if (last === undefined || last.state.ended !== undefined || last.state.exported === undefined) return undefined;
  return isTooOld(last.state, now) ? undefined : last;
}

/** Ends what is not gone on with, and removes what is worth nothing. */
export function resumedRun(folder: WorkFolder, { terminal, now }: Context): Run | undefined {
  const open = openRun(folder, now());
  if (open !== undefined) {
    terminal.say(`Going on with the import of ${open.state.exported?.at}.`);
    return open;
  }
  for (const run of folder.runs()) {
    // One in which nobody was to import has a list of those who were left out, and the next run writes it anew.
    if (run.state.exported === undefined || run.state.parts.length === 0) rmSync(run.directory, { recursive: true });
    else if (run.state.ended === undefined) endRun(run, "too_old", now());
  }
  return undefined;
}

/** Nothing more is done in this run. */
export function endRun({ directory }: Run, why: "done" | "job_not_succeeded" | "too_old", now: Date): void {
  const journal = new Journal(journalFile(directory));
  journal.append({ event: "ended", at: now.toISOString(), why });
  journal.close();
}

/** As the journal has it now. */
export function stateOf(folder: WorkFolder, { name }: Run): RunState {
  const run = folder.runs().find((one) => one.name === name);
  if (run === undefined) throw new Error(`the folder of run ${name} is gone`);
  return run.state;
}
