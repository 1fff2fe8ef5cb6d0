import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse as parseDotenv } from "dotenv";
import { buildSync } from "esbuild";
import { copyOfProject, ROOT, run, synth } from "./support/program";
import { edited } from "./support/settings";

/** CDK Terrain, which goes on where CDKTF has ended, with its own lock file. docs/decisions/0001-cdktf-although-archived.md */
const SUCCESSOR = join(ROOT, "__tests__/successor");
/** All that a move would change in the sources. */
const ALIAS = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };

const EXAMPLES = readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("settings.env"))
  .sort();

let folder: string;
let program: Uint8Array;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cognito-migration-cdktn-"));
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(SUCCESSOR, name), join(folder, name));
  // Without peers: constructs is the project's, and there once.
  const options = ["--legacy-peer-deps", "--ignore-scripts", "--engine-strict=false", "--no-audit", "--no-fund"];
  const { status, stderr } = spawnSync("npm", ["ci", ...options], {
    cwd: folder,
    encoding: "utf8",
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(stderr);
  const { outputFiles } = buildSync({
    entryPoints: [join(ROOT, "main.ts")],
    bundle: true,
    platform: "node",
    packages: "external",
    define: { HANDLER_ZIP: `"../dist/handler.zip"`, TOKEN_ZIP: `"../dist/token.zip"` },
    alias: ALIAS,
    write: false,
  });
  program = outputFiles[0]?.contents ?? new Uint8Array();
}, 400_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Document {
  readonly "//": { readonly metadata: { readonly version: string } };
  readonly terraform: { readonly required_providers: { readonly aws: { readonly source: string } } };
}

const stacksIn = (directory: string): Document[] =>
  ["source", "destination"].map((stack) =>
    JSON.parse(readFileSync(join(directory, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8")),
  );

/** A document with what names the library and the provider taken out. */
function parts(document: Document): { readonly named: readonly string[]; readonly rest: Document } {
  const rest = structuredClone(document);
  const named = [rest["//"].metadata.version, rest.terraform.required_providers.aws.source];
  Object.assign(rest["//"].metadata, { version: "" });
  Object.assign(rest.terraform.required_providers.aws, { source: "" });
  return { named, rest };
}

test.each(EXAMPLES)("%s is the same with the successor, but for the names of library and provider", (example) => {
  const settings = parseDotenv(edited(readFileSync(join(ROOT, "examples", example), "utf8")));
  const [today, then] = [copyOfProject(), copyOfProject()];
  expect(synth(today, settings)).toMatchObject({ status: 0, stderr: "" });
  writeFileSync(join(then, "build/main.js"), program);
  const NODE_PATH = [join(folder, "node_modules"), join(ROOT, "node_modules")].join(delimiter);
  expect(run(then, [process.execPath, "build/main.js"], { ...settings, NODE_PATH })).toMatchObject({
    status: 0,
    stderr: "",
  });

  const [old, successor] = [today, then].map((directory) => stacksIn(directory).map(parts));
  expect(successor?.map(({ rest }) => rest)).toEqual(old?.map(({ rest }) => rest));
  expect(old?.map(({ named }) => named)).toEqual(Array(2).fill(["0.21.0", "aws"]));
  expect(successor?.map(({ named }) => named)).toEqual(Array(2).fill(["0.24.0", "hashicorp/aws"]));
});
