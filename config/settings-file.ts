import { SettingsError } from "./settings-error";

/** Settings as a file has them. */
export interface SettingsFile {
  /** As it was named, from the project's folder. */
  readonly name: string;
  /** Undefined: there is none. */
  readonly bytes: Uint8Array | undefined;
}

const DEFAULT_FILE = ".env";

/**
 * Finds the file that the settings of this migration stand in: SETTINGS_FILE names it, else it is `.env`, which need not be there.
 *
 * @param named Undefined or empty: nobody has named one.
 * @param read Reads a file of the project's folder, and throws what the system says of one that cannot be read.
 * @throws {SettingsError} when a file was named and is not there: the settings of another migration would be taken.
 */
export function findSettingsFile(named: string | undefined, read: (name: string) => Uint8Array): SettingsFile {
  const name = named || DEFAULT_FILE;
  const bytes = readable(name, read);
  if (named && bytes === undefined)
    throw new SettingsError([
      {
        variable: "SETTINGS_FILE",
        found: `"${name}", which is not there`,
        expected: "a file of settings, such as .env.staging",
      },
    ]);
  return { name, bytes };
}

/**
 * @returns undefined for a file that is not there.
 * @throws {SettingsError} for a directory, and for a file that this user may not read.
 */
function readable(name: string, read: (name: string) => Uint8Array): Uint8Array | undefined {
  try {
    return read(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    const found = code === "EISDIR" ? "a directory" : `what cannot be read (${code})`;
    throw new SettingsError([{ variable: name, found, expected: "a file of settings that you may read" }], name);
  }
}
