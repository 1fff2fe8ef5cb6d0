import { parseDeployment } from "../../../config/deployment";
import { readEnvironment } from "../../../config/environment";
import { misspelledSetting } from "../../../config/misspelling";
import { SETTING_NAMES, SETTINGS, type SettingName } from "../../../config/settings";
import { type Problem, SettingsError } from "../../../config/settings-error";
import type { SettingsFile } from "../../../config/settings-file";

type Values = Readonly<Record<string, string>>;

/** What settings come from, the strongest last. */
export interface SettingsFrom {
  /** What follows from the pools. */
  readonly pools: Values;
  /** The sides whose pools are described in a file. */
  readonly described: { readonly source: boolean; readonly destination: boolean };
  /** As `--settings` names it. */
  readonly file?: SettingsFile | undefined;
  /** `NAME=VALUE` each. */
  readonly set: readonly string[];
}

export type SandboxSettings =
  | { readonly settings: Values; readonly notes: readonly string[] }
  | { readonly problems: readonly Problem[] };

/** Which pool a setting names. */
const OF_SIDE: Partial<Record<SettingName, "source" | "destination">> = {
  SOURCE_USER_POOL_ID: "source",
  SOURCE_REGION: "source",
  SOURCE_ACCOUNT: "source",
  DESTINATION_USER_POOL_ARN: "destination",
  DESTINATION_ACCOUNT: "destination",
};

/** What only an account has. The sandbox has profiles and outputs of its own, and no state. */
const OWN: readonly string[] = [
  "SOURCE_PROFILE",
  "DESTINATION_PROFILE",
  "SOURCE_ROLE_ARN",
  "SOURCE_APP_CLIENT_ID",
  "SOURCE_MFA_CONFIGURATION",
  "SOURCE_USERNAME_ATTRIBUTES",
  ...SETTING_NAMES.filter((name) => SETTINGS[name].group === "State"),
];

/**
 * The migration's settings as its program would have them, with these two pools. What contradicts a described pool is a problem;
 * what only an account can have is left out and named.
 */
export function sandboxSettings(from: SettingsFrom): SandboxSettings {
  const problems: Problem[] = [];
  const inFile = fileOf(from, problems);
  const set = setOf(from, problems);
  const notes: string[] = [];
  const kept: Record<string, string> = {};
  for (const [name, value, where] of [...inFile, ...set]) {
    const side = OF_SIDE[name as SettingName];
    if (OWN.includes(name)) notes.push(`${name} (${where}) does not count: the sandbox has its own.`);
    else if (side === undefined) kept[name] = value;
    else if (!from.described[side]) notes.push(`${name} (${where}) does not count: this ${side} is the sandbox's own.`);
    else if (value !== "" && value !== factOf(name, from.pools))
      problems.push({
        variable: name,
        found: `"${value}" (${where})`,
        expected: `${factOf(name, from.pools)}, as in the ${side}'s description`,
      });
  }
  const settings = { ...from.pools, ...kept };
  orProblems(problems, () => parseDeployment(settings));
  if (problems.length > 0) return { problems };
  return { settings, notes };
}

/** What the description of a pool says in the place of a setting. */
function factOf(name: string, pools: Values): string {
  if (name === "SOURCE_REGION") return pools["SOURCE_USER_POOL_ID"]?.split("_")[0] ?? "";
  if (name === "DESTINATION_ACCOUNT") return pools["DESTINATION_USER_POOL_ARN"]?.split(":")[4] ?? "";
  return pools[name] ?? "";
}

type Given = readonly [name: string, value: string, where: string];

function fileOf({ file }: SettingsFrom, problems: Problem[]): readonly Given[] {
  const read = file && orProblems(problems, () => readEnvironment({}, file));
  if (read === undefined) return [];
  problems.push(...read.problems);
  // A misspelled setting is not ignored: it is a problem further on.
  return Object.entries(read.environment).flatMap(([name, value]): Given[] =>
    value === undefined || read.ignored.includes(name) ? [] : [[name, value, file?.name ?? ""]],
  );
}

function setOf({ set }: SettingsFrom, problems: Problem[]): readonly Given[] {
  return set.flatMap((text): Given[] => {
    const [, name = text, value] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    if (SETTING_NAMES.some((one) => one === name) && value !== undefined) return [[name, value, "--set"]];
    const meant = misspelledSetting(name, SETTING_NAMES);
    problems.push({
      variable: "--set",
      found: `"${name}"`,
      expected: `NAME=VALUE with the name of a setting${meant === undefined ? "" : `, such as ${meant}`}`,
    });
    return [];
  });
}

/** What is read; undefined where there are problems, which go to the others. */
function orProblems<T>(problems: Problem[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
