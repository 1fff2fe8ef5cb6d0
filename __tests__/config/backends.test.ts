import { BACKENDS, backendProblems, STATE_SETTINGS } from "../../config/backends";

type Name = keyof typeof BACKENDS;

/** What an operator may say of each; all that is required is there. */
const GIVEN = {
  STATE_BACKEND: "local",
  STATE_BUCKET: "example-state",
  STATE_REGION: "eu-central-1",
  STATE_KEY_PREFIX: undefined,
  TF_CLOUD_ORGANIZATION: "example-org",
  TF_CLOUD_HOSTNAME: "terraform.example.com",
  TF_CLOUD_WORKSPACE_PREFIX: undefined,
} as const;

const BY_NAME = Object.keys(BACKENDS).map((name) => [name as Name] as const);
const STATES = ["customers", "partners"].flatMap((migration) =>
  (["source", "destination"] as const).map((stack) => ({ migration, stack, projectFolder: "../../.." })),
);

test.each(BY_NAME)("with %s no two states are in one place, and each is read where it is kept", (name) => {
  const { read, keep } = BACKENDS[name];
  const blocks = STATES.map((of) => read(GIVEN, of));
  expect(new Set(blocks.map(({ config }) => JSON.stringify(config))).size).toBe(STATES.length);
  for (const block of blocks) expect(keep(block).config).toMatchObject(block.config);
});

test.each([
  ["s3", { STATE_KEY_PREFIX: "ours" }, { key: "ours/source.tfstate" }],
  ["cloud", { TF_CLOUD_WORKSPACE_PREFIX: "ours" }, { workspaces: { name: "ours-source" } }],
] as const)("with %s an operator chooses where: %p", (name, settings, expected) => {
  const of = { migration: "customers", stack: "source", projectFolder: "../../.." } as const;
  expect(BACKENDS[name].read({ ...GIVEN, ...settings }, of).config).toMatchObject(expected);
});

test.each(BY_NAME)("with %s alone, what is required is asked for and nothing else is wrong", (name) => {
  const { required, settings } = BACKENDS[name];
  expect(backendProblems(name, () => false).map(({ variable }) => variable)).toEqual(required);
  expect(backendProblems(name, (variable) => variable in settings)).toEqual([]);
  const asTold = Object.entries(STATE_SETTINGS).filter(([, { note }]) => note === `required with \`${name}\``);
  expect(required).toEqual(asTold.map(([variable]) => variable));
});

test("a setting of another backend is one too many, unless Terraform reads it for something else", () => {
  const tooMany = (name: Name) => backendProblems(name, () => true).map(({ variable }) => variable);
  expect(tooMany("local")).toEqual(["STATE_BUCKET", "STATE_REGION", "STATE_KEY_PREFIX", "TF_CLOUD_WORKSPACE_PREFIX"]);
  expect(tooMany("s3")).toEqual(["TF_CLOUD_WORKSPACE_PREFIX"]);
  expect(tooMany("cloud")).toEqual(["STATE_BUCKET", "STATE_REGION", "STATE_KEY_PREFIX"]);
});
