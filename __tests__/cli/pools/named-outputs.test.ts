import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputsOfFile } from "../../../cli/pools/named-outputs";
import { CommandError } from "../../../cli/program/exit";
import { type DestinationSettings, parseDeployment } from "../../../config/deployment";
import type { Environment } from "../../../config/settings";
import { BOTH } from "../../support/settings";

const folder = mkdtempSync(join(tmpdir(), "cognito-migration-outputs-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "outputs.json");

const settings = (over: Environment = {}): DestinationSettings =>
  parseDeployment({ ...BOTH, ...over }).destination as DestinationSettings;
const { migration, sourceUserPoolId } = settings();

const OUTPUTS = {
  migration,
  user_pool_id: sourceUserPoolId,
  role_arn: `arn:aws:iam::111111111111:role/cognito_migration_${migration}`,
  app_client_id: "1example",
  mfa_configuration: "OPTIONAL",
  username_attributes: "email",
};
const PARTNERS = {
  ...OUTPUTS,
  migration: "partners",
  role_arn: "arn:aws:iam::111111111111:role/cognito_migration_partners",
};
const FOUND = {
  roleArn: OUTPUTS.role_arn,
  appClientId: "1example",
  mfaConfiguration: "OPTIONAL",
  usernameAttributes: "email",
};

/** As Terraform prints outputs. */
const printed = (outputs: object): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, { sensitive: false, type: "string", value }]),
    ),
  );
function read(text: string, of = settings()): ReturnType<typeof outputsOfFile> {
  writeFileSync(file, text);
  return outputsOfFile(file, of);
}

test.each([
  ["each by its name", printed(OUTPUTS)],
  ["as the module's, beside others", printed({ vpc: "vpc-1", list: [1], nothing: null, source: OUTPUTS })],
  ["of several migrations", printed({ partners: PARTNERS, customers: OUTPUTS })],
])("the source's outputs are found: %s", (_, text) => {
  expect(read(text)).toEqual(FOUND);
});

const refusal = (text: string, of?: DestinationSettings): unknown => {
  try {
    return read(text, of);
  } catch (error) {
    return error instanceof CommandError ? [error.exitCode, error.message] : error;
  }
};

test.each([
  ["nothing", "", 2, "found nothing, expected what `terraform output -json` has printed."],
  ["a page", "<!doctype html>", 2, "found an HTML page, expected what"],
  ["values without their frame", JSON.stringify(OUTPUTS), 2, "found JSON of another form, expected what"],
  [
    "others' outputs alone",
    printed({ vpc: "vpc-1", source: { id: "x" } }),
    2,
    "found no role_arn, expected the outputs of the source",
  ],
  ["an empty role", printed({ ...OUTPUTS, role_arn: "" }), 2, "found no role_arn"],
  ["another migration's", printed({ source: PARTNERS }), 1, "found what is of migration partners and user pool"],
  [
    "another pool's",
    printed({ ...OUTPUTS, user_pool_id: "eu-west-1_Other0001" }),
    1,
    "and user pool eu-west-1_Other0001; the settings say",
  ],
])("%s is refused", (_, text, exitCode, message) => {
  expect(refusal(text)).toEqual([exitCode, expect.stringContaining(message)]);
});

test("a file that is not there is said", () => {
  expect(() => outputsOfFile(join(folder, "none.json"), settings())).toThrow(
    /--outputs \S*none\.json: found nothing there, expected a file/,
  );
});

test("of two that say it, none is dropped without a word", () => {
  const of = settings({
    SOURCE_ROLE_ARN: OUTPUTS.role_arn,
    SOURCE_APP_CLIENT_ID: "2example",
    SOURCE_USERNAME_ATTRIBUTES: "none",
  });
  expect(refusal(printed(OUTPUTS), of)).toEqual([
    2,
    expect.stringContaining("found beside SOURCE_ROLE_ARN in the settings, expected one of the two."),
  ]);
});
