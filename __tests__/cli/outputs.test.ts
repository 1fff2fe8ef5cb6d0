import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOutputs } from "../../cli/outputs";
import { type DestinationSettings, type Environment, parseDeployment } from "../../config/deployment";
import { BOTH } from "../support/settings";

const ROLE = "arn:aws:iam::111111111111:role/cognito_migration_customers";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cognito-migration-outputs-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function settings(over: Environment = {}): DestinationSettings {
  const { destination } = parseDeployment({ ...BOTH, ...over });
  if (destination === undefined) throw new Error("no destination");
  return destination;
}
const state = (outputs: object) => writeFileSync(join(root, "terraform.source.tfstate"), JSON.stringify({ outputs }));

test("the function's ARN follows from the settings", async () => {
  const { lambdaArn } = await findOutputs(root, settings());
  expect(lambdaArn).toMatch(/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:cognito_migration_\w+$/);
});

test("a local state file is read", async () => {
  state({ role_arn: { value: ROLE }, app_client_id: { value: "1example" } });
  expect(await findOutputs(root, settings())).toMatchObject({ roleArn: ROLE, appClientId: "1example" });
});

test("without one, or without outputs in it, nothing is known", async () => {
  const nothing = { roleArn: undefined, appClientId: undefined };
  expect(await findOutputs(root, settings())).toMatchObject(nothing);
  state({ role_arn: { value: "" }, app_client_id: { value: 7 } });
  expect(await findOutputs(root, settings())).toMatchObject(nothing);
});

test("settings replace the state", async () => {
  state({ role_arn: { value: "another" }, app_client_id: { value: "another" } });
  const given = settings({ SOURCE_ROLE_ARN: ROLE, SOURCE_APP_CLIENT_ID: "2example" });
  expect(await findOutputs(root, given)).toMatchObject({ roleArn: ROLE, appClientId: "2example" });
});
