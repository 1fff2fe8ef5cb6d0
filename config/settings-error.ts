import { DEFAULT_FILE, EXAMPLE_FILE } from "./default-file";
import { commandLine } from "./shell";
import { visible } from "./visible";

export interface Problem {
  readonly variable: string;
  /** A value of ours in quotes, or a phrase. Never the value of a variable that is not ours: it may be a secret. */
  readonly found: string;
  readonly expected: string;
}

/** Where settings are set, where no file has any. @param example What one is copied from. */
export const withoutFile = (example = EXAMPLE_FILE): string =>
  `Set them in the environment or in ${DEFAULT_FILE} (${commandLine("cp", example, DEFAULT_FILE)}; SETTINGS_FILE names another file).`;
export const inFile = (name: string): string => `Set them in ${name}, or in the environment, which overrides it.`;
const ALL = "All settings: docs/settings.md.";

/** Bad input, all of it. The message is for people and complete; there is nothing in the stack trace. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  /** @param where What to do about it. */
  constructor(
    readonly problems: readonly Problem[],
    where: string = withoutFile(),
  ) {
    const lines = problems.map(
      ({ variable, found, expected }) => `  ${visible(`${variable}: found ${found}, expected ${expected}`)}`,
    );
    const head = problems.length === 1 ? "1 problem in the settings:" : `${problems.length} problems in the settings:`;
    super(`${head}\n${lines.join("\n")}\n${where === "" ? "" : `${where} `}${ALL}`);
  }
}
