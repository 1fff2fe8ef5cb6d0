import { readFileSync, writeFileSync } from "node:fs";
import { COMMANDS } from "../../cli/commands";
import { withCommand, withCommands } from "./command-pages";
import { outcomesPage } from "./outcomes-docs";
import { dotenvExample, withSettingsTable } from "./settings-docs";
import { withSignInNames } from "./sign-in-names/page";

writeFileSync("docs/settings.md", withSettingsTable(readFileSync("docs/settings.md", "utf8")));
writeFileSync(".env.example", dotenvExample());
writeFileSync("README.md", withCommands(readFileSync("README.md", "utf8"), "docs/cli/"));
writeFileSync("docs/cli/README.md", withCommands(readFileSync("docs/cli/README.md", "utf8"), ""));
for (const command of COMMANDS) {
  const page = `docs/cli/${command.name}.md`;
  writeFileSync(page, withCommand(readFileSync(page, "utf8"), command));
}
writeFileSync("docs/outcomes.md", outcomesPage());
writeFileSync("docs/sign-in-names.md", withSignInNames(readFileSync("docs/sign-in-names.md", "utf8")));
