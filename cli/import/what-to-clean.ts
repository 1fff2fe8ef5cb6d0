import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../program/command";
import { CommandError } from "../program/exit";
import { problemAt } from "../program/own-files";
import { reasonToKeep } from "./reason-to-keep";
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
