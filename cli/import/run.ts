import { rmSync } from "node:fs";
import { relative } from "node:path";
import type { DestinationSettings } from "../../config/deployment";
import type { Context } from "../command";
import { CommandError, EXIT, type ExitCode, Interrupted } from "../exit";
import { paceOf } from "../pace";
import { type Progress, startProgress } from "../progress";
import { findPlaces, type Place, type Places } from "../who-and-where";
import { clean } from "./clean";
import { MAX_FILE_BYTES } from "./csv";
import { ExportFiles, type Sink } from "./export-files";
import { applyGroups, describeGroups, type GroupPlan, planGroups } from "./groups";
import { Journal } from "./journal";
import { consequencesOf, isFullSuccess, jobsFor, plural, renderCounts, renderJobs } from "./plan";
import { type ImportRules, importRules, losesSecondFactors, refuseImpossible } from "./rules";
import { runJobs } from "./run-jobs";
import { type Counts, isTooOld, type RunState } from "./run-state";
import { survey } from "./survey";
import { journalFile, leftOutFile, notImportedFile, type Run, WorkFolder } from "./work-folder";

export interface ImportOptions {
  readonly apply: boolean;
  readonly json: boolean;
  readonly groups: boolean;
  readonly clean: boolean;
  readonly dropMfa: boolean;
  readonly logsRoleArn: string | undefined;
  readonly rowsPerJob: number;
  readonly requestsPerSecond: number;
}

interface Import {
  readonly options: ImportOptions;
  readonly context: Context;
  readonly places: Places;
  readonly settings: DestinationSettings;
  readonly folder: WorkFolder;
  readonly turn: () => Promise<void>;
}

const COUNT_ONLY: Sink = { row: () => undefined, leftOut: () => undefined };

/** @throws {CommandError} when the pools, the account or the options do not allow it. */
export async function importRest(options: ImportOptions, context: Context): Promise<ExitCode> {
  const places = await findPlaces(context);
  const settings = context.deployment().destination;
  if (settings === undefined) throw new Error("there is a destination, or findPlaces would have refused");
  const folder = new WorkFolder(context.workDirectory, places.destination.side.userPoolId);
  const turn = paceOf(options.requestsPerSecond);
  const given = { options, context, places, settings, folder, turn };
  if (options.clean) return clean({ apply: options.apply, context, destination: places.destination, folder });
  const rules = await importRules(places, settings);
  refuseImpossible(places, settings, rules, options);
  return options.apply ? apply(given, rules) : plan(given, rules);
}

async function plan(given: Import, rules: ImportRules): Promise<ExitCode> {
  const { options, context, folder } = given;
  const { terminal } = context;
  const open = openRun(folder, context.now());
  if (open?.state.exported !== undefined) {
    if (options.json) terminal.print(JSON.stringify({ underWay: open.state }, undefined, 2));
    else terminal.print(`${renderJobs(open.state)}\n\nThis import is under way: --apply goes on with it.`);
    return EXIT.DONE;
  }
  const counts = await surveyed(given, rules, COUNT_ONLY);
  const groups = options.groups ? await planGroups(given) : undefined;
  if (options.json) {
    terminal.print(
      JSON.stringify(
        { counts, jobs: jobsFor(counts, options.rowsPerJob), ...(groups && { groups: groups.groups }) },
        undefined,
        2,
      ),
    );
    return EXIT.DONE;
  }
  terminal.print(renderPlan(given, counts, groups));
  terminal.say("Nothing was changed, and nothing was written to the disk. Do it with --apply.");
  return EXIT.DONE;
}

function renderPlan({ options, places, settings }: Import, counts: Counts, groups: GroupPlan | undefined): string {
  const losesMfa = losesSecondFactors(places.source.userPool, settings.mfaPolicy);
  const paragraphs = [
    renderCounts(counts, options.rowsPerJob),
    ...consequencesOf(counts, { losesMfa }),
    ...(groups === undefined ? [] : [describeGroups(groups)]),
  ];
  return paragraphs.join("\n\n");
}

async function apply(given: Import, rules: ImportRules): Promise<ExitCode> {
  const { options, context, folder, places } = given;
  const unlock = folder.lock();
  try {
    const run = resumedRun(folder, context) ?? (await exported(given, rules));
    const state = await imported(given, run);
    if (options.groups) await applyGroups(given, await planGroups(given));
    report(given, run, state);
    return isFullSuccess(state.parts.map(({ result }) => result)) ? EXIT.DONE : EXIT.CHECKS_FAILED;
  } catch (error) {
    if (!context.signal.aborted || error instanceof CommandError) throw error;
    const job = folder
      .runs()
      .at(-1)
      ?.state.parts.find(({ jobId, result }) => jobId !== undefined && result === undefined);
    throw new Interrupted(
      job === undefined
        ? "Stopped. Run the same command again: it goes on where it stands."
        : `Stopped watching. Job ${job.jobId} goes on at AWS; run the same command again to see how it ends. To end it instead:\n` +
            `aws cognito-idp stop-user-import-job --user-pool-id ${places.destination.side.userPoolId} --job-id ${job.jobId}`,
    );
  } finally {
    unlock();
  }
}

