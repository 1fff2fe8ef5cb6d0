import { parse } from "dotenv";
import { type Environment, ignoredNames } from "./deployment";
import { dotenvProblems } from "./dotenv-file";
import { SETTING_NAMES } from "./settings";
import type { Problem } from "./settings-error";

/** What the programs read their settings from, and what in `.env` nobody reads. */
export interface ReadEnvironment {
  readonly environment: Environment;
  /** Names that stand in `.env`, and neither are settings nor look like one. */
  readonly ignored: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Puts the process environment over what stands in `.env`.
 *
 * @param dotenv Text of `.env`; undefined when there is none.
 */
export function readEnvironment(processEnvironment: Environment, dotenv: string | undefined): ReadEnvironment {
  const file = parse(dotenv ?? "");
  // An empty variable, as CI systems set it, must not hide what the file says.
  const set = Object.entries(processEnvironment).filter(([, value]) => value !== "");
  return {
    environment: { ...file, ...Object.fromEntries(set) },
    ignored: ignoredNames(Object.keys(file)),
    problems: dotenvProblems(dotenv ?? "", SETTING_NAMES),
  };
}
