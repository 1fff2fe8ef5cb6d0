import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateUserImportJobCommand,
  DescribeUserImportJobCommand,
  DescribeUserPoolCommand,
  GetCSVHeaderCommand,
  InitiateAuthCommand,
  ListUserPoolsCommand,
  paginateListUsers,
  StartUserImportJobCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { PolicyDocument } from "../../../rules/policies";
import { openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { environmentFor } from "../../../sandbox/accounts/operator-environment";
import { sampleUsers } from "../../../sandbox/accounts/sample-users";
import type { Side } from "../../../sandbox/accounts/world";
import { ADMINISTRATOR_ACCESS } from "../../../sandbox/aws/iam";
import { ROOT } from "../../support/program";

let world: PaperWorld;
beforeAll(async () => {
  world = await openWorld({ root: ROOT, users: sampleUsers(), settings: { LAMBDA_RESERVED_CONCURRENCY: "7" } });
});
afterAll(() => world.close());
afterEach(() => world.faults.clear());

/** A client as a program with the side's environment would make it. */
const cognito = (side: Side, more: object = {}) =>
  new CognitoIdentityProviderClient({
    region: side.region,
    endpoint: world.urls.cognitoIdentityProvider,
    credentials: side.administrator,
    maxAttempts: 1,
    ...more,
  });
const withPolicies = (side: Side, ...policies: PolicyDocument[]) =>
  world.credentials.issue({ arn: `arn:aws:iam::${side.account}:role/operator`, account: side.account, policies });
const allow = (Action: string, Resource = "*"): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const describePool = (UserPoolId: string) => new DescribeUserPoolCommand({ UserPoolId });

describe("one endpoint for both accounts", () => {
  test("finds each pool for its own account and Region", async () => {
    for (const side of [world.source, world.destination]) {
      const { UserPool } = await cognito(side).send(describePool(side.userPoolId));
      expect(UserPool?.Id).toBe(side.userPoolId);
      const { UserPools } = await cognito(side).send(new ListUserPoolsCommand({ MaxResults: 10 }));
      expect(UserPools?.map(({ Id }) => Id)).toEqual([side.userPoolId]);
    }
  });

  test("has nothing for another account, another Region or another pool", async () => {
    const { source, destination } = world;
    const notThere = { name: "ResourceNotFoundException" };
    await expect(
      cognito(source, { region: destination.region }).send(describePool(destination.userPoolId)),
    ).rejects.toMatchObject(notThere);
    await expect(cognito(source, { region: "eu-west-2" }).send(describePool(source.userPoolId))).rejects.toMatchObject(
      notThere,
    );
    await expect(cognito(source).send(describePool("eu-west-1_Other"))).rejects.toMatchObject(notThere);
  });

  test("asks IAM about the pool, in the words of its ARN", async () => {
    const { source } = world;
    const arn = `arn:aws:cognito-idp:${source.region}:${source.account}:userpool/${source.userPoolId}`;
    const credentials = withPolicies(source, allow("cognito-idp:DescribeUserPool", arn));
    const client = cognito(source, { credentials });
    await client.send(describePool(source.userPoolId));
    await expect(client.send(new ListUserPoolsCommand({ MaxResults: 1 }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    await expect(client.send(new UpdateUserPoolCommand({ UserPoolId: source.userPoolId }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  test("breaks connections about a pool that is switched off, and no others", async () => {
    const other = await openWorld({ root: ROOT, users: [] });
    try {
      await other.source.switchOff();
      const at = (side: Side) => cognito(side, { endpoint: other.urls.cognitoIdentityProvider });
      await expect(at(other.source).send(describePool(other.source.userPoolId))).rejects.toMatchObject({
        message: expect.stringContaining("socket hang up"),
      });
      await expect(at(other.destination).send(describePool(other.destination.userPoolId))).resolves.toBeDefined();
    } finally {
      await other.close();
    }
  });
});

test("the environment leads a program to the world's own services", () => {
  expect(environmentFor(world, world.source)).toEqual({
    AWS_ACCESS_KEY_ID: world.source.administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: world.source.administrator.secretAccessKey,
    AWS_SESSION_TOKEN: world.source.administrator.sessionToken,
    AWS_REGION: "eu-west-1",
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: world.urls.cognitoIdentityProvider,
    AWS_ENDPOINT_URL_IAM: world.urls.iam,
    AWS_ENDPOINT_URL_CLOUDWATCH: world.urls.cloudWatch,
    AWS_ENDPOINT_URL_SERVICE_QUOTAS: world.urls.serviceQuotas,
    AWS_ENDPOINT_URL_STS: world.urls.sts,
    AWS_ENDPOINT_URL_LAMBDA: world.urls.lambda,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: world.urls.cloudWatchLogs,
    AWS_ENDPOINT_URL_EVENTBRIDGE: world.urls.eventBridge,
    AWS_ENDPOINT_URL: world.urls.other,
  });
});

test("the SDK's paginator sees every user once, and goes on after a throttled page", async () => {
  const { source } = world;
  const before = source.userPool.users.size;
  for (let index = 0; index < 100; index += 1)
    await cognito(source).send(
      new AdminCreateUserCommand({
        UserPoolId: source.userPoolId,
        Username: `user-${index}@example.com`,
        MessageAction: "SUPPRESS",
      }),
    );
  world.faults.fail("ListUsers", { type: "TooManyRequestsException", when: (call) => call === 2 });
  const calls = world.faults.calls("ListUsers");
  const seen = new Set<string | undefined>();
  const client = cognito(source, { maxAttempts: 3 });
  for await (const { Users } of paginateListUsers({ client }, { UserPoolId: source.userPoolId }))
    for (const { Username } of Users ?? []) seen.add(Username);
  expect(seen.size).toBe(before + 100);
  expect(world.faults.calls("ListUsers") - calls).toBe(Math.ceil((before + 100) / 60) + 1);
});

test("dates reach the SDK as dates", async () => {
  const [user] = world.source.userPool.seed.users;
  const { UserCreateDate } = await cognito(world.source).send(
    new AdminGetUserCommand({ UserPoolId: world.source.userPoolId, Username: user?.username }),
  );
  expect(Math.abs(Number(UserCreateDate) - Date.now())).toBeLessThan(3600_000);
});

test("faults reach the SDK under their names", async () => {
  world.faults.fail("UpdateUserPool", { type: "ConcurrentModificationException" });
  const update = new UpdateUserPoolCommand({ UserPoolId: world.source.userPoolId, AutoVerifiedAttributes: ["email"] });
  await expect(cognito(world.source).send(update)).rejects.toMatchObject({
    name: "ConcurrentModificationException",
    $metadata: { httpStatusCode: 400 },
  });
});

describe("an import", () => {
  const role = () => world.logsRoleArn;
  const createJob = () =>
    new CreateUserImportJobCommand({
      UserPoolId: world.destination.userPoolId,
      JobName: "people",
      CloudWatchLogsRoleArn: role(),
    });

  test("takes a file at the pre-signed address, and its log is read by lines", async () => {
    const { destination } = world;
    const UserPoolId = destination.userPoolId;
    const client = cognito(destination);
    const { CSVHeader = [] } = await client.send(new GetCSVHeaderCommand({ UserPoolId }));
    const { UserImportJob: job } = await client.send(createJob());
    const row = (name: string, verified: string): string => {
      const cells: Record<string, string> = {
        "cognito:username": `${name}@example.com`,
        email: `${name}@example.com`,
        email_verified: verified,
      };
      return CSVHeader.map((column) => cells[column] ?? "").join(",");
    };
    const body = [CSVHeader.join(","), row("imported", "TRUE"), row("unverified", "FALSE")].join("\n");
    const send = (url: string, headers: Record<string, string>) => fetch(url, { method: "PUT", body, headers });
    const url = job?.PreSignedUrl ?? "";
    expect((await send(url, {})).status).toBe(403);
    expect((await send(`${url}x`, { "x-amz-server-side-encryption": "aws:kms" })).status).toBe(403);
    expect((await send(url, { "x-amz-server-side-encryption": "aws:kms" })).status).toBe(200);
    await client.send(new StartUserImportJobCommand({ UserPoolId, JobId: job?.JobId }));
    let described = job;
    while (!["Succeeded", "Failed"].includes(described?.Status ?? ""))
      described = (await client.send(new DescribeUserImportJobCommand({ UserPoolId, JobId: job?.JobId })))
        .UserImportJob;
    expect(described).toMatchObject({ Status: "Succeeded", ImportedUsers: 1, FailedUsers: 1, SkippedUsers: 0 });
    expect(destination.userPool.users.find("imported@example.com")?.status).toBe("RESET_REQUIRED");

    const logGroupName = `/aws/cognito/userpools/${UserPoolId}/${destination.userPool.name}`;
    const failures = await logs(destination, "FilterLogEvents", { logGroupName, filterPattern: '"[FAILED]"' });
    expect(failures["events"]).toEqual([
      expect.objectContaining({
        logStreamName: `${job?.JobId}/people`,
        message: expect.stringContaining("Line Number 3 - "),
      }),
    ]);
    const { logStreams } = await logs(destination, "DescribeLogStreams", { logGroupName });
    expect(logStreams).toMatchObject([{ logStreamName: `${job?.JobId}/people` }]);
    const first = await logs(destination, "GetLogEvents", {
      logGroupName,
      logStreamName: `${job?.JobId}/people`,
      startFromHead: true,
      limit: 1,
    });
    const next = { logGroupName, logStreamName: `${job?.JobId}/people`, nextToken: first["nextForwardToken"] };
    expect([first["events"], (await logs(destination, "GetLogEvents", next))["events"]]).toMatchObject([
      [{ message: expect.stringContaining("[SUCCEEDED]") }],
      [{ message: expect.stringContaining("[FAILED]") }],
    ]);
    const last = await logs(destination, "GetLogEvents", { ...next, nextToken: undefined, limit: 1 });
    const before = { ...next, nextToken: last["nextBackwardToken"], limit: 1 };
    expect([last["events"], (await logs(destination, "GetLogEvents", before))["events"]]).toMatchObject([
      [{ message: expect.stringContaining("[FAILED]") }],
      [{ message: expect.stringContaining("[SUCCEEDED]") }],
    ]);
  });

  test("wants iam:PassRole for its role, to Cognito", async () => {
    const { destination } = world;
    const passing = { ...allow("iam:PassRole", role()) };
    const create = allow("cognito-idp:CreateUserImportJob");
    const as = (...policies: PolicyDocument[]) =>
      cognito(destination, { credentials: withPolicies(destination, ...policies) }).send(createJob());
    await expect(as(create)).rejects.toMatchObject({ message: expect.stringContaining("iam:PassRole") });
    await expect(as(create, passing)).resolves.toBeDefined();
  });

  test("fails with a role that is not there, and imports nobody", async () => {
    const { destination } = world;
    const { userPool } = destination;
    const before = userPool.users.size;
    const { UserImportJob } = await cognito(destination).send(
      new CreateUserImportJobCommand({
        UserPoolId: userPool.id,
        JobName: "people",
        CloudWatchLogsRoleArn: `${role()}-not-there`,
      }),
    );
    const job = userPool.imports.get(UserImportJob?.JobId ?? "");
    userPool.imports.upload(
      job.JobId,
      job.uploadKey,
      "cognito:username,email\nx@example.com,x@example.com",
      new Date(),
    );
    await cognito(destination).send(new StartUserImportJobCommand({ UserPoolId: userPool.id, JobId: job.JobId }));
    while (userPool.imports.active) await new Promise((resolve) => setImmediate(resolve));
    expect([job.status, job.message]).toEqual(["Failed", expect.stringMatching(/CloudWatch Logs role/)]);
    expect(userPool.users.size).toBe(before);
  });

  test("goes through one pool of an account at a time", async () => {
    const { userPool } = world.destination;
    userPool.imports.hold();
    const jobs = await Promise.all([1, 2].map(() => cognito(world.destination).send(createJob())));
    const start = async (index: number) => {
      const JobId = jobs[index]?.UserImportJob?.JobId ?? "";
      const { uploadKey } = userPool.imports.get(JobId);
      userPool.imports.upload(JobId, uploadKey, "x", new Date());
      return cognito(world.destination).send(new StartUserImportJobCommand({ UserPoolId: userPool.id, JobId }));
    };
    await start(0);
    await expect(start(1)).rejects.toMatchObject({ name: "PreconditionNotMetException" });
    userPool.imports.release();
    while (userPool.imports.active) await new Promise((resolve) => setImmediate(resolve));
    await expect(start(1)).resolves.toBeDefined();
  });
});

/** CloudWatch Logs without a client of its own. */
async function logs(
  side: Side,
  operation: string,
  input: object,
  credentials = side.administrator,
): Promise<Record<string, unknown>> {
  const response = await fetch(world.urls.cloudWatchLogs, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `Logs_20140328.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${side.region}/logs/aws4_request`,
      "x-amz-security-token": credentials.sessionToken,
    },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Record<string, unknown>;
}

describe("CloudWatch Logs", () => {
  test("keeps the function's lines, which are found by a field", async () => {
    const { destination } = world;
    await cognito(destination)
      .send(
        new InitiateAuthCommand({
          AuthFlow: "USER_PASSWORD_AUTH",
          ClientId: destination.clientId,
          AuthParameters: { USERNAME: "nobody@example.com", PASSWORD: "wrong" },
        }),
      )
      .catch(() => undefined);
    const logGroupName = `/aws/lambda/${world.deployed.function.name}`;
    const find = (filterPattern: string) => logs(destination, "FilterLogEvents", { logGroupName, filterPattern });
    expect((await find('{ $.reason = "not_authorized" }'))["events"]).toHaveLength(1);
    expect((await find('{ $.reason = "mfa" }'))["events"]).toEqual([]);
    expect((await find("{ $.outcome = * }"))["__type"]).toBe("InvalidParameterException");
  });

  test("knows only what is in the caller's account, and asks IAM", async () => {
    const logGroupName = `/aws/lambda/${world.deployed.function.name}`;
    expect((await logs(world.source, "FilterLogEvents", { logGroupName }))["__type"]).toBe("ResourceNotFoundException");
    const nothing = withPolicies(world.destination, allow("logs:GetLogEvents"));
    expect((await logs(world.destination, "FilterLogEvents", { logGroupName }, nothing))["__type"]).toBe(
      "AccessDeniedException",
    );
  });

  const now = () => Math.ceil(Date.now() / 1000);
  const query = (queryString: string, over: object = {}) => ({
    logGroupName: `/aws/lambda/${world.deployed.function.name}`,
    startTime: now() - 3600,
    endTime: now(),
    queryString,
    ...over,
  });
  const count = 'filter outcome in ["refused"] | stats count(*) as times by reason';

  test("answers a query when it is asked again, and not beyond the time range", async () => {
    const { destination } = world;
    const results = async (input: object) => {
      const { queryId } = await logs(destination, "StartQuery", input);
      const first = await logs(destination, "GetQueryResults", { queryId });
      expect(first).toEqual({ status: "Running", results: [] });
      return logs(destination, "GetQueryResults", { queryId });
    };
    expect(await results(query(count))).toEqual({
      status: "Complete",
      results: [
        [
          { field: "reason", value: "not_authorized" },
          { field: "times", value: "1" },
        ],
      ],
    });
    expect(await results(query(count, { endTime: now() - 600 }))).toEqual({ status: "Complete", results: [] });
  });

  test("finds lines at the time of the sandbox's clock", async () => {
    const { destination, clock } = world;
    clock.turnBack(2);
    destination.logs.write("/some/group", "stream", JSON.stringify({ outcome: "refused", reason: "long ago" }));
    clock.turnBack(0);
    const [older, newer] = await Promise.all(
      [3, 1].map(async (days) => {
        const input = query(count, { logGroupName: "/some/group", startTime: now() - days * 86_400 });
        const { queryId } = await logs(destination, "StartQuery", input);
        await logs(destination, "GetQueryResults", { queryId });
        return logs(destination, "GetQueryResults", { queryId });
      }),
    );
    expect(older?.["results"]).toEqual([
      [
        { field: "reason", value: "long ago" },
        { field: "times", value: "1" },
      ],
    ]);
    expect(newer?.["results"]).toEqual([]);
  });

  test("refuses a query that it cannot read, one that nobody started, and results of a group that is not the caller's", async () => {
    const { destination } = world;
    const malformed = await logs(destination, "StartQuery", query("dedup outcome"));
    expect(malformed["__type"]).toBe("MalformedQueryException");
    expect((await logs(destination, "GetQueryResults", { queryId: "x" }))["__type"]).toBe("ResourceNotFoundException");
    const { queryId } = await logs(destination, "StartQuery", query(count));
    const other = withPolicies(
      destination,
      allow("logs:GetQueryResults", `arn:aws:logs:${destination.region}:${destination.account}:log-group:/other:*`),
    );
    expect((await logs(destination, "GetQueryResults", { queryId }, other))["__type"]).toBe("AccessDeniedException");
  });
});

describe("Lambda", () => {
  const lambda = (side: Side, credentials = side.administrator) =>
    new LambdaClient({ region: side.region, endpoint: world.urls.lambda, credentials, maxAttempts: 1 });
  const FunctionName = () => world.deployed.function.name;

  test("tells what is deployed", async () => {
    const client = lambda(world.destination);
    const { Configuration, Concurrency } = await client.send(new GetFunctionCommand({ FunctionName: FunctionName() }));
    expect(Configuration).toMatchObject({
      FunctionArn: world.deployed.function.arn,
      Role: world.deployed.lambdaRole.arn,
      Timeout: world.deployed.function.timeoutSeconds,
      CodeSha256: world.function.codeSha256,
      State: "Active",
      Runtime: expect.stringMatching(/^nodejs/),
    });
    expect(Concurrency?.ReservedConcurrentExecutions).toBe(7);
    const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName: FunctionName() }));
    expect(configuration.Environment?.Variables).toEqual(world.deployed.function.environment);
    const { ReservedConcurrentExecutions } = await client.send(
      new GetFunctionConcurrencyCommand({ FunctionName: FunctionName() }),
    );
    expect(ReservedConcurrentExecutions).toBe(7);
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit).toEqual({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 993 });
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: world.deployed.function.arn }));
    expect(JSON.parse(Policy ?? "")).toEqual(world.deployed.invokePolicy);
  });

  test("knows no other function, none for another account, and asks IAM", async () => {
    const get = (side: Side, name: string, policy = ADMINISTRATOR_ACCESS) =>
      lambda(side, withPolicies(side, policy)).send(new GetFunctionCommand({ FunctionName: name }));
    const notFound = { name: "ResourceNotFoundException", $metadata: { httpStatusCode: 404 } };
    await expect(get(world.destination, "other")).rejects.toMatchObject(notFound);
    await expect(get(world.source, FunctionName())).rejects.toMatchObject(notFound);
    await expect(get(world.destination, FunctionName(), allow("lambda:GetPolicy"))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    const denied = lambda(world.destination, withPolicies(world.destination, allow("lambda:GetPolicy")));
    await expect(denied.send(new GetAccountSettingsCommand({}))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    const theirs = await lambda(world.source, withPolicies(world.source, ADMINISTRATOR_ACCESS)).send(
      new GetAccountSettingsCommand({}),
    );
    expect(theirs.AccountLimit?.UnreservedConcurrentExecutions).toBe(1000);
  });
});

test("STS says who is asking", async () => {
  const { source } = world;
  const sts = new STSClient({ region: source.region, endpoint: world.urls.sts, credentials: source.administrator });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: source.account,
    Arn: `arn:aws:sts::${source.account}:assumed-role/administrator/sandbox`,
  });
});

test("no secret of a user is in what the world keeps of its decisions", () => {
  const secrets = world.source.userPool.seed.users.map(({ password }) => password ?? "");
  const kept = JSON.stringify(world.decisions);
  for (const secret of secrets) expect(kept).not.toContain(secret);
});
