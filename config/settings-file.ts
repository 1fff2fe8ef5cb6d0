import { DEFAULT_FILE, EXAMPLE_FILE } from "./default-file";
import type { Environment } from "./settings";
import { SettingsError } from "./settings-error";
import { commandLine } from "./shell";
import { visible } from "./visible";

export interface SettingsFile {
  /** As it was named, from the project's folder, for people. */
  readonly name: string;
  /** Undefined: there is none. */
  readonly bytes: Uint8Array | undefined;
  /** What a new one is copied from; when absent: EXAMPLE_FILE. */
  readonly example?: string;
  /** Files of settings that lie beside it, where nobody has said which one is meant. */
  readonly others?: readonly string[];
}

interface Folder {
  /** Reads a file, and throws what the system says of one that cannot be read. */
  read(name: string): Uint8Array;
  names(): readonly string[];
  /** What a new file is copied from: EXAMPLE_FILE, or another that is not in this folder. */
  readonly example?: string;
}

/** @returns undefined: nobody has named one. @param option What the command line says, if anything. */
export function chosenFile({ SETTINGS_FILE }: Environment, option?: string) {
  if (option) return { by: "--settings", name: option };
  return SETTINGS_FILE ? { by: "SETTINGS_FILE", name: SETTINGS_FILE } : undefined;
}

/**
 * Finds the file that the settings of this migration stand in: the chosen one, else `.env`, which need not be there.
 *
 * @throws {SettingsError} when one was named and is not there: the settings of another migration would be taken.
 */
export function findSettingsFile(
  chosen: ReturnType<typeof chosenFile>,
  { read, names, example = EXAMPLE_FILE }: Folder,
): SettingsFile {
  const name = chosen?.name ?? DEFAULT_FILE;
  const bytes = readable(name, read);
  if (chosen !== undefined && bytes === undefined) {
    const found = `${JSON.stringify(name)}, which is not there`;
    throw new SettingsError(
      [{ variable: chosen.by, found, expected: "a file of settings, from the project's folder" }],
      `${beside(names())} A new one begins as a copy: ${commandLine("cp", example, name)}.`,
    );
  }
  return { name: visible(name), bytes, example, others: chosen === undefined ? settingsFilesIn(names()) : [] };
}

const settingsFilesIn = (names: readonly string[]): string[] =>
  names
    .filter((name) => name.startsWith(`${DEFAULT_FILE}.`) && name !== EXAMPLE_FILE)
    .map(visible)
    .sort();

function beside(names: readonly string[]): string {
  const there = [...names.filter((name) => name === DEFAULT_FILE), ...settingsFilesIn(names)];
  return there.length === 0 ? "There is no file of settings here." : `Here: ${there.join(", ")}.`;
}

/** @returns undefined for a file that is not there. @throws {SettingsError} for a directory, and for a file that this user may not read. */
function readable(name: string, read: (name: string) => Uint8Array): Uint8Array | undefined {
  try {
    return read(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    const found = code === "EISDIR" ? "a directory" : `what cannot be read (${code})`;
    throw new SettingsError([{ variable: name, found, expected: "a file of settings that you may read" }], "");
  }
}
