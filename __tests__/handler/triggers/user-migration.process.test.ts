import { Agent } from "node:https";
import { createFunction } from "../../../handler/triggers/user-migration";
import { USER_MESSAGE } from "../../../rules/outcome";
import { signInEvent } from "../../support/packaged-function";
import { type ScriptedAws, scriptedAws } from "../../support/scripted-aws";
import { FUNCTION_ENVIRONMENT } from "../../support/settings";
import { healthy } from "../../support/source-user";

const ENVIRONMENT = {
  ...FUNCTION_ENVIRONMENT,
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "ASIAEXECUTION",
  AWS_SECRET_ACCESS_KEY: "canary-execution-secret",
  // The process that runs this test is older than a user waits.
  AWS_LAMBDA_INITIALIZATION_TYPE: "provisioned-concurrency",
  AWS_LAMBDA_FUNCTION_NAME: "cognito_migration_customers",
};

const CONTEXT = { awsRequestId: "id-1", getRemainingTimeInMillis: () => 5000 };

let aws: ScriptedAws;
let written: { stdout: string[]; stderr: string[] };

beforeEach(async () => {
  aws = await scriptedAws();
  aws.answers = healthy();
  process.env["AWS_ENDPOINT_URL"] = aws.url;
  written = { stdout: [], stderr: [] };
  for (const stream of ["stdout", "stderr"] as const)
    jest.spyOn(process[stream], "write").mockImplementation((text) => {
      // The rehearsal writes nothing, in so many calls.
      if (text !== "") written[stream].push(String(text));
      return true;
    });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await aws.close();
});

test("a function that is wired from its environment migrates a user, and says so in one line", async () => {
  const handler = await createFunction(ENVIRONMENT, new Agent(), []);
  expect(aws.calls).toEqual(["AssumeRole"]);
  expect(await handler(signInEvent(), CONTEXT)).toMatchObject({ response: { finalUserStatus: "CONFIRMED" } });
  expect(written.stdout).toHaveLength(1);
  expect(written.stdout[0]).toMatch(/\n$/);
  expect(JSON.parse(written.stdout[0] ?? "")).toMatchObject({
    outcome: "migrated",
    FunctionName: "cognito_migration_customers",
    cold_start: true,
    calls: ["AssumeRole", "AdminInitiateAuth", "AdminGetUser"],
  });
  expect(written.stderr).toEqual([]);
});

test("a broken environment is named while loading, and fails every sign-in", async () => {
  const { MFA_POLICY: _, ...rest } = ENVIRONMENT;
  const handler = await createFunction(rest, new Agent(), []);
  expect(written.stderr).toEqual(["missing or malformed in the function's environment: MFA_POLICY\n"]);
  await expect(handler(signInEvent(), CONTEXT)).rejects.toThrow(USER_MESSAGE);
  expect(JSON.parse(written.stdout[0] ?? "")).toMatchObject({ reason: "misconfigured", Misconfigured: 1 });
  expect(aws.calls).toEqual([]);
});

test("connections that are being opened are waited for, but not for ever", async () => {
  let opened = false;
  const opening = new Promise<void>((resolve) =>
    setTimeout(() => {
      opened = true;
      resolve();
    }, 300),
  );
  await createFunction(ENVIRONMENT, new Agent(), [opening]);
  expect(opened).toBe(true);
  const started = performance.now();
  await createFunction(ENVIRONMENT, new Agent(), [new Promise(() => undefined)]);
  expect(performance.now() - started).toBeLessThan(3000);
});
