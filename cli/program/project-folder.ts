import { existsSync, lstatSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { commandLine } from "../../config/shell";
import { CommandError, EXIT } from "./exit";
import { isOfAnotherUser, refuseStrangers, WORK_DIRECTORY } from "./own-files";

const MARK = "cdktf.json";

/**
 * Makes sure that files with personal data are looked for, and left, in one place: the project's folder, where the settings are, too.
 *
 * @throws {CommandError} USAGE anywhere else, with where to go.
 */
export function projectFolder(directory: string): string {
  if (existsSync(join(directory, MARK))) return directory;
  const above = folderAbove(directory, MARK);
  throw new CommandError(
    EXIT.USAGE,
    `There is no ${MARK} here, so this is not the project's folder, where the settings and ${WORK_DIRECTORY} are. ` +
      (above === undefined ? "Go there first." : `Go there first: ${commandLine("cd", relative(directory, above))}`),
  );
}

/**
 * The same without a checkout: any folder may be the one, but none below one of the operator's that is it already. One that another user has
 * made above says nothing.
 *
 * @throws {CommandError} USAGE there, with where to go; CHECKS_FAILED where it is the operator's, and others may have written what it says.
 */
export function workFolder(directory: string): string {
  if (existsSync(join(directory, WORK_DIRECTORY))) return directory;
  const above = folderAbove(directory, WORK_DIRECTORY, (path) => !isOfAnotherUser(path));
  if (above === undefined) return directory;
  refuseStrangers([join(above, WORK_DIRECTORY)], "folder");
  throw new CommandError(
    EXIT.USAGE,
    `The folder of this migration is above this one: ${WORK_DIRECTORY} is there. Go there first: ${commandLine("cd", relative(directory, above))}. ` +
      `To begin another one here: ${commandLine("mkdir", "-m", "700", WORK_DIRECTORY)}`,
  );
}

/** The project that the program is of, wherever the operator stands: builds of it lie at different depths. @param directory Of the built program. */
export function projectOf(directory: string): string {
  const project = folderAbove(directory, "package.json");
  if (project === undefined) throw new Error(`No package.json above ${directory}`);
  return project;
}

function folderAbove(
  directory: string,
  mark: string,
  counts: (path: string) => boolean = () => true,
): string | undefined {
  const above = dirname(directory);
  if (above === directory) return undefined;
  const path = join(above, mark);
  // A link to nothing is there, too.
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  return isThere && counts(path) ? above : folderAbove(above, mark, counts);
}
