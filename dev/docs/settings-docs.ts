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
