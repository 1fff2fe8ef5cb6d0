import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { migrationFunction } from "../../constructs/migration-function";
import { migrationWatch } from "../../constructs/migration-watch";
import { sourceAccess } from "../../constructs/source-access";
import { type Json, resources } from "../support/stacks";

/** The constructs alone, in a program of somebody's own: no settings, no stacks of this project. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "cognito-migration-test-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ARCHIVE = Buffer.from("zip");

const app = () => Testing.app({ outdir: mkdtempSync(join(folder, "out-")) });

/** All of one migration, each pool in the account of this stack. */
function migrate(scope: Construct, provider: AwsProvider, migration: string, pool: string): void {
  const userPool = {
    id: `eu-west-1_${pool}New`,
    arn: `arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_${pool}New`,
    partition: "aws",
    region: "eu-west-1",
    account: "111111111111",
  };
  const source = { sourceUserPoolId: `eu-west-1_${pool}Old`, sourceRegion: "eu-west-1", externalId: `${pool}-id` };
  const access = sourceAccess(new Construct(scope, "source"), {
    provider,
    migration,
    userPoolId: source.sourceUserPoolId,
    partition: "aws",
    destinationAccount: "111111111111",
    externalId: source.externalId,
    namedAttributes: [],
  });
  migrationFunction(scope, {
    ...source,
    provider,
    migration,
    userPool,
    source: access,
    archive: ARCHIVE,
    lambdaRuntime: "nodejs24.x",
    lambdaMemoryMb: 512,
    logRetentionDays: 90,
    mfaPolicy: "reject",
    forgotPassword: "migrate",
    unprovenPassword: "migrate",
    destinationCaseSensitive: true,
    destinationUserPoolId: userPool.id,
    attributeExclude: [],
    attributeMap: new Map(),
    destinationAliasAttributes: undefined,
    migrationStamp: "off",
    stampAttribute: "custom:migration",
    groups: [],
    groupsMap: new Map(),
    groupsOrRefuse: [],
  });
  migrationWatch(scope, { ...source, provider, migration, userPool, sourceSignInQuota: 120 });
}

function stackIn(scope: Construct, id: string): { readonly stack: TerraformStack; readonly provider: AwsProvider } {
  const stack = new TerraformStack(scope, id);
  return { stack, provider: new AwsProvider(stack, "aws", { region: "eu-west-1" }) };
}

const synth = (stack: TerraformStack): Json => JSON.parse(Testing.synth(stack, true));

/** One migration in an App of its own. */
function alone(migration: string, pool: string): Json {
  const { stack, provider } = stackIn(app(), "stack");
  migrate(stack, provider, migration, pool);
  return synth(stack);
}

const withoutPaths = (stack: Json): Json =>
  JSON.parse(JSON.stringify(stack, (key, value) => (key === "//" ? undefined : value)));

/** What the first migration would be, were it the second. */
const renamed = (stack: Json): Json =>
  JSON.parse(
    JSON.stringify(stack)
      .replaceAll("customers", "partners")
      .replaceAll(/C(New|Old|-id)/g, "P$1"),
  );

test("two migrations in one App are each what they are alone", () => {
  const shared = app();
  const [first, second] = [stackIn(shared, "first"), stackIn(shared, "second")];
  migrate(first.stack, first.provider, "customers", "C");
  migrate(second.stack, second.provider, "partners", "P");
  const one = withoutPaths(alone("customers", "C"));
  expect(withoutPaths(synth(first.stack))).toEqual(one);
  expect(withoutPaths(synth(second.stack))).toEqual(renamed(one));
});

test("two migrations in one stack, each on a scope of its own, know nothing of each other", () => {
  const { stack, provider } = stackIn(app(), "both");
  const migrations = { customers: "C", partners: "P" };
  for (const [name, pool] of Object.entries(migrations)) migrate(new Construct(stack, name), provider, name, pool);
  const both = synth(stack);
  const one = alone("customers", "C");
  for (const [name, other] of [
    ["customers", "partners"],
    ["partners", "customers"],
  ] as const) {
    const all = [...Object.entries({ ...resources(both), ...resources(both, "data") }), ...Object.entries(both.locals)];
    const own = all.filter(([address]) => new RegExp(`(^|\\.)${name}_`).test(address));
    // `source` makes four, and what Terraform computes are two locals.
    expect(own).toHaveLength(Object.keys({ ...resources(one), ...resources(one, "data"), ...one.locals }).length);
    const pool = migrations[other];
    for (const [address, body] of own)
      expect([address, JSON.stringify(body)]).toEqual([
        address,
        expect.not.stringMatching(new RegExp(`${other}|_${pool}(New|Old)|"${pool}-id`)),
      ]);
  }
});

test("what refers to something refers to what is there", () => {
  const { stack, provider } = stackIn(app(), "both");
  for (const name of ["customers", "partners"]) migrate(new Construct(stack, name), provider, name, name);
  const both = synth(stack);
  const there = [
    ...Object.keys(resources(both)),
    ...Object.keys(resources(both, "data")).map((address) => `data.${address}`),
    ...Object.keys(both.locals).map((name) => `local.${name}`),
  ];
  const text = JSON.stringify(withoutPaths(both));
  const references = [...text.matchAll(/(?:data\.)?\b(?:aws_\w+|terraform_data|local)\.[\w-]+/g)].map(
    ([address]) => address,
  );
  expect(references.length).toBeGreaterThan(30);
  expect(references.filter((address) => !there.includes(address))).toEqual([]);
});

test("what another program passes is text, and no expression of Terraform's", () => {
  const { stack, provider } = stackIn(app(), "stack");
  sourceAccess(stack, {
    provider,
    migration: "customers",
    userPoolId: "eu-west-1_Old",
    partition: "aws",
    destinationAccount: "111111111111",
    externalId: "a${b}%{c}",
    namedAttributes: [],
  });
  const { assume_role_policy: policy } = resources(synth(stack))["aws_iam_role.role"] as { assume_role_policy: string };
  expect(policy).toContain("a$${b}%%{c}");
});
