import { Agent } from "node:https";
import { createFunction } from "../../handler/main";
import { USER_MESSAGE } from "../../handler/outcome";
import { signInEvent } from "../support/packaged-function";
import { type ScriptedAws, scriptedAws } from "../support/scripted-aws";
import { healthy } from "../support/source-user";

const ENVIRONMENT = {
  SOURCE_USER_POOL_ID: "eu-west-1_Source001",
  SOURCE_REGION: "eu-west-1",
  SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_customers",
  SOURCE_APP_CLIENT_ID: "1example",
  EXTERNAL_ID: "an-external-id",
  DESTINATION_USER_POOL_ID: "eu-central-1_Dest0001",
  DESTINATION_ATTRIBUTES: "email",
  DESTINATION_USERNAME_ATTRIBUTES: "email",
  DESTINATION_CASE_SENSITIVE: "true",
  FORGOT_PASSWORD: "migrate",
  MFA_POLICY: "reject",
  LOG_USER_KEY: "a-key-of-thirty-two-characters-00",
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "ASIAEXECUTION",
  AWS_SECRET_ACCESS_KEY: "canary-execution-secret",
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
    jest.spyOn(process[stream], "write").mockImplementation((text) => written[stream].push(String(text)) > 0);
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
