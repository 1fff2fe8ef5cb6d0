import { type Deployed, deploy, type Facts } from "../../sandbox/accounts/deployed";
import { type AccessRequest, decide } from "../../sandbox/aws/iam";
import { schemaWith } from "../../sandbox/aws/user-pool/schema";
import { BOTH, DESTINATION_USER_POOL_ARN, SOURCE_USER_POOL_ID } from "../support/settings";
import { synthesized } from "../support/stacks";

const SOURCE_POOL_ARN = `arn:aws:cognito-idp:eu-west-1:111111111111:userpool/${SOURCE_USER_POOL_ID}`;
const FACTS: Facts = {
  source: {
    account: "111111111111",
    userPoolId: SOURCE_USER_POOL_ID,
    userPoolArn: SOURCE_POOL_ARN,
    mfaConfiguration: "OPTIONAL",
    usernameAttributes: "email",
    appClientId: "1example",
    schema: schemaWith(["email"], []),
  },
  destination: {
    account: "222222222222",
    region: "eu-central-1",
    userPoolArn: DESTINATION_USER_POOL_ARN,
    schema: schemaWith(["email"], []),
    usernameAttributes: "email",
  },
};

/** Both stacks as synthesized, with nothing but their references to AWS filled in. */
const { source, destination } = synthesized(BOTH);
const deployed: Deployed = deploy(
  { ...source, directory: "source" },
  { ...destination, directory: "destination" },
  FACTS,
);
const { sourceRole, lambdaRole } = deployed;
const EXTERNAL_ID = `cognito-migration/customers/${SOURCE_USER_POOL_ID}/222222222222`;

type Row = readonly [who: string, over: Partial<AccessRequest>, allowed: boolean];

const asRole = (role: typeof sourceRole) => ({ arn: role.arn, account: role.account, policies: role.permissions });
const strangerIn = (account: string, name = "stranger") => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  account,
  // The most that a stranger's own account could grant.
  policies: [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } as const],
});

describe("who may assume the source role", () => {
  const assume: AccessRequest = {
    principal: asRole(lambdaRole),
    action: "sts:AssumeRole",
    resource: sourceRole.arn,
    resourceAccount: "111111111111",
    resourcePolicy: sourceRole.trustPolicy,
    context: { "sts:ExternalId": EXTERNAL_ID },
  };

  test.each<Row>([
    ["the function, with the External ID", {}, true],
    // Nothing ties the role to one function (decision 14); SECURITY.md says whom to guard against.
    [
      "another function that was given the role",
      {
        context: {
          "sts:ExternalId": EXTERNAL_ID,
          "lambda:SourceFunctionArn": "arn:aws:lambda:eu-central-1:222222222222:function:another",
        },
      },
      true,
    ],
    ["the function without it", { context: {} }, false],
    ["the function with another", { context: { "sts:ExternalId": `${EXTERNAL_ID}x` } }, false],
    ["another role of the destination account", { principal: strangerIn("222222222222") }, false],
    [
      "a role whose name starts alike",
      { principal: strangerIn("222222222222", "cognito_migration_lambda_customers2") },
      false,
    ],
    [
      "a role of the same name in another account",
      { principal: strangerIn("333333333333", "cognito_migration_lambda_customers") },
      false,
    ],
    ["a role of the source account", { principal: strangerIn("111111111111") }, false],
    ["the function, if its own role did not allow it", { principal: { ...asRole(lambdaRole), policies: [] } }, false],
  ])("%s", async (_, over, allowed) => {
    expect((await decide({ ...assume, ...over })).allowed).toBe(allowed);
  });
});

