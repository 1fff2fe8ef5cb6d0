import { lstatSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../config/settings-error";
import { Aws } from "../aws/clients";
import { explainAwsError } from "../aws/explain-aws-error";
import { isActive } from "../aws/import-jobs";
import type { Side } from "../aws/side";
import { describePool } from "../pools/confirmed-pools";
import { sidesOf } from "../pools/sides";
import type { Context } from "../program/command";
import { CommandError } from "../program/exit";
import { problemAt } from "../program/own-files";
import { ImportJobs } from "./import-job";
import { openJobOf } from "./open-run";
import { filesOfRun, personalFilesOf } from "./run-files";
import type { Run, WorkFolder } from "./work-folder";

/** What is left where it is, and why; without a reason it is plain what it is. */
export interface Kept {
  readonly path: string;
  readonly why: string | undefined;
}

export interface Sorted {
  readonly removable: readonly Run[];
  /** Theirs, as paths. */
  readonly files: readonly string[];
  /** A job may still need it. */
  readonly needed: readonly Kept[];
  /** Made by no import, or not in the operator's own hands. */
  readonly notOurs: readonly Kept[];
}

export const NOTHING: Sorted = { removable: [], files: [], needed: [], notOurs: [] };

/** A link is never followed, and a folder never looked into: what is in it is somebody else's. */
export const strange = (path: string): Kept => ({
  path,
  why: lstatSync(path).isSymbolicLink() ? "a symbolic link, which is not followed" : undefined,
});

/** @returns undefined when the folder is the operator's own. */
export function strangeFolder(path: string): Kept | undefined {
  const why = problemAt(path, "folder");
  return why === undefined ? undefined : { path, why };
}

/** Whether there is anything to remove, as far as that can be seen without asking anybody. */
export const hasPersonalFiles = (folder: WorkFolder): boolean =>
  ownRuns(folder).some(({ path }) => personalFilesOf(path).length > 0);

export async function whatToClean(folder: WorkFolder, context: Context): Promise<Sorted> {
  const removable: Run[] = [];
  const files: string[] = [];
  const needed: Kept[] = [];
  const notOurs = [
    ...folder.others().map(strange),
    ...folder.runNames().flatMap((name) => strangeFolder(join(folder.directory, name)) ?? []),
  ];
  for (const { name, path } of ownRuns(folder)) {
    notOurs.push(...filesOfRun(path).others.map(strange));
    const personal = personalFilesOf(path);
    if (personal.length === 0) continue;
    const found = await runOrReason(folder, name, context);
    if (typeof found === "string") needed.push({ path, why: found });
    else {
      removable.push(found);
      files.push(...personal);
    }
  }
  return { removable, files, needed, notOurs };
}

const ownRuns = (folder: WorkFolder): { readonly name: string; readonly path: string }[] =>
  folder
    .runNames()
    .map((name) => ({ name, path: join(folder.directory, name) }))
    .filter(({ path }) => strangeFolder(path) === undefined);

/** A journal that cannot be read does not say whether a job is under way. */
async function runOrReason(folder: WorkFolder, name: string, context: Context): Promise<Run | string> {
  try {
    const run = folder.run(name);
    return (await reasonToKeep(run, context)) ?? run;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}

/**
 * A job that runs still needs its file's names to say what became of whom. Where a run has no open job, nobody is asked.
 *
 * @returns why the files of this run have to stay; undefined when nothing needs them.
 */
async function reasonToKeep(run: Run, context: Context): Promise<string | undefined> {
  const jobId = run.state.ended === undefined ? openJobOf(run.state) : undefined;
  if (jobId === undefined) return undefined;
  const job = `Job ${jobId} of user pool ${run.userPoolId}`;
  try {
    return await reasonOf(run, jobId, job, context);
  } catch (error) {
    const why = error instanceof SettingsError ? error.message : explainAwsError(error);
    if (why === undefined) throw error;
    return `${job} was not seen to end, and cannot be asked about. ${why}`;
  }
}

async function reasonOf(run: Run, jobId: string, job: string, context: Context): Promise<string | undefined> {
  const { terminal, commands } = context;
  const side = sideOf(run, context);
  const aws = new Aws(side);
  const account = await aws.account();
  terminal.say(describePool({ side, account, userPool: {}, aws }));
  if (side.account !== undefined && side.account !== account)
    return (
      `${job} was not seen to end. These credentials belong to account ${account}; the import was one into account ` +
      `${side.account}. Set DESTINATION_PROFILE to a profile of that account for this command.`
    );
  const found = await new ImportJobs({ aws, side }).find(jobId);
  if (found !== undefined)
    return isActive(found)
      ? `${job} is active, and its files say who is in it. Run \`${commands.program("import", "--apply")}\` until it has ended.`
      : undefined;
  // Another account's user pool looks as if it were gone.
  if (side.account === undefined)
    return (
      `${job} was not seen to end. Account ${account} knows no such job, and nothing says whether the import was one into ` +
      "that account."
    );
  terminal.say(`${job} is gone, or the user pool itself is.`);
  return undefined;
}

/** Of the run. Its export says the account; where it does not, the settings do if they are about the same user pool. */
function sideOf({ state, userPoolId }: Run, { deployment, commands }: Context): Side {
  const { destination } = sidesOf(deployment(), commands);
  const inSettings = userPoolId === destination.userPoolId ? destination.account : undefined;
  const account = state.exported?.origin?.destination.account ?? inSettings;
  // A user pool's id begins with its Region.
  return { ...destination, userPoolId, region: userPoolId.split("_")[0] ?? "", account };
}
