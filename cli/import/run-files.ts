import { join } from "node:path";

export const journalFile = (directory: string): string => join(directory, "journal.jsonl");

/** What an import job reads. */
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
