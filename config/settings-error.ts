export interface Problem {
  readonly variable: string;
  /** A value of ours in quotes, or a phrase. Never the value of a variable that is not ours: it may be a secret. */
  readonly found: string;
  readonly expected: string;
}

const WITHOUT_FILE = "Set them in the environment or in .env (cp .env.example .env; SETTINGS_FILE names another file).";
const ALL = "All settings: docs/settings.md.";

/** Bad input, all of it. The message is for people and complete; there is nothing in the stack trace. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  /** @param file In which settings stand; undefined where there is none. */
  constructor(
    readonly problems: readonly Problem[],
    file?: string,
  ) {
    const lines = problems.map(
      ({ variable, found, expected }) => `  ${variable}: found ${found}, expected ${expected}`,
    );
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const where =
      file === undefined ? WITHOUT_FILE : `Set them in ${file}, or in the environment, which stands before it.`;
    super(`${count} in the settings:\n${lines.join("\n")}\n${where} ${ALL}`);
  }
}
