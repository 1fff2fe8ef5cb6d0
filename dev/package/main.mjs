// @ts-check
// npm run package: makes build/package.
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { makePackage } from "./make-package.mjs";

const USAGE = "npm run package -- [--scope @acme] [--repository https://github.com/acme/cognito-migration]";

try {
  const { values } = parseArgs({ options: { scope: { type: "string" }, repository: { type: "string" } } });
  const { scope, repository } = values;
  if (scope !== undefined && !/^@[a-z0-9][a-z0-9._-]*$/.test(scope))
    throw new Error(`--scope: found ${scope}, expected a scope of npm such as @acme`);
  if (repository !== undefined && !/^https:\/\/[^\s/]+\/\S*[^/\s]$/.test(repository))
    throw new Error(
      `--repository: found ${repository}, expected its address such as https://github.com/acme/cognito-migration`,
    );
  makePackage(dirname(dirname(import.meta.dirname)), { ...(scope && { scope }), ...(repository && { repository }) });
  console.log("Made build/package. To pack it: npm pack ./build/package");
  if (repository === undefined) console.log("It names no repository, which npm wants for provenance: --repository.");
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  process.exitCode = 1;
}
