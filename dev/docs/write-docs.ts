import { readFileSync, writeFileSync } from "node:fs";
import { COMMANDS } from "../../cli/commands";
import { STACKS } from "../../config/stacks";
import { withClientTables } from "./clients-docs";
import { withCommand, withCommands } from "./command-pages";
import { dashboardTemplate } from "./dashboard-template";
import { withModuleTables } from "./module-hcl";
import { outcomesPage } from "./outcomes-docs";
import { dotenvExample, librarySettings, withSettingsTable } from "./settings-docs";
import { withSignInNames } from "./sign-in-names/page";

writeFileSync("docs/settings.md", withSettingsTable(readFileSync("docs/settings.md", "utf8")));
writeFileSync(".env.example", dotenvExample());
writeFileSync("library/migration-settings.ts", librarySettings());
writeFileSync("README.md", withCommands(readFileSync("README.md", "utf8"), "docs/cli/"));
writeFileSync("docs/cli/README.md", withCommands(readFileSync("docs/cli/README.md", "utf8"), ""));
for (const { name, load } of COMMANDS)
  void load().then((command) => {
    const page = `docs/cli/${name}.md`;
    writeFileSync(page, withCommand(readFileSync(page, "utf8"), name, command));
  });
writeFileSync("docs/outcomes.md", outcomesPage());
writeFileSync("docs/sign-in-names.md", withSignInNames(readFileSync("docs/sign-in-names.md", "utf8")));
writeFileSync("docs/clients.md", withClientTables(readFileSync("docs/clients.md", "utf8")));
writeFileSync("modules/destination/dashboard.json.tftpl", dashboardTemplate());
for (const module of STACKS) void writeTables(`modules/${module}/README.md`, module);

async function writeTables(path: string, module: (typeof STACKS)[number]): Promise<void> {
  writeFileSync(path, await withModuleTables(readFileSync(path, "utf8"), ".", module));
}
