import { defaultOf, SETTING_NAMES, SETTINGS } from "../../config/settings";
import { withBlock } from "../../sandbox/demo/marked-block";

/** A `.env` with every setting: the required ones filled with examples, the others commented out. */
export function dotenvExample(): string {
  const lines = [
    "# Copy to .env and edit; SETTINGS_FILE names a file of another migration. The environment overrides it. All values here are examples.",
  ];
  let group = "";
  for (const name of SETTING_NAMES) {
    const setting = SETTINGS[name];
    if (setting.group !== group) lines.push("", `# --- ${setting.group}`);
    group = setting.group;
    const required = setting.note?.startsWith("required") === true && setting.group !== "State";
    lines.push(
      `# ${setting.about}. When absent: ${defaultOf(name)}.`,
      `${required ? "" : "# "}${name}=${setting.example}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** docs/settings.md with its table made anew. @throws when the page has no place for it. */
export function withSettingsTable(page: string): string {
  const rows = SETTING_NAMES.map((name) => {
    const { group, about } = SETTINGS[name];
    return `| \`${name}\` | ${about} | ${defaultOf(name)} | ${group} |`;
  });
  const table = ["| Variable | What it is | When absent | Used by |", "|---|---|---|---|", ...rows].join("\n");
  return withBlock(page, "settings", table);
}

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
