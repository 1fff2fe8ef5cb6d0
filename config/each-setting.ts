import * as v from "valibot";
import { misspelledSetting, nameMeantFor } from "./misspelling";
import { type Environment, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from "./settings";
import type { Problem } from "./settings-error";

export const NOTHING = "nothing";

export function found(env: Environment, name: SettingName): string {
  const value = rawValue(env, name);
  return value === undefined ? NOTHING : JSON.stringify(value);
}

export function rawValue(env: Environment, name: SettingName): string | undefined {
  return env[name]?.trim() || undefined;
}

/** What each setting says, alone; undefined where it is absent or wrong. */
export function parseEach(env: Environment): { settings: Partial<Settings>; problems: Problem[] } {
  const problems: Problem[] = [];
  const parsed = SETTING_NAMES.map((variable) => {
    problems.push(...problemsOf(variable, env));
    const result = v.safeParse(SETTINGS[variable].schema, rawValue(env, variable));
    return [variable, result.success ? result.output : undefined];
  });
  return { settings: Object.fromEntries(parsed), problems };
}

/** What is wrong with the value of one setting, alone. */
export function problemsOf(variable: SettingName, env: Environment): Problem[] {
  const value = rawValue(env, variable);
  const { schema, expected, explain } = SETTINGS[variable];
  if (v.safeParse(schema, value).success) return [];
  const nearly = value === undefined ? undefined : explain?.(value);
  return [{ variable, found: found(env, variable), expected: nearly ?? expected }];
}

/** They choose whose settings and files count, so a misspelled one would have another migration's taken. */
export const CHOOSERS = ["SETTINGS_FILE", "COGNITO_MIGRATION_DIRECTORY"] as const;

const meantBy = (name: string) => misspelledSetting(name, [...SETTING_NAMES, ...CHOOSERS]);

export function misspellings(env: Environment): Problem[] {
  return Object.keys(env).flatMap((variable) => {
    const meant = meantBy(variable);
    return meant === undefined ? [] : [{ variable, found: "an unknown setting", expected: `the name ${meant}` }];
  });
}

/**
 * Names in the file that nobody reads: the file is for settings, and is not handed on to Terraform or the AWS SDK. A misspelled
 * setting is none of them: it is a problem.
 */
export const ignoredNames = (inFile: readonly string[]): string[] =>
  inFile.filter((name) => !SETTING_NAMES.some((setting) => setting === name) && meantBy(name) === undefined);

/** A setting that is missing, with the unknown name that may have been meant for it. */
export function linked(problem: Problem, env: Environment): Problem {
  if (problem.found !== NOTHING) return problem;
  const meant = nameMeantFor(problem.variable, ignoredNames(Object.keys(env)));
  return meant === undefined
    ? problem
    : { ...problem, found: `${NOTHING} (but ${meant}, which is no setting: is it meant?)` };
}
