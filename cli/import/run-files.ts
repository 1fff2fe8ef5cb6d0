import { existsSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { DRAFT } from "../program/whole-file";

export const journalFile = (directory: string): string => join(directory, "journal.jsonl");

export const csvFile = (directory: string, part: number): string => join(directory, `part-${part + 1}.csv`);

/** Whose row is whose: the line n is that of the n-th user in the CSV file: `[username, sub, username at the destination]`. */
export const usersFile = (directory: string, part: number): string => join(directory, `part-${part + 1}.users.jsonl`);

/** One character for each row: I imported, S skipped, F failed, ? unknown. */
export const outcomesFile = (directory: string, part: number): string => join(directory, `part-${part + 1}.outcomes`);

/** Rows that Cognito has not imported, and why. */
export const notImportedFile = (directory: string, part: number): string =>
  join(directory, `part-${part + 1}.not-imported.jsonl`);

/** Users who are in no CSV file, and why. */
export const leftOutFile = (directory: string): string => join(directory, "left-out.jsonl");

/** All of the above, and what a kill can leave of one that is written as a whole. */
const NAME = new RegExp(
  `^(?:journal\\.jsonl|left-out\\.jsonl|part-[1-9]\\d*\\.(?:csv|users\\.jsonl|outcomes|not-imported\\.jsonl))(?:${DRAFT})?$`,
);

/**
 * What is in a run's folder, as paths.
 *
 * @returns as `others` what no import has named, or is no file of its own but a link or a folder: never removed.
 */
export function filesOfRun(directory: string) {
  const entries = existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : [];
  const pathsOf = (isOurs: boolean): string[] =>
    entries
      .filter((entry) => (entry.isFile() && NAME.test(entry.name)) === isOurs)
      .map(({ name }) => join(directory, name))
      .sort();
  return { ours: pathsOf(true), others: pathsOf(false) };
}

/** Whatever has the name of a file of a run, and may be something else. */
export const namedAsOfRun = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => NAME.test(name))
    .map((name) => join(directory, name));

/** Those that `import --clean` is about. */
export const personalFilesOf = (directory: string): readonly string[] =>
  filesOfRun(directory).ours.filter((file) => file !== journalFile(directory));

/** Removes what is ours, file by file, and the folder if nothing else is in it. @returns what stays, because it is not ours. */
export function removeRun(directory: string): readonly string[] {
  const { ours, others } = filesOfRun(directory);
  for (const file of ours) unlinkSync(file);
  if (others.length === 0 && existsSync(directory)) rmdirSync(directory);
  return others;
}
