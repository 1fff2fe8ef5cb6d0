import { readFileSync } from "node:fs";
import { join } from "node:path";
import { shownMessage } from "../../../cli/program/explain-system-error";
import { shownPath } from "../../../cli/program/shown-path";
import { readEnvironment } from "../../../config/environment";
import type { Environment } from "../../../config/settings";
import { type Problem, SettingsError } from "../../../config/settings-error";
import { findSettingsFile } from "../../../config/settings-file";
import { visible } from "../../../config/visible";
import { DEFAULT_STAMP_ATTRIBUTE } from "../../../rules/stamp-settings";
import type { EmptyPool } from "../../aws/user-pool/seed";
import { DESTINATION_POOL, SOURCE_POOL, settingsOf } from "../from-synth";
import { type OwnTrigger, ownTriggers } from "../own-triggers";
import { type DescribedPool, EXPECTED, parseDescribedPool, poolOf } from "./described-pool";
import { notDescribed, notImitated } from "./differences";
import { sandboxSettings } from "./settings";

/** The options that say which pools, and which settings. Paths, and `NAME=VALUE` in order. */
interface PoolOptions {
  readonly sourcePool: string | undefined;
  readonly destinationPool: string | undefined;
  readonly settings: string | undefined;
  readonly set: readonly string[] | undefined;
  readonly noUsers: boolean;
  readonly trigger: readonly string[] | undefined;
}

/** The world that the options ask for, and what is worth knowing of it. */
export interface AskedFor {
  /** Nothing was asked for: both pools are the sandbox's own, with users that were made for them. */
  readonly isOwn: boolean;
  readonly pools: { readonly source: EmptyPool; readonly destination: EmptyPool };
  readonly settings: Readonly<Record<string, string>>;
  /** The operator's own functions. */
  readonly triggers: readonly OwnTrigger[];
  /** What differs from AWS, from the descriptions or from the settings: a line each. */
  readonly notes: readonly string[];
}

/** Everything that is wrong with what was asked for. */
export class AskedWrongly extends Error {
  override readonly name = "AskedWrongly";

  constructor(readonly problems: readonly string[]) {
    // What was found in a file may be anything.
    super(problems.map((one) => `  ${visible(one)}`).join("\n"));
  }
}

/** Settings that a pool can contradict. */
const HANGS_ON_POOLS = /^(SOURCE|DESTINATION)_|^ALARM_TOPIC_ARN$|^AWS_PROVIDER_VERSION$/;

const inWords = ({ variable, found, expected }: Problem): string => `${variable}: found ${found}, expected ${expected}`;

/** Reads the files. @throws {AskedWrongly} with every problem, before anything is started. */
export function askedFor({ set = [], ...options }: PoolOptions): AskedFor {
  const problems: string[] = [];
  const source = describedIn("--source-pool", options.sourcePool, problems);
  const destination = describedIn("--destination-pool", options.destinationPool, problems);
  const bytes = options.settings === undefined ? undefined : bytesOf("--settings", options.settings, problems);
  const pools = {
    source: source === undefined ? SOURCE_POOL : poolOf(source),
    destination: destination === undefined ? DESTINATION_POOL : poolOf(destination),
  };
  const settings = sandboxSettings({
    pools: settingsOf(pools.source, pools.destination),
    described: { source: options.sourcePool !== undefined, destination: options.destinationPool !== undefined },
    file: bytes && { name: shownPath(options.settings ?? ""), bytes },
    set,
  });
  if ("problems" in settings) {
    // Beside a pool that could not be read, what contradicts it is only a guess.
    const isGuess = (name: string): boolean => problems.length > 0 && HANGS_ON_POOLS.test(name);
    problems.push(...settings.problems.filter(({ variable }) => !isGuess(variable)).map(inWords));
  }
  const triggers = ownTriggers(options.trigger ?? [], problems);
  if (problems.length > 0 || "problems" in settings) throw new AskedWrongly(problems);
  const isOwn = source === undefined && destination === undefined && bytes === undefined && set.length === 0;
  const notes = [...settings.notes, ...differences({ source, destination }, !options.noUsers)];
  return {
    isOwn,
    pools: withStamp(pools, destination, settings.settings),
    settings: settings.settings,
    triggers,
    notes,
  };
}

/** The sandbox's own destination has the attribute for the stamp where the settings ask for one; a described pool has it, or it is refused. */
function withStamp(
  pools: AskedFor["pools"],
  described: DescribedPool | undefined,
  settings: AskedFor["settings"],
): AskedFor["pools"] {
  if (settings["MIGRATION_STAMP"] !== "on" || described !== undefined) return pools;
  const name = (settings["STAMP_ATTRIBUTE"] ?? DEFAULT_STAMP_ATTRIBUTE).replace(/^custom:/, "");
  const { destination } = pools;
  return { ...pools, destination: { ...destination, customAttributes: [...destination.customAttributes, name] } };
}

/** What the `.env` of this folder says: the operator's commands read it here, too. @throws {AskedWrongly} for one that they cannot read. */
export function ownSettings(root: string): Environment {
  try {
    const file = findSettingsFile(undefined, {
      read: (name) => readFileSync(join(root, name)),
      names: () => [],
    });
    return readEnvironment({}, file).environment;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new AskedWrongly(error.problems.map(inWords));
  }
}

function describedIn(option: string, path: string | undefined, problems: string[]): DescribedPool | undefined {
  const bytes = path === undefined ? undefined : bytesOf(option, path, problems);
  if (path === undefined || bytes === undefined) return undefined;
  const parsed = parseDescribedPool(bytes);
  if ("pool" in parsed) return parsed.pool;
  problems.push(...parsed.problems.map((one) => `${option} ${shownPath(path)}: ${one}`));
  return undefined;
}

function bytesOf(option: string, path: string, problems: string[]): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const expected = option === "--settings" ? "settings, as in .env.example" : EXPECTED;
    const { code = "" } = error as NodeJS.ErrnoException;
    const found = { ENOENT: "no such file", EISDIR: "a folder" }[code] ?? shownMessage(error);
    problems.push(`${option} ${shownPath(path)}: found ${found}, expected a file with ${expected}`);
    return undefined;
  }
}

function differences(
  described: Readonly<Record<"source" | "destination", DescribedPool | undefined>>,
  hasUsers: boolean,
): string[] {
  return (["source", "destination"] as const).flatMap((side) => {
    const pool = described[side];
    if (pool === undefined) return [];
    return [
      ...notImitated(side, pool).map((one) => `not imitated: ${side} ${one}`),
      ...notDescribed(side, hasUsers).map((one) => `not described: ${side} ${one}`),
    ];
  });
}
