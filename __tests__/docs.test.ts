import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse as parseDotenv } from "dotenv";
import { COMMANDS } from "../cli/commands";
import { LEFT_OUT_REASONS } from "../cli/import/left-out";
import { EXIT } from "../cli/program/exit";
import { parseDeployment } from "../config/deployment";
import { SETTING_NAMES } from "../config/settings";
import { STACKS } from "../config/stacks";
import { withClientTables } from "../dev/docs/clients-docs";
import { withCommand, withCommands } from "../dev/docs/command-pages";
import { dashboardTemplate } from "../dev/docs/dashboard-template";
import { withModuleTables } from "../dev/docs/module-hcl";
import { outcomesPage } from "../dev/docs/outcomes-docs";
import { dotenvExample, withSettingsTable } from "../dev/docs/settings-docs";
import { alarmsOf } from "../rules/alarms";
import { METRICS } from "../rules/metrics";
import { OUTCOMES } from "../rules/outcome";
import { STEPS } from "../sandbox/demo/full-demo/steps";
import { LOADED_COMMANDS } from "./support/loaded-commands";
import { BOTH, edited } from "./support/settings";

const ROOT = resolve(__dirname, "..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
  ...STACKS.map((module) => `modules/${module}/README.md`),
];

test("the tables of docs/clients.md are the recorded run (npm run docs)", () => {
  expect(read("docs/clients.md")).toBe(withClientTables(read("docs/clients.md")));
});

