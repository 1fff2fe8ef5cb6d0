import { defaultOf, SETTING_NAMES, SETTINGS } from "../../config/settings";

/** Of provider and backend, which are the caller's. */
const OF_THE_CALLER = ["State", "Terraform"];
const isOfCaller = (name: (typeof SETTING_NAMES)[number]): boolean =>
  OF_THE_CALLER.includes(SETTINGS[name].group) || /_PROFILE$/.test(name);

/** library/migration-settings.ts: every setting that says something of a migration, with its docstring. */
export function librarySettings(): string {
  const lines = SETTING_NAMES.filter((name) => !isOfCaller(name)).flatMap((name) => {
    const { about, note } = SETTINGS[name];
    const isOptional = note !== "required";
    const absent = isOptional ? ` When absent: ${defaultOf(name)}.` : "";
    return [`  /** ${about}.${absent} */`, `  readonly ${name}${isOptional ? "?: string | undefined" : ": string"};`];
  });
  return [
    "/** The settings of a migration, by their names; `npm run docs` writes this file of config/settings.ts. */",
    "export type MigrationSettings = {",
    ...lines,
    "};",
    "",
  ].join("\n");
}
