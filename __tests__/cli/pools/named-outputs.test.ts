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
const FOREIGN = "arn:aws:iam::111111111111:role/somebody-elses";
/** Of the version before. */
const { migration: _, user_pool_id: __, ...UNSAID } = OUTPUTS;
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
  ["as the value alone", JSON.stringify(OUTPUTS)],
  ["before another role", printed({ source: OUTPUTS, vpn: { role_arn: FOREIGN } })],
  ["after another role", printed({ ci: { role_arn: FOREIGN, app_client_id: "1foreign" }, source: OUTPUTS })],
  ["beside a root module's own role", printed({ role_arn: FOREIGN, source: OUTPUTS })],
  ["after roles of others", printed({ a: { role_arn: FOREIGN }, b: PARTNERS, source: OUTPUTS, z: PARTNERS })],
  ["by the role's name, where nothing else says it", printed({ ci: { role_arn: FOREIGN }, source: UNSAID })],
])("the source's outputs are found: %s", (_, text) => {
  expect(read(text)).toEqual(FOUND);
});

test("one that does not say whose it is, is taken where there is no other", () => {
  for (const text of [printed({ source: { ...UNSAID, role_arn: FOREIGN } }), printed({ ...UNSAID, role_arn: FOREIGN })])
    expect(read(text)).toEqual({ ...FOUND, roleArn: FOREIGN });
});

const refusal = (text: string, of?: DestinationSettings): unknown => {
  try {
    return read(text, of);
  } catch (error) {
    return error instanceof CommandError ? [error.exitCode, error.message] : error;
  }
};

test.each([
  ["nothing", "", 2, "found nothing, expected what `terraform output -json NAME` has printed of the source."],
  ["a page", "<!doctype html>", 2, "found an HTML page, expected what"],
  ["a list", JSON.stringify([OUTPUTS]), 2, "found JSON of another form, expected what"],
  ["another thing's value", JSON.stringify({ id: "x" }), 2, "found no role_arn"],
  [
    "what two that do not say whose they are say",
    printed({ a: { ...UNSAID, role_arn: FOREIGN }, b: { role_arn: FOREIGN } }),
    2,
    "found 2 outputs with a role_arn, and none of migration customers, expected",
  ],
  ["another migration's, beside another role", printed({ ci: { role_arn: FOREIGN }, source: PARTNERS }), 1, "partners"],
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
