import fs, { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findSourceOutputs, lambdaArnOf } from "../../../cli/pools/stack-outputs";
import { CommandError } from "../../../cli/program/exit";
import { commandLines } from "../../../config/command-lines";
import { type DestinationSettings, parseDeployment } from "../../../config/deployment";
import type { Environment } from "../../../config/settings";
import { BOTH } from "../../support/settings";

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
const outputsFor = (of: DestinationSettings) => findSourceOutputs(root, of, commandLines());
const state = (outputs: object) =>
  writeFileSync(join(root, "terraform.customers.source.tfstate"), JSON.stringify({ outputs }));

test("the function's ARN follows from the settings", () => {
  expect(lambdaArnOf(settings())).toMatch(/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:cognito_migration_\w+$/);
});

test("a local state file is read", async () => {
  state({
    role_arn: { value: ROLE },
    app_client_id: { value: "1example" },
    mfa_configuration: { value: "ON" },
    username_attributes: { value: "none" },
  });
  expect(await outputsFor(settings())).toEqual({
    roleArn: ROLE,
    appClientId: "1example",
    mfaConfiguration: "ON",
    usernameAttributes: "none",
  });
});

test("and read once: a deploy may write it between two looks", async () => {
  state({ role_arn: { value: ROLE } });
  const read = jest.spyOn(fs, "readFileSync");
  try {
    await outputsFor(settings());
    expect(read.mock.calls.map(([path]) => path)).toEqual([join(root, "terraform.customers.source.tfstate")]);
  } finally {
    read.mockRestore();
  }
});

test("without one, or without outputs in it, nothing is known", async () => {
  const nothing = {
    roleArn: undefined,
    appClientId: undefined,
    mfaConfiguration: undefined,
    usernameAttributes: undefined,
  };
  expect(await outputsFor(settings())).toEqual(nothing);
  state({ role_arn: { value: "" }, app_client_id: { value: 7 }, mfa_configuration: { value: null } });
  expect(await outputsFor(settings())).toEqual(nothing);
});

test("the npm package has no stacks: it looks at no state, and asks for --outputs", async () => {
  const inPackage = (of: DestinationSettings) => findSourceOutputs(root, of, commandLines({}, undefined, true));
  const nothing = { roleArn: undefined, appClientId: undefined };
  state({ role_arn: { value: ROLE } });
  expect(await inPackage(settings())).toMatchObject(nothing);
  // Of another migration, and damaged: in a checkout either is an error that tells to run synth.
  state({ role_arn: { value: ROLE }, migration: { value: "partners" } });
  expect(await inPackage(settings())).toMatchObject(nothing);
  writeFileSync(join(root, "terraform.customers.source.tfstate"), "");
  expect(await inPackage(settings())).toMatchObject(nothing);
});

test("settings replace the state", async () => {
  state({ role_arn: { value: "another" }, app_client_id: { value: "another" }, mfa_configuration: { value: "OFF" } });
  const given = { SOURCE_ROLE_ARN: ROLE, SOURCE_APP_CLIENT_ID: "2example", SOURCE_USERNAME_ATTRIBUTES: "email" };
  const found = (more: Environment) => outputsFor(settings({ ...given, ...more }));
  // Where nobody says what the source demands, the strictest is assumed.
  expect(await found({})).toEqual({
    roleArn: ROLE,
    appClientId: "2example",
    mfaConfiguration: "ON",
    usernameAttributes: "email",
  });
  expect(await found({ SOURCE_MFA_CONFIGURATION: "OPTIONAL" })).toMatchObject({ mfaConfiguration: "OPTIONAL" });
});

describe("a state that is damaged", () => {
  const file = (): string => join(root, "terraform.customers.source.tfstate");

  test.each([
    ["", "nothing"],
    ['{"version": 4, "outputs": {"role_arn": {"value": "canary', "text that is no JSON"],
    ["<!DOCTYPE html><p>canary", "an HTML page"],
    ["[]", "JSON of another form"],
    ['{"outputs": "canary"}', "JSON of another form"],
    ['{"outputs": {"role_arn": "canary"}}', "JSON of another form"],
  ])("is one error with file and what to do, and without what it says: %s", async (text, found) => {
    writeFileSync(file(), text);
    const outputs = outputsFor(settings());
    await expect(outputs).rejects.toThrow(CommandError);
    await expect(outputs).rejects.toThrow(`${file()}: found ${found}, expected the source stack's state`);
    await expect(outputs).rejects.toThrow(`${file()}.backup`);
    await expect(outputs).rejects.not.toThrow("canary");
  });

  test("is answered with settings that are enough together", async () => {
    writeFileSync(file(), "");
    const { message } = await outputsFor(settings()).then(
      () => ({ message: "" }),
      (error: Error) => error,
    );
    const named = [...message.matchAll(/SOURCE_[A-Z_]+/g)].map(([name]) => name);
    const values: Environment = {
      SOURCE_ROLE_ARN: ROLE,
      SOURCE_APP_CLIENT_ID: "2example",
      SOURCE_USERNAME_ATTRIBUTES: "none",
      SOURCE_MFA_CONFIGURATION: "OFF",
    };
    const given = Object.fromEntries(named.map((name) => [name, values[name]]));
    expect(await outputsFor(settings(given))).toEqual({
      roleArn: ROLE,
      appClientId: "2example",
      mfaConfiguration: "OFF",
      usernameAttributes: "none",
    });
  });

  test("of a stack that was destroyed is no damage", async () => {
    writeFileSync(file(), '{"version": 4, "outputs": {}, "resources": []}');
    expect(await outputsFor(settings())).toMatchObject({ roleArn: undefined });
    writeFileSync(file(), '{"version": 4}');
    expect(await outputsFor(settings())).toMatchObject({ roleArn: undefined });
  });
});
