import type { DestinationSettings } from "../../config/deployment";
import { hasTokenFunction } from "../../rules/token-function";
import type { FactName } from "./facts";

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

interface Occasional {
  readonly occasion?: Occasion;
}

export const isMade = ({ occasion }: Occasional, settings: DestinationSettings): boolean =>
  occasion?.isGiven(settings) ?? true;

/** What AWS has to be asked with these settings. */
export function factsAsked(
  checks: readonly (Occasional & { readonly needs: readonly FactName[] })[],
  settings: DestinationSettings,
): ReadonlySet<FactName> {
  return new Set(checks.filter((check) => isMade(check, settings)).flatMap(({ needs }) => needs));
}
