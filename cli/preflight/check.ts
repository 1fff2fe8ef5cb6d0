import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import { hasTokenFunction } from "../../rules/token-function";
import type { SourceOutputs } from "../pools/raw-outputs";
import type { FactName, Facts, FactValues, Reach } from "./facts";
import type { Scan } from "./scan";

/** The settings with which a check is made. Without them it says nothing, and AWS is not asked for it. */
export interface Occasion {
  /** For docs/cli/preflight.md, after "with". */
  readonly told: string;
  isGiven(settings: DestinationSettings): boolean;
}

export const STAMPED: Occasion = {
  told: "`MIGRATION_STAMP=on`",
  isGiven: ({ migrationStamp }) => migrationStamp === "on",
};

export const WITH_GROUPS: Occasion = {
  told: "`GROUPS_MODE`",
  isGiven: ({ groupsMode }) => groupsMode !== "off",
};

export const WITH_TOKEN_FUNCTION: Occasion = {
  told: "`GROUPS_MODE` or `MIGRATED_EVENT_BUS_ARN`",
  isGiven: hasTokenFunction,
};

export const isMade = ({ occasion }: Pick<Check, "occasion">, settings: DestinationSettings): boolean =>
  occasion?.isGiven(settings) ?? true;

export function factsAsked(
  checks: readonly Pick<Check, "occasion" | "needs">[],
  settings: DestinationSettings,
): ReadonlySet<FactName> {
  return new Set(checks.filter((check) => isMade(check, settings)).flatMap(({ needs }) => needs));
}

export const STATES = ["passed", "warning", "failed", "skipped"] as const;
export type State = (typeof STATES)[number];

/** What a check has found. Everything but a pass says what to do. */
export type Finding =
  | { readonly state: "passed"; readonly found: string; readonly remedy?: never; readonly lines?: never }
  | {
      readonly state: Exclude<State, "passed">;
      readonly found: string;
      readonly remedy: string;
      /** To be copied, below the remedy, which ends with a colon. */
      readonly lines?: readonly string[];
    };

/** What is known without asking AWS, or whatever AWS answers. */
export interface Given {
  readonly settings: DestinationSettings;
  readonly commands: CommandLines;
  readonly today: Date;
  readonly outputs: SourceOutputs;
  /** Base64 SHA-256 of the function's zip, that belongs to this program. */
  readonly codeSha256: string;
  /** Likewise of the token function's. Undefined: there is none with these settings. */
  readonly tokenCodeSha256: string | undefined;
  readonly reach: { readonly source: Reach; readonly destination: Reach };
  /** Undefined: users were not read. */
  readonly scan: Scan | undefined;
  readonly expectSignInsPerSecond: number | undefined;
}

/** One thing that makes a migration fail. The command, the tests, docs/cli/preflight.md and --json are made from these. */
export interface Check {
  /** Kebab-case; an interface, as scripts look for it in --json. */
  readonly id: string;
  /** What is so when it has passed. */
  readonly title: string;
  /** What happens to users, or to the operator, when it has not. */
  readonly otherwise: string;
  /** Where AWS says so. */
  readonly source: string;
  /** Absent: with all settings. */
  readonly occasion?: Occasion;
  readonly needs: readonly FactName[];
  decide(known: FactValues & Given): Finding;
}

export interface ListedCheck extends Check {
  readonly theme: string;
}

/** Gives `decide` the facts that the check needs, and no other. */
export function defineCheck<const N extends readonly FactName[]>(
  check: Omit<Check, "needs" | "decide"> & {
    readonly needs: N;
    decide(known: Pick<FactValues, N[number]> & Given): Finding;
  },
): Check {
  return check;
}

export const inTheme = (theme: string, checks: readonly Check[]): readonly ListedCheck[] =>
  checks.map((check) => ({ ...check, theme }));

export const passed = (found: string): Finding => ({ state: "passed", found });
export const warning = (found: string, remedy: string): Finding => ({ state: "warning", found, remedy });
export const failed = (found: string, remedy: string, lines?: readonly string[]): Finding => ({
  state: "failed",
  found,
  remedy,
  ...(lines === undefined ? {} : { lines }),
});
export const skipped = (found: string, remedy: string): Finding => ({ state: "skipped", found, remedy });

/** @param what A clause, such as "whether names differ in case alone". */
export const usersNotRead = (what: string): Finding =>
  skipped(
    `Users of the source were not read, so nobody knows ${what}.`,
    "Run it with --scan-users, which lists all users of the source.",
  );

export interface Result {
  readonly check: ListedCheck;
  readonly finding: Finding;
}

/** Decides every check that is made with these settings and whose facts are known, and skips the others with the reason why they are not. */
export const decideAll = (checks: readonly ListedCheck[], facts: Facts, given: Given): Result[] =>
  checks
    .filter((check) => isMade(check, given.settings))
    .map((check) => ({ check, finding: decideOne(check, facts, given) }));

function decideOne({ needs, decide }: Check, facts: Facts, given: Given): Finding {
  const values: Partial<Record<FactName, unknown>> = {};
  for (const name of needs) {
    const fact = facts[name];
    if (!fact.known) return skipped(fact.reason, fact.remedy);
    values[name] = fact.value;
  }
  return decide({ ...given, ...values } as FactValues & Given);
}

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
