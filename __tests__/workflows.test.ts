import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "./support/program";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly steps: readonly Step[];
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const namesIn = (folder: string): string[] => readdirSync(join(ROOT, folder)).sort();

const WORKFLOWS = namesIn(".github/workflows").map((name): [string, Workflow] => [
  name,
  parse(read(join(".github/workflows", name))),
]);
const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps }) => steps);

/** The major versions of Node.js that package.json names. */
const SUPPORTED = [...JSON.parse(read("package.json")).engines.node.matchAll(/(?:\^|>=)(\d+)\./g)].map(([, major]) =>
  Number(major),
);

/** What a workflow may call, each known to be there. */
function isKnown(line: string): boolean {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };
  const [, script = ""] = /^npm (?:run )?([a-z:]+)/.exec(line) ?? [];
  const [, file = ""] = /^bash (\S+)$/.exec(line) ?? [];
  return /^npm (ci|publish .*)$/.test(line) || script in scripts || (file !== "" && existsSync(join(ROOT, file)));
}

describe.each(WORKFLOWS)("%s", (_name, workflow) => {
  test("pins every action by its commit, with the version that it is", () => {
    const text = read(join(".github/workflows", _name));
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action);
    expect(uses).toHaveLength(stepsOf(workflow).filter((step) => step.uses !== undefined).length);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("calls scripts of this project that are there", () => {
    const lines = stepsOf(workflow).flatMap(({ run }) => (run === undefined ? [] : run.split("\n")));
    const own = lines.filter((line) => /^(npm|bash|node|npx) /.test(line));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((line) => !isKnown(line))).toEqual([]);
  });

  test("may read and no more, leaves no credential in the checkout, and ends", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const step of stepsOf(workflow).filter(({ uses = "" }) => uses.startsWith("actions/checkout@")))
      expect(step.with).toMatchObject({ "persist-credentials": false });
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(120);
  });
});

test("a job may write only in a release, where somebody has said who publishes it and maintainers are asked", () => {
  const writing = WORKFLOWS.flatMap(([name, { jobs }]) =>
    Object.entries(jobs).flatMap(([id, job]) => (job.permissions === undefined ? [] : [[name, id, job] as const])),
  );
  expect(writing.map(([name, id, { permissions, needs }]) => [name, id, permissions, needs])).toEqual([
    ["release.yml", "npm", { "id-token": "write" }, "make"],
    // Not before npm has taken it.
    ["release.yml", "github", { contents: "write" }, ["make", "npm"]],
  ]);
  for (const [, , job] of writing) expect(job).toMatchObject({ if: "vars.NPM_SCOPE != ''", environment: "npm" });
  const publishing = WORKFLOWS.flatMap(([, { jobs }]) => Object.values(jobs)).filter(({ steps }) =>
    steps.some(({ run = "" }) => /npm publish|gh release/.test(run)),
  );
  expect(publishing).toEqual(writing.map(([, , job]) => job));
});

test("a job that can publish runs nobody's code, and publishes what the tested job has made", () => {
  const { make, npm, github } = parse(read(".github/workflows/release.yml")).jobs;
  for (const { steps } of [npm, github] as Job[]) {
    const uses = steps.flatMap(({ uses = "" }) => uses.replace(/@.*/, "") || []);
    expect(uses.filter((action) => !["actions/setup-node", "actions/download-artifact"].includes(action))).toEqual([]);
    const lines = steps.flatMap(({ run = "" }) => run.split("\n").filter(Boolean));
    expect(lines.slice(0, 2)).toEqual([
      '[ "$(sha256sum < SHA256SUMS)" = "$SUMS" ]',
      "sha256sum --check --strict SHA256SUMS",
    ]);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^(npm publish .*--ignore-scripts|gh release create) ?.*/);
  }
  const lines = (make as Job).steps.map(({ run, uses = "" }) => run ?? uses.replace(/@.*/, ""));
  expect(lines.indexOf('git merge-base --is-ancestor "$GITHUB_SHA" origin/main')).toBe(1);
  expect(lines.at(-1)).toBe("actions/upload-artifact");
});

test("no workflow has a secret that lasts", () => {
  for (const [name, workflow] of WORKFLOWS)
    expect([name, /\bsecrets\b/.test(JSON.stringify(workflow))]).toEqual([name, false]);
});

test("CI runs every version of Node.js that package.json names, and every tier", () => {
  const { ci } = Object.fromEntries(WORKFLOWS.map(([name, workflow]) => [name.replace(".yml", ""), workflow]));
  expect(ci?.jobs["node"]).toMatchObject({
    strategy: { matrix: { node: SUPPORTED, os: ["ubuntu-latest", "macos-latest"] } },
  });
  expect(stepsOf(ci as Workflow).map(({ run }) => run)).toContain("bash .ci/run");
});

test.each(namesIn(".github/ISSUE_TEMPLATE").filter((name) => name !== "config.yml"))(
  "the form %s can be read",
  (name) => {
    const form = parse(read(join(".github/ISSUE_TEMPLATE", name)));
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String), body: expect.any(Array) });
    const asked = form.body.filter(({ type }: { type: string }) => type !== "markdown");
    expect(asked.length).toBeGreaterThan(0);
    for (const field of asked)
      expect(field).toMatchObject({ id: expect.any(String), attributes: { label: expect.any(String) } });
  },
);

test("the development container has the versions that CI has", () => {
  const ci = read(".github/workflows/ci.yml");
  const container = read(".devcontainer/Dockerfile");
  for (const pattern of [/moto\[server\]==([\d.]+)/, /DEEP_PROVIDER_VERSION[:=] ?([\d.]+)/])
    expect(pattern.exec(container)?.[1]).toBe(pattern.exec(ci)?.[1] ?? "none");
  expect(container).toContain(`TERRAFORM=${/terraform_version: ([\d.]+)/.exec(ci)?.[1]}`);
  expect(container).toContain(`FROM node:${read(".nvmrc").trim()}-`);
});

test("every supported Node.js is pinned for every platform, by what npm calls its integrity", () => {
  const pinned = JSON.parse(read("dev/node-versions.json"));
  const { os } = JSON.parse(read("package.json"));
  expect(Object.keys(pinned)).toEqual(SUPPORTED.map(String));
  for (const [major, platforms] of Object.entries<Record<string, object>>(pinned))
    for (const platform of os.flatMap((name: string) => [`${name}-x64`, `${name}-arm64`]))
      expect([major, platforms[platform]]).toEqual([
        major,
        {
          package: expect.stringMatching(/^node-/),
          version: expect.stringMatching(new RegExp(`^${major}\\.\\d+\\.\\d+$`)),
          integrity: expect.stringMatching(/^sha512-[A-Za-z0-9+/]{86}==$/),
        },
      ]);
});