describe("the settings", () => {
  test("the page's table is the one that the parser uses (npm run docs)", () => {
    expect(read("docs/settings.md")).toBe(withSettingsTable(read("docs/settings.md")));
    for (const name of SETTING_NAMES) expect(read("docs/settings.md")).toContain(`| \`${name}\` |`);
  });

  test(".env.example is current, complete and valid (npm run docs)", () => {
    const text = read(".env.example");
    expect(text).toBe(dotenvExample());
    for (const name of SETTING_NAMES) expect(text).toMatch(new RegExp(`^(# )?${name}=`, "m"));
    expect(parseDeployment(parseDotenv(edited(text))).destination).toBeDefined();
  });

  test(".env.example is refused as it is: its pools are nobody's", () => {
    expect(() => parseDeployment(parseDotenv(read(".env.example")))).toThrow(
      /^2 problems in the settings:\n {2}SOURCE_USER_POOL_ID: .* this is the one of the examples\n {2}DESTINATION_USER_POOL_ARN: .* this is the one of the examples\n/,
    );
  });

  test("every value shown in .env.example is valid by itself", () => {
    const everything = parseDotenv(edited(read(".env.example")).replaceAll(/^# (?=[A-Z_]+=)/gm, ""));
    expect(Object.keys(everything).sort()).toEqual([...SETTING_NAMES].sort());
    // Two of them are for one backend only.
    const { TF_CLOUD_WORKSPACE_PREFIX: _, ...forS3 } = everything;
    expect(() => parseDeployment({ ...forS3, STATE_BACKEND: "s3" })).not.toThrow();
    const { STATE_BUCKET: __, STATE_REGION: ___, STATE_KEY_PREFIX: ____, ...forCloud } = everything;
    expect(() => parseDeployment({ ...forCloud, STATE_BACKEND: "cloud" })).not.toThrow();
  });
});

describe("the modules", () => {
  test.each(STACKS)("the tables of %s are those of its variables and outputs (npm run docs)", async (module) => {
    const page = read(`modules/${module}/README.md`);
    expect(page).toBe(await withModuleTables(page, ROOT, module));
  });

  test("the dashboard is the one of the stacks (npm run docs)", () => {
    expect(read("modules/destination/dashboard.json.tftpl")).toBe(dashboardTemplate());
  });
});

test("the README is a front page", () => {
  expect(read("README.md").split("\n").length).toBeLessThanOrEqual(180);
});

test("the README's first command stands before line 40", () => {
  const lines = read("README.md").split("\n");
  expect(lines.indexOf("npm ci && npm run demo")).toBeLessThan(40);
  expect(lines.indexOf("npm ci && npm test")).toBeLessThan(40);
  expect(Math.min(lines.indexOf("npm ci && npm run demo"), lines.indexOf("npm ci && npm test"))).toBeGreaterThan(0);
});

test.each(pages)("every file that %s links to is there", (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? "");
  for (const target of links.filter((link) => !/^https?:/.test(link)))
    expect([target, existsSync(resolve(ROOT, dirname(page), target))]).toEqual([target, true]);
});

/** As GitHub makes an anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

test.each(pages)("every heading that %s links to is there", (page) => {
  for (const [, target = "", anchor = ""] of read(page).matchAll(/\]\(([^)#\s]*)#([^)]*)\)/g)) {
    if (/^https?:/.test(target)) continue;
    const text = readFileSync(target === "" ? join(ROOT, page) : resolve(ROOT, dirname(page), target), "utf8");
    expect([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading))).toContain(anchor);
  }
});

describe("docs/cli", () => {
  test("has a page for each command, and no other", () => {
    const names = readdirSync(join(ROOT, "docs/cli")).filter((name) => name !== "README.md");
    expect(names.sort()).toEqual(COMMANDS.map(({ name }) => `${name}.md`).sort());
  });

  test.each(LOADED_COMMANDS.map((command) => [command.name, command] as const))(
    "%s: says what the program knows of itself (npm run docs)",
    (name, command) => {
      const page = read(`docs/cli/${name}.md`);
      expect(page).toBe(withCommand(page, name, command));
      for (const option of Object.keys(command.options)) expect(page).toContain(`| \`--${option}\` |`);
    },
  );

  test.each(COMMANDS.map(({ name }) => name))("%s: says what it is, how to run it, and how it ends", (name) => {
    const page = read(`docs/cli/${name}.md`);
    const [top = ""] = page.split("\n## ");
    expect(top).toMatch(new RegExp(`^# ${name}\n\n[A-Z*]`));
    expect(top).toContain(`\n\`\`\`sh\nnpx cognito-migration ${name}`);
    expect(page).toMatch(/^## Exit codes$/m);
  });

  test("lists every exit code", () => {
    const listed = [...read("docs/cli/README.md").matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(EXIT));
  });

  test("explains every reason for which import leaves a user out, and no other", () => {
    const [, table = ""] = /<!-- left out -->\n([\s\S]*?)<!--/.exec(read("docs/cli/import.md")) ?? [];
    expect([...table.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name)).toEqual(LEFT_OUT_REASONS);
  });
});

test("docs/outcomes.md is what the handler does (npm run docs)", () => {
  expect(read("docs/outcomes.md")).toBe(outcomesPage());
});

test("the architecture names every file of the handler once, and no other", () => {
  const [, section = ""] = read("docs/architecture.md").split("### The handler");
  const named = [...section.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  const files = readdirSync(join(ROOT, "handler"), { recursive: true, encoding: "utf8" });
  expect(named.sort()).toEqual(files.filter((file) => file.endsWith(".ts")).sort());
});

describe("the runbook's walk-through", () => {
  const [, walk = ""] = /^## A migration, step by step\n([\s\S]*?)^## /m.exec(read("docs/runbook.md")) ?? [];
  const sections = walk.split(/^### /m).slice(1);
  const commandsIn = (section: string): string[] =>
    [...section.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, block = ""]) =>
      block.split("\n").flatMap((line) => line.trim() || []),
    );

  test("has the steps that npm run demo -- full follows, in its order", () => {
    expect(sections.map((section) => section.split("\n")[0])).toEqual(
      STEPS.map(({ heading }, at) => `${at + 1}. ${heading}`),
    );
  });

  test.each(STEPS.map(({ heading, commands }, at) => [heading, commands, at] as const))(
    "%s: has the commands that npm run demo -- full runs, in its order",
    (_, commands, at) => {
      expect(commandsIn(sections[at] ?? "")).toEqual(commands);
    },
  );

  test("says of every step how to take it back", () => {
    for (const section of sections) expect(section).toContain("*Back:*");
  });
});

test.each([
  ["README.md", "docs/cli/"],
  ["docs/cli/README.md", ""],
])("%s names every command of the operator, and each leads to its page (npm run docs)", (page, folder) => {
  expect(read(page)).toBe(withCommands(read(page), folder));
  for (const { name } of COMMANDS) expect(read(page)).toContain(`[\`${name}\`](${folder}${name}.md)`);
});

test("the runbook explains every outcome once, and no other", () => {
  const explained = [...read("docs/runbook.md").matchAll(/^\| (`[a-z_`, ]+`) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? "").matchAll(/`([a-z_]+)`/g)].map(([, name]) => name ?? ""),
  );
  expect(explained.sort()).toEqual(Object.keys(OUTCOMES).sort());
});

test("the runbook explains every alarm once, and no other, with its threshold", () => {
  const stamp = {
    MIGRATION_STAMP: "on",
    STAMP_KEY_READABLE: "accept",
    GROUPS_MODE: "token+member",
    GROUPS: "editors",
    GROUPS_OR_REFUSE: "editors",
  };
  const { destination } = parseDeployment({ ...BOTH, ...stamp });
  const alarms = Object.entries(destination === undefined ? {} : alarmsOf(destination));
  const rows = [...read("docs/runbook.md").matchAll(/^\| `-([a-z-]+)` \|.*$/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual(alarms.map(([name]) => name).sort());
  const row = (name: string): string => rows.find(([, id]) => id === name)?.[0] ?? "";
  for (const name of ["failures", "slow", "throttled"])
    expect(row(name)).toMatch(new RegExp(`\\b${Object.fromEntries(alarms)[name]?.threshold}\\b`));
});

test("the runbook counts what is billed", () => {
  const { destination } = parseDeployment(BOTH);
  const alarms = Object.values(destination === undefined ? {} : alarmsOf(destination));
  const watched = alarms.flatMap(({ metricName, metricQuery }) =>
    Array.isArray(metricQuery) ? metricQuery.flatMap(({ metric }) => metric?.metricName ?? []) : [metricName],
  );
  const text = read("docs/runbook.md");
  expect(text).toContain(`${alarms.length} alarms that watch ${watched.length} metrics`);
  expect(text).toContain(`${Object.keys(METRICS).length} metrics of the function`);
});

test("the README's ratios are those that were measured (npm run bench -- --write)", () => {
  const measured = (target: string): string =>
    read("docs/performance.md")
      .split("\n")
      .find((line) => line.startsWith(`| ${target} |`))
      ?.split("|")[3]
      ?.replace("x", "")
      .trim() ?? "";
  for (const target of ["Warm p50, against naive", "Cold, process start to first answer, against naive"]) {
    expect(measured(target)).toMatch(/^0\.\d\d$/);
    expect(read("README.md")).toContain(`**${measured(target)}**`);
  }
});

test("the page about costs counts the alarms and metrics that are billed as the runbook does", () => {
  const counted = /(\d+) alarms that watch (\d+) metrics.*\n?.*?(\d+) metrics of the function/.exec(
    read("docs/runbook.md"),
  );
  expect(counted).not.toBeNull();
  const [, alarms, watched, own] = counted ?? [];
  expect(read("docs/deploy.md")).toContain(`${alarms} alarms on ${watched} metrics, one dashboard and ${own} metrics`);
});

describe("dependencies", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  const all: Record<string, string> = { ...dependencies, ...devDependencies };

  test("have exact versions", () => {
    for (const [name, version] of Object.entries(all))
      expect([name, version]).toEqual([name, expect.stringMatching(/^(npm:@?[a-z/-]+@)?\d+\.\d+\.\d+$/)]);
  });

  test("are justified, each in docs/dependencies.md, and nothing else is", () => {
    const named = [...read("docs/dependencies.md").matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell]) =>
      [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(named.sort()).toEqual(Object.keys(all).sort());
  });

  test("run no script of theirs at installation, and those that would are known", () => {
    expect(read(".npmrc").split("\n")).toContain("ignore-scripts=true");
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    const names = Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript ? (path.split("node_modules/").at(-1) ?? "") : [],
    );
    const [, section = ""] = read("docs/dependencies.md").split("## Install scripts");
    expect(names.length).toBe(4);
    for (const name of names) expect(section).toContain(`\`${name}\``);
  });

  test("the lock file holds no address", () => {
    expect(read("package-lock.json")).not.toMatch(/"resolved"|https?:\/\/(localhost|127\.|10\.|192\.168\.)/);
  });
});

test.each(readdirSync(join(ROOT, "docs/decisions")))("%s begins with the decision, and says why", (name) => {
  const [number] = /^\d+/.exec(name) ?? [];
  const text = read(`docs/decisions/${name}`);
  const [, first = ""] =
    new RegExp(`^# ${Number(number)}\\. .+\n\n\\*\\*Decision\\.\\*\\* ([\\s\\S]*?)\n\n`).exec(text) ?? [];
  expect(first.split(/\.\s/).length).toBeLessThanOrEqual(5);
  expect(first).not.toBe("");
  expect(text).toMatch(/^\*\*Why\b/m);
});

test("a move to CDKTF's successor is as many lines as its decision says: every import of CDKTF's packages", () => {
  const sources = [
    "main.ts",
    ...["constructs", "library", "stacks"].flatMap((name) =>
      readdirSync(join(ROOT, name)).map((file) => join(name, file)),
    ),
  ];
  const lines = sources.flatMap((file) => read(file).match(/ from "@?cdktf[/"]/g) ?? []);
  expect(read("docs/decisions/0001-cdktf-although-archived.md")).toContain(`${lines.length} import lines`);
});
