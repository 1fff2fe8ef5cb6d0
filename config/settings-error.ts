export interface Problem {
  readonly variable: string;
  /** A value of ours in quotes, or a phrase. Never the value of a variable that is not ours: it may be a secret. */
  readonly found: string;
  readonly expected: string;
}

const ADVICE =
  'Set them in the environment or in .env (cp .env.example .env; SETTINGS_FILE names another file). All settings: README.md, "Settings".';

/** Bad input, all of it. The message is for people and complete; there is nothing in the stack trace. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(readonly problems: readonly Problem[]) {
    const lines = problems.map(
      ({ variable, found, expected }) => `  ${variable}: found ${found}, expected ${expected}`,
    );
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(`${count} in the settings:\n${lines.join("\n")}\n${ADVICE}`);
  }
}
