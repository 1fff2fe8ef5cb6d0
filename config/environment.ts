import { parse } from "dotenv";
import { dotenvProblems, dotenvText, earlierValues } from "./dotenv-file";
import { ignoredNames, problemsOf } from "./each-setting";
import type { Environment } from "./settings";
import { SETTING_NAMES } from "./settings";
import type { Problem } from "./settings-error";
import type { SettingsFile } from "./settings-file";

/** What the programs read their settings from, and what in the file nobody reads. */
export interface ReadEnvironment {
  readonly environment: Environment;
  /** Names that stand in the file, and neither are settings nor look like one. */
  readonly ignored: readonly string[];
  /** Settings that a file does not have, and the environment does: what was left there of another migration counts. */
  readonly added: readonly string[];
  /** Settings for which the file has another value, which does not count. */
  readonly overruled: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Puts the process environment over what stands in the file.
 *
 * @throws {SettingsError} when it is no text.
 */
export function readEnvironment(processEnvironment: Environment, { name, bytes }: SettingsFile): ReadEnvironment {
  const text = bytes === undefined ? "" : dotenvText(bytes, name);
  const file = parse(text);
  // An empty variable, as CI systems set it, must not hide what the file says.
  const set = Object.fromEntries(Object.entries(processEnvironment).filter(([, value]) => value?.trim() !== ""));
  return {
    environment: { ...file, ...set },
    ignored: ignoredNames(Object.keys(file)),
    added: bytes === undefined ? [] : SETTING_NAMES.filter((one) => !file[one]?.trim() && set[one] !== undefined),
    overruled: SETTING_NAMES.filter((one) => file[one]?.trim() && set[one] !== undefined && set[one] !== file[one]),
    problems: [
      ...dotenvProblems(text, SETTING_NAMES, name),
      ...SETTING_NAMES.flatMap((one) => earlierValues(text, one).flatMap((value) => problemsOf(one, { [one]: value }))),
    ],
  };
}