describe("what the source role may do", () => {
  const call: AccessRequest = {
    principal: asRole(sourceRole),
    action: "cognito-idp:AdminInitiateAuth",
    resource: SOURCE_POOL_ARN,
    resourceAccount: "111111111111",
  };
  const other = (arn: string): Partial<AccessRequest> => ({ resource: arn });

  test.each<Row>([
    ["prove a password", {}, true],
    ["read a profile", { action: "cognito-idp:AdminGetUser" }, true],
    ["prove a password in another pool", other(`${SOURCE_POOL_ARN}2`), false],
    ["read a profile in another pool", { action: "cognito-idp:AdminGetUser", ...other(`${SOURCE_POOL_ARN}2`) }, false],
    [
      "prove a password in the same pool's Region next door",
      other(SOURCE_POOL_ARN.replace("eu-west-1:", "eu-west-2:")),
      false,
    ],
    ...[
      "AdminCreateUser",
      "AdminDeleteUser",
      "AdminDisableUser",
      "AdminSetUserPassword",
      "AdminResetUserPassword",
      "AdminUpdateUserAttributes",
      "AdminUserGlobalSignOut",
      "AdminRespondToAuthChallenge",
      "AdminAddUserToGroup",
      "ListUsers",
      "DescribeUserPool",
      "DescribeUserPoolClient",
      "UpdateUserPool",
      "UpdateUserPoolClient",
      "DeleteUserPool",
    ].map((operation): Row => [operation, { action: `cognito-idp:${operation}` }, false]),
  ])("%s", async (_, over, allowed) => {
    expect((await decide({ ...call, ...over })).allowed).toBe(allowed);
  });
});

describe("what the function's role may do", () => {
  const LOG_STREAM =
    "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/cognito_migration_customers:log-stream:x";
  const LOG_GROUP = "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/cognito_migration_customers:*";
  const call = (action: string, resource: string): AccessRequest => ({
    principal: asRole(lambdaRole),
    action,
    resource,
    resourceAccount: "222222222222",
  });

  test.each<[string, AccessRequest, boolean]>([
    ["write to its log", call("logs:PutLogEvents", LOG_STREAM), true],
    ["make a stream in its log", call("logs:CreateLogStream", LOG_GROUP), true],
    ["write to another function's log", call("logs:PutLogEvents", LOG_STREAM.replace("customers", "other")), false],
    ["make a log group", call("logs:CreateLogGroup", LOG_GROUP), false],
    ["read its log", call("logs:GetLogEvents", LOG_STREAM), false],
    ["read the destination pool", call("cognito-idp:AdminGetUser", DESTINATION_USER_POOL_ARN), false],
    ["assume another role", call("sts:AssumeRole", "arn:aws:iam::222222222222:role/other"), false],
  ])("%s", async (_, request, allowed) => {
    expect((await decide(request)).allowed).toBe(allowed);
  });
});

describe("who may invoke the function", () => {
  const asCognito = (pool: string, account: string, service = "cognito-idp.amazonaws.com") => ({
    principal: {
      arn: service,
      account,
      policies: [],
      context: { "aws:SourceArn": pool, "aws:SourceAccount": account },
    },
  });
  const invoke: AccessRequest = {
    ...asCognito(DESTINATION_USER_POOL_ARN, "222222222222"),
    action: "lambda:InvokeFunction",
    resource: deployed.function.arn,
    resourceAccount: "222222222222",
    resourcePolicy: deployed.invokePolicy,
  };

  test.each<Row>([
    ["Cognito for the destination pool", {}, true],
    ["Cognito for another pool of the account", asCognito(`${DESTINATION_USER_POOL_ARN}2`, "222222222222"), false],
    [
      "Cognito for a pool of another account",
      asCognito(DESTINATION_USER_POOL_ARN.replaceAll("2222", "3333"), "333333333333"),
      false,
    ],
    ["Cognito on behalf of another account", asCognito(DESTINATION_USER_POOL_ARN, "333333333333"), false],
    // Lambda has no way to keep the account's own principals out; SECURITY.md says whom to guard against.
    ["a role of this account whose policy allows it", { principal: strangerIn("222222222222") }, true],
    ["another service", asCognito(DESTINATION_USER_POOL_ARN, "222222222222", "events.amazonaws.com"), false],
    ["a role of another account", { principal: strangerIn("333333333333") }, false],
  ])("%s", async (_, over, allowed) => {
    expect((await decide({ ...invoke, ...over })).allowed).toBe(allowed);
  });
});

test("only Lambda may run as the function's role", async () => {
  const as = (service: string): AccessRequest => ({
    principal: { arn: service, account: "222222222222", policies: [] },
    action: "sts:AssumeRole",
    resource: lambdaRole.arn,
    resourceAccount: "222222222222",
    resourcePolicy: lambdaRole.trustPolicy,
  });
  expect((await decide(as("lambda.amazonaws.com"))).allowed).toBe(true);
  expect((await decide(as("ec2.amazonaws.com"))).allowed).toBe(false);
});
