import { DESTINATION_POOL, openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { operatorEnvironment } from "../../../sandbox/accounts/operator-environment";
import { type PreflightRun, profiles, runPreflight } from "../../support/preflight-run";
import { ROOT } from "../../support/program";

const SETTINGS = {
  MIGRATION_STAMP: "on",
  STAMP_KEY_READABLE: "accept",
  GROUPS_MODE: "token+member",
  GROUPS: "*",
};

const STAMP_ATTRIBUTE = {
  Name: "custom:migration",
  AttributeDataType: "String",
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" },
} as const;
const POOL = { ...DESTINATION_POOL, customAttributes: [...DESTINATION_POOL.customAttributes, STAMP_ATTRIBUTE] };

let world: PaperWorld;
let environment: Record<string, string>;
beforeAll(async () => {
  world = await openWorld({ root: ROOT, users: [], settings: SETTINGS, pools: { destination: POOL } });
  environment = {
    ...operatorEnvironment(world, "no folder"),
    AWS_SHARED_CREDENTIALS_FILE: profiles({
      source: world.source.administrator,
      destination: world.destination.administrator,
    }),
  };
});
afterAll(() => world.close());

const run = (more: Record<string, string> = {}, ...parameters: readonly string[]): Promise<PreflightRun> =>
  runPreflight({ ...environment, ...more }, parameters);
const OF_STAMPS = /stamp|token|group/;
const states = ({ checks }: PreflightRun): Record<string, string> =>
  Object.fromEntries(checks.filter(({ id }) => OF_STAMPS.test(id)).map(({ id, state }) => [id, state]));

/** The application of the sandbox has no list of attributes, so it may read and write the stamp as far as anybody knows. */
const AS_DEPLOYED = {
  "token-trigger": "passed",
  "stamp-attribute": "warning",
  "stamp-key": "passed",
  "token-stamp-key": "passed",
  "destination-groups": "passed",
  "token-function-state": "passed",
  "token-function-configuration": "passed",
  "token-function-code": "passed",
  "token-function-runtime": "passed",
  "token-function-role": "passed",
  "token-function-invoke-policy": "passed",
  "token-log-retention": "passed",
};

test("what the stacks deploy for stamps and groups passes, and no key is printed", async () => {
  const found = await run({}, "--json");
  expect(found.status).toBe(0);
  expect(states(found)).toMatchObject(AS_DEPLOYED);
  const { STAMP_KEY: key } = world.function.configuration.environment as Record<string, string>;
  expect(key).toMatch(/^.{64,}$/);
  expect(JSON.stringify(found)).not.toContain(key);
});

test("settings that have changed since the deploy are found at the token function", async () => {
  const found = await run({ GROUPS_MODE: "token", GROUPS_WINDOW: "2h" }, "--json");
  expect(found.status).toBe(1);
  expect(states(found)).toMatchObject({
    ...AS_DEPLOYED,
    "token-function-configuration": "failed",
    // The right to add members is one too many now.
    "token-function-role": "failed",
  });
});

test("a key that is no key any more is found, and what stands there is not printed", async () => {
  const variables = world.function.configuration.environment as Record<string, string | undefined>;
  const { STAMP_KEY: key } = variables;
  variables["STAMP_KEY"] = "canary-short";
  const found = await run({}, "--json");
  variables["STAMP_KEY"] = key;
  expect(found.status).toBe(1);
  expect(found.checks.find(({ id }) => id === "function-configuration")?.state).toBe("failed");
  expect(JSON.stringify(found)).not.toContain("canary-short");
});
