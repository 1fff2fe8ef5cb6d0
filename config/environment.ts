import { parse } from "dotenv";
import { dotenvProblems, dotenvText, earlierValues } from "./dotenv-file";
import { ignoredNames, problemsOf } from "./each-setting";
import { type Environment, SETTING_NAMES } from "./settings";
import type { SettingsFile } from "./settings-file";

/** Puts the process environment over what stands in the file. @throws {SettingsError} when it is no text. */
export function readEnvironment(processEnvironment: Environment, { name, bytes }: SettingsFile) {
  const text = bytes === undefined ? "" : dotenvText(bytes, name);
  const file = parse(text);
  // An empty variable, as CI systems set it, must not hide what the file says.
  const set = Object.fromEntries(Object.entries(processEnvironment).filter(([, value]) => value?.trim() !== ""));
  return {
    environment: { ...file, ...set } as Environment,
    /** Names that stand in the file, and neither are settings nor look like one. */
    ignored: ignoredNames(Object.keys(file)),
    /** Settings that a file does not have, and the environment does: what was left there of another migration counts. */
    added: bytes === undefined ? [] : SETTING_NAMES.filter((one) => !file[one]?.trim() && set[one] !== undefined),
    /** Settings for which the file has another value, which does not count. */
    overruled: SETTING_NAMES.filter((one) => file[one]?.trim() && set[one] !== undefined && set[one] !== file[one]),
    problems: [
      ...dotenvProblems(text, SETTING_NAMES, name),
      ...SETTING_NAMES.flatMap((one) => earlierValues(text, one).flatMap((value) => problemsOf(one, { [one]: value }))),
    ],
  };
}
