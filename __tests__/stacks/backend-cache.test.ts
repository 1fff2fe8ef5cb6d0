import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forgetOther, knowsState, type Remembered, remembered } from "../../stacks/backend-cache";

let outdir: string;
const folder = (): string => join(outdir, "stacks/source");
const cache = (): string => join(folder(), ".terraform/terraform.tfstate");
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "cognito-migration-backend-"));
  mkdirSync(join(folder(), ".terraform"), { recursive: true });
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

const synthesize = (migration: string | undefined, terraform: object): void =>
  writeFileSync(
    join(folder(), "cdk.tf.json"),
    JSON.stringify({
      terraform,
      ...(migration === undefined ? {} : { resource: { terraform_data: { identity: { input: { migration } } } } }),
    }),
  );
/** As Terraform 1.11 writes it. */
const initialize = (type: string, config: object): void => {
  writeFileSync(
    cache(),
    JSON.stringify({ version: 3, terraform_version: "1.11.4", backend: { type, config, hash: 1 } }),
  );
  writeFileSync(join(folder(), ".terraform/environment"), "default");
  writeFileSync(join(folder(), ".terraform/kept"), "");
};

const local = (file: string) => ({ path: `../../../${file}` });
const s3 = (key: string, bucket = "b") => ({ bucket, key, region: "eu-west-1", encrypt: true, use_lockfile: true });
const cloud = (name: string) => ({ organization: "o", workspaces: { name } });
type Kind = "local" | "s3" | "cloud";
/** What the user sets, and what Terraform keeps of it. */
const BACKENDS: Readonly<Record<Kind, (name: string) => readonly [object, string, object]>> = {
  local: (name: string) => [
    { backend: { local: local(`terraform.${name}.source.tfstate`) } },
    "local",
    { ...local(`terraform.${name}.source.tfstate`), workspace_dir: null },
  ],
  s3: (name: string) => [
    { backend: { s3: s3(`p/${name}/source.tfstate`) } },
    "s3",
    { ...s3(`p/${name}/source.tfstate`), acl: null, profile: null },
  ],
  cloud: (name: string) => [
    { cloud: cloud(`${name}-source`) },
    "cloud",
    { hostname: null, token: null, organization: "o", workspaces: { name: `${name}-source`, tags: null } },
  ],
};
const KINDS = Object.keys(BACKENDS) as Kind[];
const PAIRS = KINDS.flatMap((one) => KINDS.map((two): [Kind, Kind] => [one, two]));

/** @returns whether there was something to forget, by what is there afterwards. */
function forgets(before: Remembered, to: string): boolean {
  const was = existsSync(cache());
  forgetOther(outdir, "source", before, to);
  return was && !existsSync(cache());
}

/** One migration was worked on in this folder, and now another is synthesized. */
function change(from: string | undefined, kind: Kind, to: string, next: Kind): boolean {
  const [terraform, type, config] = BACKENDS[kind](from ?? "customers");
  synthesize(from, terraform);
  initialize(type, config);
  const before = remembered(outdir, "source");
  synthesize(to, BACKENDS[next](to)[0]);
  return forgets(before, to);
}

test.each(PAIRS)("another migration's backend is forgotten, and nothing else: %s, then %s", (kind, next) => {
  expect(change("customers", kind, "shop", next)).toBe(true);
  expect([existsSync(cache()), existsSync(join(folder(), ".terraform/environment"))]).toEqual([false, false]);
  expect(existsSync(join(folder(), ".terraform/kept"))).toBe(true);
});

test.each(KINDS)("this migration's own is kept: %s", (kind) => {
  expect(change("customers", kind, "customers", kind)).toBe(false);
  expect(existsSync(cache())).toBe(true);
});

test.each(PAIRS.filter(([one, two]) => one !== two))(
  "where a migration moves, Terraform has to ask: %s to %s",
  (kind, next) => {
    expect(change("customers", kind, "customers", next)).toBe(false);
    expect(existsSync(cache())).toBe(true);
  },
);

test("the same bucket's other key is another migration's only if its name says so", () => {
  synthesize("customers", { backend: { s3: s3("one") } });
  initialize("s3", s3("one"));
  const before = remembered(outdir, "source");
  synthesize("customers", { backend: { s3: s3("two") } });
  expect(forgets(before, "customers")).toBe(false);
});

test("of the version before, which did not say whose it was, only the name that a local state had then is forgotten", () => {
  expect(change(undefined, "s3", "customers", "local")).toBe(false);
  initialize("local", local("terraform.source.tfstate"));
  expect(forgets(remembered(outdir, "source"), "customers")).toBe(true);
});

test("where nothing was initialized, or what is there is none of Terraform's, nothing is removed", () => {
  synthesize("shop", BACKENDS.local("shop")[0]);
  expect(forgets(remembered(outdir, "source"), "shop")).toBe(false);
  const foreign = [
    "null",
    '"s3"',
    "[]",
    "{}",
    '{"type":1,"config":{}}',
    '{"type":"s3","config":null}',
    '{"type":"s3"}',
  ];
  for (const text of ["", "no JSON", "[]", "null", ...foreign.map((backend) => `{"version":3,"backend":${backend}}`)]) {
    writeFileSync(cache(), text);
    expect(forgets({ ...remembered(outdir, "source"), migration: "customers" }, "shop")).toBe(false);
    expect(existsSync(cache())).toBe(true);
  }
});

test("Terraform knows where a state was only where it was initialized for this migration", () => {
  const backend = { type: "local", config: local("terraform.customers.source.tfstate") };
  expect(knowsState({ migration: "customers", backend }, "customers")).toBe(true);
  expect(knowsState({ migration: "shop", backend }, "customers")).toBe(false);
  expect(knowsState({ migration: undefined, backend }, "customers")).toBe(false);
  expect(knowsState({ migration: "customers", backend: undefined }, "customers")).toBe(false);
});

test("a migration's name that nobody could have given says nothing", () => {
  for (const name of ["x; rm -rf ~", "\u001b[2K", "lambda_x", "", 7, null, {}]) {
    synthesize(name as string, BACKENDS.local("customers")[0]);
    expect(remembered(outdir, "source").migration).toBeUndefined();
  }
  for (const text of ["null", '{"resource":null}', '{"resource":{"terraform_data":5}}']) {
    writeFileSync(join(folder(), "cdk.tf.json"), text);
    expect(remembered(outdir, "source").migration).toBeUndefined();
  }
});
