import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROGRAMS } from "../build.mjs";
import { SANDBOX_OPTIONS } from "../sandbox/demo/option-list";
import { LOADED_COMMANDS } from "./support/loaded-commands";
import { copyOfProject, ROOT, run } from "./support/program";
import { BOTH } from "./support/settings";
import { TIERS } from "./support/tiers";

/** How each documented command is known to work. What needs an AWS account is checked word by word. */
const RUN_HERE = ["npm run synth", "npx cdktf synth"];
const RUN_BY_CI = [
  "npm ci",
  "npm run lint",
  "npm run typecheck",
  "npm run demo",
  "npm run demo -- full",
  "npm test",
  "npm run test:tier process",
  "npm run test:tier commands",
  "npm run test:tier truth",
  "npm run test:tier names",
  "npm run test:tier package",
  "npm run test:tier deep",
];
/** Begun like these; __tests__/package runs them. */
const RUN_FOR_A_RELEASE = ["npm run package -- ", "npm pack ./build/package"];
/** What a whole page says in its blocks is run in their order. */
const RUN_AS_A_PAGE = { "docs/try-your-pools.md": "__tests__/sandbox/accounts/own-pools/page.process.test.ts" };
/** Nobody runs these in a test: they change the checkout or the shell. */
const CHANGES = ["npm run lint -- --write", "npm link", "cp .env.example .env", "export CHECKPOINT_DISABLE=1"];
/** A part of what `npm test` runs or the mutants are made in: a file that is there. */
const OF_ONE_FILE = [/^npm test -- (__tests__\/\S+\.test\.ts)$/, /^npm run test:mutation -- --mutate (\S+)$/];
/** The sandbox with options that it has; __tests__/sandbox runs them. */
function isSandbox(line: string): boolean {
  const [, rest] = /^npm run (?:--silent )?sandbox -- (.*)$/.exec(line) ?? [];
  const options = [...(rest ?? "").matchAll(/--([a-z-]+)/g)].map(([, option = ""]) => option);
  return options.length > 0 && options.every((option) => option in SANDBOX_OPTIONS);
}
/** One of several programs behind a script, of the tiers, or of the versions of Node.js. */
function isOneOf(line: string): boolean {
  const [, script, program] = /^npm run (\w+) -- (\w+)$/.exec(line) ?? [];
  const [, tier, file] = /^npm run test:tier (\w+)(?: -- --testPathPatterns (\S+))?$/.exec(line) ?? [];
  const isThere = file === undefined || existsSync(join(ROOT, `__tests__/${file}.${tier}.test.ts`));
  if (/^npm run test:node( \d+)*$/.test(line)) return true;
  return `${script}-${program}` in PROGRAMS || (TIERS.includes(tier ?? "") && isThere);
}
const NEEDS_AN_ACCOUNT = /^npx cdktf (deploy|destroy|diff)( (source|destination))+( --parallelism 1)?$/;

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...["docs", "docs/cli"].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(folder, name)),
  ),
];

const commands = pages.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  const blocks =
    page in RUN_AS_A_PAGE
      ? []
      : [...text.matchAll(/^[> ]*```sh\n([\s\S]*?)^[> ]*```/gm)].flatMap(([, block]) =>
          (block ?? "").split("\n").map((line) => line.replace(/^[> ]+/, "")),
        );
  const inline = [...text.matchAll(/`((?:npm|npx) [^`]+)`/g)].map(([, command]) => command ?? "");
  return [...blocks, ...inline]
    .flatMap((line) => line.split("&&").map((command) => command.trim()))
    .map((line) => line.replace(/^SETTINGS_FILE=\S+ /, "").replace(/^(npx cognito-migration) --settings \S+/, "$1"))
    .filter(Boolean);
});

/** A command of the operator's program, in one of its three forms, with options that it has; __tests__/cli runs them. */
function isOperators(line: string): boolean {
  const [, name = "", rest = ""] =
    /^(?:npx(?: --no --)? cognito-migration|node bin\/cognito-migration\.mjs) (\S+)([^#>]*)/.exec(line) ?? [];
  const options = [...rest.matchAll(/--([a-z-]+)/g)].map(([, option = ""]) => option);
  if (line === "npx cognito-migration") return true;
  if (["<command>", "--help", "completion"].includes(name)) return options.length === 0;
  const known = LOADED_COMMANDS.find((command) => command.name === name)?.options;
  return known !== undefined && options.every((option) => option === "help" || option in known);
}

test("every documented command is one that somebody runs", () => {
  expect(commands.length).toBeGreaterThan(15);
  const scripts = Object.keys(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts);
  const known = (command: string): boolean =>
    [...RUN_HERE, ...RUN_BY_CI, ...CHANGES].includes(command) ||
    NEEDS_AN_ACCOUNT.test(command) ||
    OF_ONE_FILE.some((pattern) => existsSync(join(ROOT, pattern.exec(command)?.[1] ?? "no file"))) ||
    isOperators(command) ||
    isSandbox(command) ||
    isOneOf(command) ||
    RUN_FOR_A_RELEASE.some((line) => command.startsWith(line)) ||
    scripts.some((script) => command === `npm run ${script}`);
  expect(commands.filter((command) => !known(command))).toEqual([]);
});

test.each(Object.entries(RUN_AS_A_PAGE))("%s is run by a test that reads it", (page, test) => {
  expect(readFileSync(join(ROOT, test), "utf8")).toContain(`"${page}"`);
});

test("what is for a pipeline downloads nothing", () => {
  const piped = commands.filter((command) => command.includes("--strict"));
  expect(piped).toContain("npx --no -- cognito-migration preflight --json --strict");
  expect(piped.filter((command) => command.startsWith("npx cognito-migration"))).toEqual([]);
});

test("a release runs what it is said to run", () => {
  const release = readFileSync(join(ROOT, ".ci/release"), "utf8").replaceAll(" --silent", "");
  for (const line of RUN_FOR_A_RELEASE) expect(release).toContain(line);
});

test("CI runs what it is said to run", () => {
  const ci = readFileSync(join(ROOT, ".ci/run"), "utf8").replaceAll("run --silent", "run");
  for (const command of RUN_BY_CI) expect(ci).toContain(command);
});

test.each(RUN_HERE)("%s", (command) => {
  const directory = copyOfProject();
  const [program = "", ...parameters] = command.split(" ");
  const { status, stdout } = run(directory, [program, ...parameters], BOTH);
  expect(status).toBe(0);
  if (command.includes("cdktf"))
    expect(stdout).toContain("Generated Terraform code for the stacks: destination, source");
  expect(readdirSync(join(directory, "cdktf.out/stacks")).sort()).toEqual(["destination", "source"]);
});

test("the command line takes the documented options", () => {
  const { stdout, stderr } = run(ROOT, ["npx", "cdktf", "deploy", "--help"], {});
  expect(stdout + stderr).toContain("--parallelism");
});
