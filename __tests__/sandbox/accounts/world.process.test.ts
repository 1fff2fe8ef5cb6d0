import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { USER_MESSAGE } from "../../../rules/outcome";
import { openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { peopleOf } from "../../../sandbox/accounts/people";
import { type SampleUser, sampleUsers } from "../../../sandbox/accounts/sample-users";
import type { Side, World } from "../../../sandbox/accounts/world";
import { LambdaFunction } from "../../../sandbox/aws/lambda";
import { type MigrationRequest, migrationEvent } from "../../../sandbox/aws/user-pool/migration";
import { migrationStory } from "../../../sandbox/demo/story";
import { ROOT } from "../../support/program";

const users = sampleUsers();
const named = (name: string): SampleUser => {
  const found = users.find(({ email }) => email === `${name}@example.com`);
  if (found === undefined) throw new Error(`no sample user ${name}`);
  return found;
};

const peopleAt = (world: World) => peopleOf(world.destination);
const clientOf = (side: Side) =>
  new CognitoIdentityProviderClient({
    region: side.region,
    endpoint: side.url,
    credentials: side.administrator,
    maxAttempts: 1,
  });
const outcomes = (world: World): unknown[] =>
  world.function.log
    .split("\n")
    .filter((line) => line.includes('"outcome"'))
    .map((line) => JSON.parse(line))
    .map(({ outcome, reason = outcome }) => reason);
const lastPayload = (world: World) => world.function.invocations.at(-1)?.payload as Record<string, unknown>;
const attributesOf = (
  user: { UserAttributes?: { Name?: string | undefined; Value?: string | undefined }[] | undefined } | undefined,
) => Object.fromEntries((user?.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]));

const AN_EVENT: MigrationRequest = {
  triggerSource: "UserMigration_Authentication",
  region: "eu-central-1",
  userPoolId: "eu-central-1_Other",
  clientId: "1example",
  userName: "ordinary@example.com",
  password: "a-password",
};

