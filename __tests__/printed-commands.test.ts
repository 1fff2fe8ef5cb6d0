import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./support/program";

/** What an operator copies and what would then work on the default migration, or could be broken by a blank in a name. */
const BARE: readonly RegExp[] = [
  /\bnpx\b/,
  /\bnpm run\b/,
  /(?<!\w)\.env\b/,
  /\bterraform -/,
  /`(?:attach|cut-over|detach|explain|groups|import|preflight|status|try|undo) -/,
  /\S --profile\b|--profile \S/,
  /(?<!\w)(?:mv|mkdir|cd|cp) [-$]/,
];

/** Where they are made. */
const MAKERS = ["config/command-lines.ts", "config/default-file.ts", "config/shell.ts"];

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));

/** Every text in a source, without comments, imports and patterns. */
function textsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.Latest));
  return found;
}

const FILES = ["main.ts", ...["cli", "config", "constructs", "rules", "stacks"].flatMap(sources)];

test("no message has a command line, or the name of the settings' file, written into it", () => {
  const bare = FILES.filter((file) => !MAKERS.includes(file)).flatMap((file) =>
    textsIn(file)
      .filter((text) => BARE.some((pattern) => pattern.test(text)))
      .map((text) => `${file}: ${text}`),
  );
  expect(bare).toEqual([]);
});

test("what makes them would be found, so the look is none past them", () => {
  for (const file of MAKERS.slice(0, 2))
    expect(textsIn(file).filter((text) => BARE.some((pattern) => pattern.test(text)))).not.toEqual([]);
  expect(FILES.length).toBeGreaterThan(200);
});
