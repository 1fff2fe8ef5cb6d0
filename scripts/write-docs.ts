import { readFileSync, writeFileSync } from "node:fs";
import { dotenvExample, withSettingsTable } from "./settings-docs";

writeFileSync("README.md", withSettingsTable(readFileSync("README.md", "utf8")));
writeFileSync(".env.example", dotenvExample());
