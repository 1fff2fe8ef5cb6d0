import { readFileSync, writeFileSync } from "node:fs";
import { outcomesPage } from "./outcomes-docs";
import { dotenvExample, withSettingsTable } from "./settings-docs";

writeFileSync("README.md", withSettingsTable(readFileSync("README.md", "utf8")));
writeFileSync(".env.example", dotenvExample());
writeFileSync("docs/outcomes.md", outcomesPage());
