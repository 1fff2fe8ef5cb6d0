import { readFileSync, writeFileSync } from "node:fs";
import { outcomesPage } from "./outcomes-docs";
import { withPreflight } from "./preflight-docs";
import { dotenvExample, withSettingsTable } from "./settings-docs";

writeFileSync("README.md", withSettingsTable(readFileSync("README.md", "utf8")));
writeFileSync(".env.example", dotenvExample());
writeFileSync("docs/cli.md", withPreflight(readFileSync("docs/cli.md", "utf8")));
writeFileSync("docs/outcomes.md", outcomesPage());
