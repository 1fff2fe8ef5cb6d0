import * as v from "valibot";
import { STATE_SETTINGS } from "./backends";
import { MIGRATION_SETTINGS } from "./migration-settings";
import { POOL_SETTINGS } from "./pool-settings";
import { isVersionConstraint } from "./provider-version";
import { checked, inGroup, type Setting } from "./setting-values";
import { problemOfTags, tagsOf } from "./tags";

/** Whose schemas have every argument that the stacks write, each with the same type; compared from 5.100 to 6.66. */
const AWS_PROVIDER_VERSION = ">= 5.100, < 7";

const TERRAFORM_SETTINGS = inGroup("Terraform", {
  AWS_PROVIDER_VERSION: {
    about: "Version constraint of the hashicorp/aws provider",
    expected: "a version constraint that begins with a version that it takes, such as 6.25.0, ~> 6.25 or >= 6.19, < 7",
    example: "~> 6.25",
    schema: v.optional(checked(isVersionConstraint), AWS_PROVIDER_VERSION),
  },
  TAGS: {
    about: "Tags on everything that can carry them",
    expected: "key=value pairs with commas between them, each key once and none starting with aws:",
    explain: problemOfTags,
    example: "team=identity,cost-center=4711",
    note: "none",
    schema: v.optional(
      v.pipe(
        checked((value) => problemOfTags(value) === undefined),
        v.transform(tagsOf),
      ),
    ),
  },
});

/** Every setting, once: the parser (config/deployment.ts), the table of docs/settings.md and `.env.example` are all made from this list. */
export const SETTINGS = { ...POOL_SETTINGS, ...MIGRATION_SETTINGS, ...STATE_SETTINGS, ...TERRAFORM_SETTINGS };

export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES: readonly SettingName[] = Object.keys(SETTINGS) as SettingName[];

/** What a setting is when it is absent, for people. */
export function defaultOf(name: SettingName): string {
  const { note, schema }: Setting = SETTINGS[name];
  return note ?? `\`${v.getDefault(schema)}\``;
}

export type Settings = { readonly [Name in SettingName]: v.InferOutput<(typeof SETTINGS)[Name]["schema"]> };

/** Process environment and settings file, as they come. Empty strings count as absent. */
export type Environment = Readonly<Record<string, string | undefined>>;
