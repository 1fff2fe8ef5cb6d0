import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { parseDeployment } from "../../config/deployment";
import { DestinationStack } from "../../stacks/destination";
import { SourceStack } from "../../stacks/source";
import { BOTH, CLOUD, S3 } from "../support/settings";
import { type Json, resources } from "../support/stacks";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "cognito-migration-test-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ARCHIVE = Buffer.from("zip");

/** Two migrations in one App, by their names. */
function inOneApp(backend: Readonly<Record<string, string>>): Record<string, { source: Json; destination: Json }> {
  const cwd = jest.spyOn(process, "cwd").mockReturnValue(folder);
  const app = Testing.app({ outdir: join(folder, "cdktf.out") });
  const stacks = ["customers", "partners"].map((name) => {
    const { source, destination } = parseDeployment({ ...BOTH, ...backend, USER_POOL_NAME: name });
    if (destination === undefined) throw new Error("found no destination");
    return {
      name,
      source: new SourceStack(app, `${name}-source`, source),
      destination: new DestinationStack(app, `${name}-destination`, destination, { handler: ARCHIVE, token: ARCHIVE }),
    };
  });
  cwd.mockRestore();
  return Object.fromEntries(
    stacks.map(({ name, source, destination }) => [
      name,
      { source: JSON.parse(Testing.synth(source)), destination: JSON.parse(Testing.synth(destination)) },
    ]),
  );
}

/** Where a state is: what a stack says of its own, and what a reader says of it. */
const placeOf = (block: Json): unknown =>
  block.path ?? block.key ?? block.workspaces?.name ?? `nowhere: ${JSON.stringify(block)}`;

test.each([
  ["local", {}, (name: string) => `../../../terraform.${name}.source.tfstate`],
  ["s3", S3, (name: string) => `cognito-migration/${name}/source.tfstate`],
  ["cloud", CLOUD, (name: string) => `cognito-migration-${name}-source`],
] as const)("with the %s backend each migration of an App reads its own source's state", (kind, settings, expected) => {
  const migrations = inOneApp(settings);
  const places = Object.values(migrations).flatMap(({ source, destination }) =>
    [source, destination].map(({ terraform }) => placeOf(terraform.cloud ?? terraform.backend[kind])),
  );
  expect(new Set(places).size).toBe(4);
  for (const [name, { source, destination }] of Object.entries(migrations)) {
    const kept = source.terraform.cloud ?? source.terraform.backend[kind];
    const read = resources(destination, "data")["terraform_remote_state.source-state"].config;
    expect([placeOf(kept), placeOf(read)]).toEqual([expected(name), expected(name)]);
    expect(resources(destination)["aws_lambda_function.function"].function_name).toBe(`cognito_migration_${name}`);
  }
});
