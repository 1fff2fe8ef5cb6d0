import { Token } from "cdktf";
import { safeParse } from "valibot";
import { contradictions } from "../config/contradictions";
import { NOTHING, parseEach } from "../config/each-setting";
import { SETTINGS } from "../config/settings";
import type { Problem } from "../config/settings-error";
import type { MigrationSettings } from "./migration-settings";
import type { SourceValues } from "./source-values";

/** The settings that say the same. */
const NAMES = {
  roleArn: "SOURCE_ROLE_ARN",
  appClientId: "SOURCE_APP_CLIENT_ID",
  mfaConfiguration: "SOURCE_MFA_CONFIGURATION",
  usernameAttributes: "SOURCE_USERNAME_ATTRIBUTES",
} as const satisfies Readonly<Record<keyof SourceValues, keyof MigrationSettings>>;

/** Known when Terraform plans: cdktf's, or in Terraform's own words. */
const isReference = (value: unknown): boolean =>
  Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));

/** What is known already is held against the settings' own rules, each value as the function will read it. */
export function checkedSource(
  source: SourceValues,
  settings: MigrationSettings,
): { readonly values: SourceValues; readonly problems: readonly Problem[] } {
  const members = Object.keys(NAMES) as (keyof SourceValues)[];
  const parsed = members
    .filter((member) => !isReference(source[member]))
    .map((member) => ({ member, ...parsedValue(member, source[member]) }));
  const known = Object.fromEntries(parsed.map(({ member, value }) => [member, value]));
  return {
    values: { ...source, ...known },
    problems: [...parsed.flatMap(({ problem }) => problem ?? []), ...elsewhere(known, settings)],
  };
}

function parsedValue(member: keyof SourceValues, given: unknown): { value?: string; problem?: Problem } {
  const { schema, expected } = SETTINGS[NAMES[member]];
  const { success, output } = safeParse(schema, given);
  if (success && output !== undefined) return { value: output };
  return { problem: { variable: `source.${member}`, found: JSON.stringify(given) ?? NOTHING, expected } };
}

/** A role that is one, in another account or partition than the settings say. */
function elsewhere({ roleArn }: Partial<SourceValues>, settings: MigrationSettings): readonly Problem[] {
  if (roleArn === undefined) return [];
  const all = { ...settings, [NAMES.roleArn]: roleArn };
  return contradictions(all, parseEach(all).settings)
    .filter(({ variable }) => variable === NAMES.roleArn)
    .map((problem) => ({ ...problem, variable: "source.roleArn" }));
}