/** The run that is not at its end, if its export is one. What else lies about is removed when the next one begins. */
function openRun(folder: WorkFolder, now: Date): Run | undefined {
  const last = folder.runs().at(-1);
  if (last === undefined || last.state.ended !== undefined || last.state.exported === undefined) return undefined;
  return isTooOld(last.state, now) ? undefined : last;
}

function resumedRun(folder: WorkFolder, { terminal, now }: Context): Run | undefined {
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

function endRun({ directory }: Run, why: "done" | "job_not_succeeded" | "too_old", now: Date): void {
  const journal = new Journal(journalFile(directory));
  journal.append({ event: "ended", at: now.toISOString(), why });
  journal.close();
}

/** Writes the files of a new run. Until the journal says that they are all there, they are worth nothing. */
async function exported(given: Import, rules: ImportRules): Promise<Run> {
  const { options, context, folder } = given;
  const run = folder.newRun(context.now());
  try {
    const files = new ExportFiles(run.directory, rules.row.header, { rows: options.rowsPerJob, bytes: MAX_FILE_BYTES });
    const counts = await surveyed(given, rules, files);
    const parts = files.close();
    const journal = new Journal(journalFile(run.directory));
    journal.append({ event: "exported", at: context.now().toISOString(), counts, parts });
    journal.close();
  } catch (error) {
    rmSync(run.directory, { recursive: true, force: true });
    throw error;
  }
  return folder.runs().find(({ name }) => name === run.name) ?? run;
}

async function surveyed(
  { context, places, turn }: Import,
  { matching, row }: ImportRules,
  sink: Sink,
): Promise<Counts> {
  const estimate = ({ userPool }: Place): number => userPool.EstimatedNumberOfUsers ?? 0;
  let watched: Place | undefined;
  let bar: Progress | undefined;
  const progress = (place: Place, done: number): void => {
    if (place !== watched) {
      bar?.stop();
      bar = startProgress(context.terminal, `${place.side.name} users`, estimate(place));
      watched = place;
    }
    bar?.update(done, Math.max(done, estimate(place)));
  };
  try {
    return await survey(places, matching, row, sink, { signal: context.signal, turn, progress });
  } finally {
    bar?.stop();
  }
}

async function imported(given: Import, run: Run): Promise<RunState> {
  const { options, context, places, folder } = given;
  const { exported: exportedState, parts } = run.state;
  if (exportedState !== undefined) context.terminal.say(renderPlan(given, exportedState.counts, undefined));
  if (parts.length > 0) {
    const { logsRoleArn } = options;
    if (logsRoleArn === undefined)
      throw new CommandError(
        EXIT.USAGE,
        "--logs-role-arn is missing: Cognito writes the log of an import job with a role of the destination account. " +
          "docs/cli.md has its policy. The export is ready and waits.",
      );
    const journal = new Journal(journalFile(run.directory));
    try {
      await runJobs({ context, destination: places.destination, run, journal, logsRoleArn });
    } finally {
      journal.close();
    }
  }
  const state = stateOf(folder, run);
  const succeeded = state.parts.every(({ result }) => result?.status === "Succeeded");
  endRun(run, succeeded ? "done" : "job_not_succeeded", context.now());
  return state;
}

function stateOf(folder: WorkFolder, { name }: Run): RunState {
  const run = folder.runs().find((one) => one.name === name);
  if (run === undefined) throw new Error(`the folder of run ${name} is gone`);
  return run.state;
}

function report({ options, context, folder }: Import, run: Run, state: RunState): void {
  const { terminal, root } = context;
  const counts = state.exported?.counts;
  const shown = (file: string): string => relative(root, file);
  if (options.json) {
    terminal.print(JSON.stringify({ counts, jobs: state.parts }, undefined, 2));
    return;
  }
  if (state.parts.length === 0) terminal.print("Nobody was left to import.");
  else terminal.print(renderJobs(state));
  const left = Object.values(counts?.leftOut ?? {}).reduce((sum, number) => sum + number, 0);
  if (left > 0) terminal.print(`Left out: ${plural(left, "user")}, in ${shown(leftOutFile(run.directory))}`);
  for (const [part, { result }] of state.parts.entries()) {
    if (result === undefined) continue;
    if (result.failed + result.skipped > 0)
      terminal.print(`Not imported, and why: ${shown(notImportedFile(run.directory, part))}`);
    if (!result.logComplete)
      terminal.say(`The log of part ${part + 1} was incomplete: the file above may lack some of its rows.`);
  }
  const unfinished = state.parts.filter(({ result }) => result?.status !== "Succeeded").length;
  if (unfinished > 0)
    terminal.say(
      `${plural(unfinished, "job")} did not succeed. What is missing at the destination is exported anew when you run the same command again.`,
    );
  if (folder.runs().length > 0 && state.parts.length + left > 0)
    terminal.say("These files hold personal data. `import --clean --apply` removes them.");
}
