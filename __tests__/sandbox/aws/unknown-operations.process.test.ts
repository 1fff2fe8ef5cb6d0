import { CloudWatchClient, ListDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient, ListTagsForResourceCommand } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import {
  DeleteFunctionCommand,
  GetFunctionUrlConfigCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  RemovePermissionCommand,
  TagResourceCommand,
} from "@aws-sdk/client-lambda";
import { ListServicesCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { ROOT } from "../../support/program";

let world: PaperWorld;
beforeAll(async () => {
  world = await openWorld({ root: ROOT, users: [] });
});
afterAll(() => world.close());

/** A client as an operator's program makes it: it tries again what is worth it. */
const at = (endpoint: string) => ({
  region: world.destination.region,
  endpoint,
  credentials: world.destination.administrator,
});
const FunctionName = "cognito_migration_sandbox";
const lambda = () => new LambdaClient(at(world.urls.lambda));
const NOT_THERE = { name: "UnknownOperationException", $metadata: { httpStatusCode: 404, attempts: 1 } };
const INVALID = { name: "InvalidAction", $metadata: { httpStatusCode: 400, attempts: 1 } };

test.each([
  ["cognito-idp", NOT_THERE, () => cognito().send(new ListTagsForResourceCommand({ ResourceArn: "arn:aws:x" }))],
  [
    "logs",
    NOT_THERE,
    () => new CloudWatchLogsClient(at(world.urls.cloudWatchLogs)).send(new DescribeMetricFiltersCommand({})),
  ],
  ["cloudwatch", NOT_THERE, () => new CloudWatchClient(at(world.urls.cloudWatch)).send(new ListDashboardsCommand({}))],
  [
    "servicequotas",
    NOT_THERE,
    () => new ServiceQuotasClient(at(world.urls.serviceQuotas)).send(new ListServicesCommand({})),
  ],
  ["iam", INVALID, () => new IAMClient(at(world.urls.iam)).send(new ListRolesCommand({}))],
  ["sts", INVALID, () => new STSClient(at(world.urls.sts)).send(new GetSessionTokenCommand({}))],
  [
    "a service that is not there, in JSON",
    NOT_THERE,
    () => new ServiceQuotasClient(at(world.urls.other)).send(new ListServicesCommand({})),
  ],
  [
    "a service that is not there, in a form",
    INVALID,
    () => new STSClient(at(world.urls.other)).send(new GetSessionTokenCommand({})),
  ],
  ["lambda, of the account", NOT_THERE, () => lambda().send(new ListFunctionsCommand({}))],
  ["lambda, of a function", NOT_THERE, () => lambda().send(new ListVersionsByFunctionCommand({ FunctionName }))],
  ["lambda, another date", NOT_THERE, () => lambda().send(new GetFunctionUrlConfigCommand({ FunctionName }))],
  ["lambda, another method", NOT_THERE, () => lambda().send(new DeleteFunctionCommand({ FunctionName }))],
  [
    "lambda, below a policy",
    NOT_THERE,
    () => lambda().send(new RemovePermissionCommand({ FunctionName, StatementId: "a" })),
  ],
  [
    "lambda, of a resource",
    NOT_THERE,
    () => lambda().send(new TagResourceCommand({ Resource: "arn:aws:x", Tags: {} })),
  ],
])("%s: an operation that is not there is refused as AWS does, and not tried again", async (_, refusal, send) => {
  await expect(send()).rejects.toMatchObject(refusal);
});

const cognito = () => new CognitoIdentityProviderClient(at(world.urls.cognitoIdentityProvider));

/** By hand: no SDK has these. */
const NAMES = ["constructor", "toString", "__proto__", "hasOwnProperty", ""];

test.each(NAMES)("no service takes what every object has for an operation: %p", async (name) => {
  const { urls } = world;
  for (const url of [urls.cognitoIdentityProvider, urls.cloudWatchLogs, urls.cloudWatch, urls.serviceQuotas]) {
    const response = await fetch(url, { method: "POST", headers: { "x-amz-target": `Service.${name}` }, body: "{}" });
    expect([response.status, await response.json()]).toEqual([
      404,
      expect.objectContaining({ __type: "UnknownOperationException" }),
    ]);
  }
  for (const url of [urls.iam, urls.sts, urls.cloudWatch]) {
    const response = await fetch(url, { method: "POST", body: new URLSearchParams({ Action: name }) });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("<Code>InvalidAction<")]);
  }
});

test.each([
  ["s3", { "content-type": "application/xml" }, 400, "<Message>The sandbox does not have the service s3.</Message>"],
  [
    "dynamodb",
    { "x-amz-target": "DynamoDB_20120810.ListTables" },
    404,
    "The sandbox does not have the service dynamodb.",
  ],
])("says which service there is not: %s", async (service, headers, status, said) => {
  const authorization = `AWS4-HMAC-SHA256 Credential=ASIA/20260101/eu-west-1/${service}/aws4_request`;
  const response = await fetch(world.urls.other, { headers: { ...headers, authorization } });
  expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(said)]);
});
