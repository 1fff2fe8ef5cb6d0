import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildSync } from "esbuild";
import { parseDeployment } from "../../../config/deployment";
import { ROOT, run } from "../../support/program";
import { BOTH } from "../../support/settings";

const ROLE = "arn:aws:iam::111111111111:role/cognito_migration_customers";
const { destination } = parseDeployment({
  ...BOTH,
  STATE_BACKEND: "s3",
  STATE_BUCKET: "example-state",
  STATE_REGION: "eu-west-1",
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cognito-migration-outputs-"));
  mkdirSync(join(root, "bin"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** In a process of its own, where PATH begins with a `terraform` that does this. */
function outputsWith(script: string, output = "cdktf.out"): unknown {
  writeFileSync(join(root, "bin/terraform"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, "bin/terraform"), 0o755);
  const outfile = join(root, "outputs.cjs");
  const contents = `export * from "./cli/pools/stack-outputs"; export * from "./config/command-lines";`;
  buildSync({ stdin: { contents, resolveDir: ROOT }, bundle: true, platform: "node", outfile });
  const program = `const built = require(${JSON.stringify(outfile)}); built.findSourceOutputs(...${JSON.stringify([root, destination])}, built.commandLines({ CDKTF_OUTDIR: ${JSON.stringify(output)} }, ".env.staging")).then((found) => console.log(JSON.stringify(found)), ({ name, exitCode, message }) => console.log(JSON.stringify({ name, exitCode, message })))`;
  const PATH = `${join(root, "bin")}${delimiter}${process.env["PATH"]}`;
  return JSON.parse(run(root, [process.execPath, "-e", program], { PATH }).stdout);
}

test("with a remote backend Terraform is asked, in the synthesized folder", () => {
  mkdirSync(join(root, "cdktf.out/stacks/source"), { recursive: true });
  const found = outputsWith(
    `[ "$*" = "-chdir=${root}/cdktf.out/stacks/source output -json" ] && echo '{"role_arn":{"value":"${ROLE}"},"mfa_configuration":{"value":"ON"}}'`,
  );
  expect(found).toEqual({ roleArn: ROLE, mfaConfiguration: "ON" });
});

test("nothing is known when Terraform may not read the state", () => {
  mkdirSync(join(root, "cdktf.out/stacks/source"), { recursive: true });
  expect(outputsWith("exit 1")).not.toHaveProperty("roleArn");
});

test("nothing is known, and Terraform is not asked, when nothing was synthesized", () => {
  expect(outputsWith(`touch asked; echo '{"role_arn":{"value":"${ROLE}"}}'`)).not.toHaveProperty("roleArn");
});

test.each([
  ["<!DOCTYPE html><p>canary", "an HTML page"],
  ["canary: this terraform is a wrapper", "text that is no JSON"],
  ["", "nothing"],
  ['{"role_arn":"canary"}', "JSON of another form"],
])("a terraform that prints %s is one error, with the command and without what it printed", (printed, found) => {
  mkdirSync(join(root, "cdktf.out/stacks/source"), { recursive: true });
  expect(outputsWith(`printf '%s' '${printed}'`)).toEqual({
    name: "CommandError",
    exitCode: 1,
    message:
      `terraform -chdir=cdktf.out/stacks/source output -json: found ${found}, expected the source stack's outputs as JSON. ` +
      "Run it by hand to see what it prints, or name what `terraform output -json NAME` prints of it there (preflight --outputs FILE), or set SOURCE_ROLE_ARN, SOURCE_APP_CLIENT_ID, SOURCE_USERNAME_ATTRIBUTES and SOURCE_MFA_CONFIGURATION instead.",
  });
});

test.each([
  ["another migration", { migration: "shop" }, "migration shop"],
  [
    "another user pool under the same name",
    { migration: "customers", user_pool_id: "eu-west-1_Other0001" },
    "migration customers and user pool eu-west-1_Other0001",
  ],
  ["another user pool, by a state of before", { user_pool_id: "eu-west-1_Other0001" }, "user pool eu-west-1_Other0001"],
  ["another role's", { role_arn: ROLE.replace("customers", "shop") }, "migration shop"],
])("outputs of %s are not believed, and it says how to come by the right ones", (_, outputs, whose) => {
  mkdirSync(join(root, "build/out/stacks/source"), { recursive: true });
  const printed = JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])));
  expect(outputsWith(`printf '%s' '${printed}'`, "build/out")).toEqual({
    name: "CommandError",
    exitCode: 1,
    message:
      `The source stack's state is of ${whose}; the settings say migration customers and user pool eu-west-1_Source001. ` +
      "Make the folder this migration's: SETTINGS_FILE=.env.staging npm run synth, then terraform -chdir=build/out/stacks/source init",
  });
});

test("outputs of this migration are, also where the state is of the version before", () => {
  mkdirSync(join(root, "cdktf.out/stacks/source"), { recursive: true });
  for (const more of ["", ',"migration":{"value":"customers"}', ',"user_pool_id":{"value":"eu-west-1_Source001"}'])
    expect(outputsWith(`printf '%s' '{"role_arn":{"value":"${ROLE}"}${more}}'`)).toMatchObject({ roleArn: ROLE });
});
