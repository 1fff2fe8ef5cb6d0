import { readFileSync } from "node:fs";
import { join } from "node:path";
import { manifestOf } from "../../dev/package/manifest.mjs";
import { readmeOf } from "../../dev/package/readme.mjs";
import { ROOT } from "../support/program";

const PAGE = readFileSync(join(ROOT, "docs/package.md"), "utf8");
const own = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const readme = (publisher: { scope?: string; repository?: string }): string =>
  readmeOf(PAGE, manifestOf(own, publisher), publisher);

/** Whatever a reader types that npm, Node.js or the system finds by the package's name. */
const namedIn = (text: string): string[] =>
  [...text.matchAll(/node_modules\/((?:@\w+\/)?[\w-]+)|[`"]((?:@\w+\/)?cognito-migration)\/constructs/g)].map(
    ([, folder, imported]) => folder ?? imported ?? "",
  );

test.each([
  [{}, "cognito-migration", "/path/to/build/cognito-migration-"],
  [{ scope: "@acme" }, "@acme/cognito-migration", "/path/to/build/acme-cognito-migration-"],
])("the README names the package as its manifest does: %j", (publisher, name, tarball) => {
  const named = namedIn(readme(publisher));
  expect(named.length).toBeGreaterThan(2);
  expect([...new Set(named)]).toEqual([name]);
  expect(readme(publisher)).toContain(`npm install ${tarball}${own.version}.tgz`);
});

test("the program and its folder keep their names under a scope", () => {
  const text = readme({ scope: "@acme" });
  expect(text).toContain("npx --no -- cognito-migration ");
  expect(text).toContain("`.cognito-migration` appears");
});
