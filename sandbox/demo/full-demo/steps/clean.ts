import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { holds } from "../../assertion";
import type { Migration } from "../migration";

export const CLEAN = "npx cognito-migration import --clean";
export const CLEAN_APPLY = `${CLEAN} --apply`;

/** Removes the files with personal data. @returns what was checked. */
export async function clean({ terminal, workDirectory }: Migration): Promise<string> {
  const before = personalFiles(workDirectory).length;
  holds(before > 0, "files with personal data after an import");
  await terminal.type(CLEAN);
  holds(personalFiles(workDirectory).length === before, "a plan that removes nothing");
  await terminal.type(CLEAN_APPLY);
  const left = personalFiles(workDirectory);
  holds(left.length === 0, `no file with an address in it, not ${left.join(", ")}`);
  return `${before} files had addresses of users in them; after --clean --apply none has`;
}

/** Files in which an address stands. */
function personalFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile() && readFileSync(file, "utf8").toLowerCase().includes("@example.com"));
}