describe("the packaged function in the deployed surroundings", () => {
  let world: PaperWorld;
  beforeAll(async () => {
    world = await openWorld({ root: ROOT, users });
  });
  afterAll(() => world.close());

  test("runs the zip that the stack names", () => {
    expect(world.function.codeSha256).toBe(world.deployed.sourceCodeHash);
  });

  test("an unverified address stays unverified", async () => {
    const { email, password } = named("unverified");
    expect(await peopleAt(world).signIn(email, password)).toBe("tokens");
    expect(attributesOf(await peopleAt(world).getUser(email))).toMatchObject({ email, email_verified: "false" });
    expect(lastPayload(world)["response"]).toMatchObject({ finalUserStatus: "CONFIRMED" });
  });

  test.each([
    ["disabled", "user_disabled"],
    ["unconfirmed", "user_unconfirmed"],
    ["sms-mfa", "mfa"],
    ["federated", "not_authorized"],
    ["unreachable", "no_recovery_channel"],
  ])("a user who is %s is refused with the right password, and not created", async (name, outcome) => {
    const { email, password } = named(name);
    expect(await peopleAt(world).signIn(email, password)).toBe("NotAuthorizedException");
    expect(await peopleAt(world).getUser(email)).toBeUndefined();
    expect(outcomes(world).at(-1)).toBe(outcome);
    const { response } = lastPayload(world);
    expect(Object.values(response as object).every((value) => value === null)).toBe(true);
  });

  test("an unknown user is refused, and not created", async () => {
    expect(await peopleAt(world).signIn("nobody@example.com", "a-password")).toBe("NotAuthorizedException");
    expect(await peopleAt(world).getUser("nobody@example.com")).toBeUndefined();
  });

  test.each(["reset-required", "temporary"])("a user with the password state %s must set a new one", async (name) => {
    const { email, password } = named(name);
    expect(await peopleAt(world).signIn(email, password)).toBe("PasswordResetRequiredException");
    expect((await peopleAt(world).getUser(email))?.UserStatus).toBe("RESET_REQUIRED");
    expect(lastPayload(world)["response"]).toMatchObject({ finalUserStatus: null, messageAction: "SUPPRESS" });
  });

  test("a forgotten password carries the user over, and only a code lets anyone in", async () => {
    const { email, password } = named("ordinary");
    const client = clientOf(world.destination);
    const ClientId = world.destination.clientId;
    const { CodeDeliveryDetails } = await client.send(new ForgotPasswordCommand({ ClientId, Username: email }));
    expect(CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
    expect(outcomes(world).at(-1)).toBe("reset_required");
    expect(await peopleAt(world).signIn(email, password)).toBe("PasswordResetRequiredException");
    const guess = new ConfirmForgotPasswordCommand({
      ClientId,
      Username: email,
      ConfirmationCode: "000",
      Password: "Aa1-guess",
    });
    await expect(client.send(guess)).rejects.toMatchObject({ name: "CodeMismatchException" });
  });

  test("an event of another user pool is not answered", async () => {
    const { failed, payload } = await world.function.invoke(migrationEvent(AN_EVENT));
    expect([failed, payload]).toEqual([
      true,
      { errorType: "MigrationFailure", errorMessage: USER_MESSAGE, trace: [""] },
    ]);
  });

  test("nothing that the function wrote holds a password, a token, an address or a number", () => {
    const { log } = world.function;
    expect(log.length).toBeGreaterThan(500);
    const secrets = users.flatMap(({ password, email, username }) => [password, email, username]);
    for (const secret of [...secrets, "example.com", "+15555550100", "eyJ", "a-password"])
      expect(log).not.toContain(secret);
  });

  test("every call to AWS was one that the synthesized policies allow", () => {
    const ours = world.decisions.filter(({ principal }) => !principal.arn.endsWith("/administrator"));
    expect(new Set(ours.map(({ action }) => action))).toEqual(
      new Set(["lambda:InvokeFunction", "sts:AssumeRole", "cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"]),
    );
    expect(ours.filter(({ allowed }) => !allowed)).toEqual([]);
    expect(ours.filter(({ action }) => action === "sts:AssumeRole")).toHaveLength(1);
  });

  test.each([
    ["without the External ID", undefined],
    ["with another External ID", "guessed"],
  ])("STS refuses the execution role %s", async (_, ExternalId) => {
    const { lambdaRole, sourceRole } = world.deployed;
    const credentials = world.credentials.issue({ ...lambdaRole, policies: lambdaRole.permissions });
    const sts = new STSClient({ region: world.source.region, endpoint: world.urls.sts, credentials, maxAttempts: 1 });
    const assume = new AssumeRoleCommand({ RoleArn: sourceRole.arn, RoleSessionName: "test", ExternalId });
    await expect(sts.send(assume)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("credentials that the sandbox did not issue are refused", async () => {
    const side = {
      ...world.source,
      administrator: { accessKeyId: "AKIAOTHER", secretAccessKey: "x", sessionToken: "x", expiration: new Date() },
    };
    await expect(peopleOf(side).getUser("a")).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });
});

test("with a broken environment every sign-in fails, and no variable is written anywhere", async () => {
  const world = await openWorld({ root: ROOT, users });
  try {
    const { EXTERNAL_ID: _, ...environment } = world.deployed.function.environment;
    const configuration = { ...world.deployed.function, environment };
    const credentials = {
      AWS_ACCESS_KEY_ID: "ASIACANARY",
      AWS_SECRET_ACCESS_KEY: "canary-secret",
      AWS_SESSION_TOKEN: "canary-token",
    };
    const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
    const fn = new LambdaFunction(
      ROOT,
      directory,
      configuration,
      () => undefined,
      async () => credentials,
    );
    const { failed, payload } = await fn.invoke({
      ...migrationEvent(AN_EVENT),
      userPoolId: world.destination.userPoolId,
    });
    await fn.stop();
    rmSync(directory, { recursive: true });
    expect([failed, payload]).toEqual([
      true,
      { errorType: "MigrationFailure", errorMessage: USER_MESSAGE, trace: [""] },
    ]);
    expect(fn.log).toContain("missing or malformed in the function's environment: EXTERNAL_ID");
    expect(fn.log).toContain('"reason":"misconfigured"');
    expect(fn.log).not.toMatch(/CANARY|canary|a-password|ordinary@/);
  } finally {
    await world.close();
  }
});

test.each([
  ["at once", 0],
  ["after a while", 400],
])("a new connection that breaks %s when the sign-in was received: it is sent once", async (_, afterMs) => {
  const world = await openWorld({ root: ROOT, users });
  let received = 0;
  const breaking = createServer((socket) => {
    socket.once("data", () => {
      received += 1;
      setTimeout(() => socket.resetAndDestroy(), afterMs);
    });
  });
  await new Promise<void>((resolve) => breaking.listen(0, "127.0.0.1", resolve));
  const { port } = breaking.address() as AddressInfo;
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  const { lambdaRole, function: configuration } = world.deployed;
  const fn = new LambdaFunction(
    ROOT,
    directory,
    configuration,
    () => undefined,
    async () => {
      const session = world.credentials.issue({ ...lambdaRole, policies: lambdaRole.permissions });
      return {
        AWS_ACCESS_KEY_ID: session.accessKeyId,
        AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
        AWS_SESSION_TOKEN: session.sessionToken,
        AWS_ENDPOINT_URL_STS: world.urls.sts,
        AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `http://127.0.0.1:${port}`,
      };
    },
  );
  try {
    const event = migrationEvent({ ...AN_EVENT, userPoolId: world.destination.userPoolId });
    expect(await fn.invoke(event)).toMatchObject({ failed: true });
    expect(received).toBe(1);
    expect(fn.log).toContain('"error_name":"ECONNRESET"');
  } finally {
    await fn.stop();
    breaking.close();
    rmSync(directory, { recursive: true });
    await world.close();
  }
});

test("a user who must reset gets in with the code, and with the new password only", async () => {
  const codes: string[] = [];
  const world = await openWorld({ root: ROOT, users, tell: { code: (code) => codes.push(code) } });
  try {
    const { email, password } = named("reset-required");
    const client = clientOf(world.destination);
    const ClientId = world.destination.clientId;
    expect(await peopleAt(world).signIn(email, password)).toBe("PasswordResetRequiredException");
    await client.send(new ForgotPasswordCommand({ ClientId, Username: email }));
    const confirm = { ClientId, Username: email, ConfirmationCode: codes.at(-1), Password: "Aa1-new-password" };
    await client.send(new ConfirmForgotPasswordCommand(confirm));
    expect(await peopleAt(world).signIn(email, "Aa1-new-password")).toBe("tokens");
    expect(await peopleAt(world).signIn(email, password)).toBe("NotAuthorizedException");
  } finally {
    await world.close();
  }
});

describe("MFA_POLICY=sms", () => {
  let world: PaperWorld;
  beforeAll(async () => {
    world = await openWorld({ root: ROOT, users, settings: { MFA_POLICY: "sms" } });
  });
  afterAll(() => world.close());

  test("a user with SMS MFA and a verified number signs in, and the second factor goes along", async () => {
    const { email, password } = named("sms-mfa");
    expect(await peopleAt(world).signIn(email, password)).toBe("tokens");
    expect(lastPayload(world)["response"]).toMatchObject({ finalUserStatus: "CONFIRMED", enableSMSMFA: true });
    expect(attributesOf(await peopleAt(world).getUser(email))).toMatchObject({ phone_number_verified: "true" });
  });

  test("a source that cannot be reached is a failure, not a wrong password", async () => {
    await world.source.switchOff();
    const { email, password } = named("ordinary");
    expect(await peopleAt(world).signIn(email, password)).toBe("UserLambdaValidationException");
    expect(await peopleAt(world).getUser(email)).toBeUndefined();
    expect(outcomes(world).at(-1)).toBe("source_unavailable");
    expect(world.function.log).toContain('"error_name":"ECONNREFUSED"');
  });
});

describe("the story that the demo tells", () => {
  test("breaks when the password is not the user's", async () => {
    const world = await openWorld({ root: ROOT, users });
    try {
      const steps = migrationStory(world, { ...named("ordinary"), password: "not-the-password" });
      const results = await steps.slice(0, 4).reduce<Promise<string[]>>(async (before, { run }) => {
        const seen = await before;
        return [
          ...seen,
          await run().then(
            () => "held",
            (error: Error) => error.message,
          ),
        ];
      }, Promise.resolve([]));
      expect(results).toEqual(["held", "held", "held", "expected: tokens, not NotAuthorizedException"]);
    } finally {
      await world.close();
    }
  });
});
