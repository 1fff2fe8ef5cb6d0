import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse as parseDotenv } from "dotenv";
import { COMMANDS } from "../cli/commands";
import { EXIT } from "../cli/exit";
import { parseDeployment } from "../config/deployment";
import { METRICS } from "../config/metrics";
import { SETTING_NAMES } from "../config/settings";
import { OUTCOMES } from "../handler/outcome";
import { outcomesPage } from "../scripts/outcomes-docs";
import { dotenvExample, withSettingsTable } from "../scripts/settings-docs";
import { alarmsOf } from "../stacks/alarms";
import { BOTH } from "./support/settings";

const ROOT = resolve(__dirname, "..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

describe("the settings", () => {
  test("the README's table is the one that the parser uses (npm run docs)", () => {
    expect(read("README.md")).toBe(withSettingsTable(read("README.md")));
    for (const name of SETTING_NAMES) expect(read("README.md")).toContain(`| \`${name}\` |`);
  });

  test(".env.example is current, complete and valid (npm run docs)", () => {
    const text = read(".env.example");
    expect(text).toBe(dotenvExample());
    for (const name of SETTING_NAMES) expect(text).toMatch(new RegExp(`^(# )?${name}=`, "m"));
    expect(parseDeployment(parseDotenv(text)).destination).toBeDefined();
  });

  test("every value shown in .env.example is valid by itself", () => {
    const everything = parseDotenv(read(".env.example").replaceAll(/^# (?=[A-Z_]+=)/gm, ""));
    expect(Object.keys(everything).sort()).toEqual([...SETTING_NAMES].sort());
    // Two of them are for one backend only.
    const { TF_CLOUD_WORKSPACE_PREFIX: _, ...forS3 } = everything;
    expect(() => parseDeployment({ ...forS3, STATE_BACKEND: "s3" })).not.toThrow();
    const { STATE_BUCKET: __, STATE_REGION: ___, STATE_KEY_PREFIX: ____, ...forCloud } = everything;
    expect(() => parseDeployment({ ...forCloud, STATE_BACKEND: "cloud" })).not.toThrow();
  });
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

describe("docs/cli.md", () => {
  const page = read("docs/cli.md");

  test.each(COMMANDS.map(({ name, options }) => [name, options] as const))(
    "explains %s and each of its options",
    (name, options) => {
      const [, section = ""] = new RegExp(`^## ${name}\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, "m").exec(page) ?? [];
      expect(section).not.toBe("");
      for (const option of Object.keys(options)) expect(section).toContain(`--${option}`);
    },
  );

  test("lists every exit code", () => {
    const listed = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(EXIT));
  });
});

test("docs/outcomes.md is what the handler does (npm run docs)", () => {
  expect(read("docs/outcomes.md")).toBe(outcomesPage());
});

test("the runbook explains every outcome once, and no other", () => {
  const explained = [...read("docs/runbook.md").matchAll(/^\| (`[a-z_`, ]+`) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? "").matchAll(/`([a-z_]+)`/g)].map(([, name]) => name ?? ""),
  );
  expect(explained.sort()).toEqual(Object.keys(OUTCOMES).sort());
});

test("the runbook explains every alarm once, and no other, with its threshold", () => {
  const { destination } = parseDeployment(BOTH);
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

describe("dependencies", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  const all: Record<string, string> = { ...dependencies, ...devDependencies };

  test("have exact versions", () => {
    for (const [name, version] of Object.entries(all))
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  });

  test("are justified, each in docs/dependencies.md, and nothing else is", () => {
    const named = [...read("docs/dependencies.md").matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell]) =>
      [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(named.sort()).toEqual(Object.keys(all).sort());
  });

  test("the lock file holds no address", () => {
    expect(read("package-lock.json")).not.toMatch(/"resolved"|https?:\/\/(localhost|127\.|10\.|192\.168\.)/);
  });
});
