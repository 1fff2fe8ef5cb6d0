import { readFileSync, writeFileSync } from "node:fs";
import { STACKS } from "../../config/stacks";
import { dashboardTemplate } from "./dashboard-template";
import { withModuleTables } from "./modules-docs";
import { outcomesPage } from "./outcomes-docs";
import { withPreflight } from "./preflight-docs";
import { dotenvExample, withSettingsTable } from "./settings-docs";
import { withSignInNames } from "./sign-in-names/page";

writeFileSync("docs/settings.md", withSettingsTable(readFileSync("docs/settings.md", "utf8")));
writeFileSync(".env.example", dotenvExample());
writeFileSync("docs/cli.md", withPreflight(readFileSync("docs/cli.md", "utf8")));
writeFileSync("docs/outcomes.md", outcomesPage());
writeFileSync("docs/sign-in-names.md", withSignInNames(readFileSync("docs/sign-in-names.md", "utf8")));
writeFileSync("modules/destination/dashboard.json.tftpl", dashboardTemplate());
for (const module of STACKS) void writeTables(`modules/${module}/README.md`, module);

async function writeTables(path: string, module: (typeof STACKS)[number]): Promise<void> {
  writeFileSync(path, await withModuleTables(readFileSync(path, "utf8"), ".", module));
}
