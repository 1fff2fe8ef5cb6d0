import type { PolicyDocument, PolicyStatement } from "../../../rules/policies";
import { decide } from "../../../sandbox/aws/iam";
import { canLogImports, importLogsRole } from "../../../sandbox/aws/import-role";
import type { Role } from "../../../sandbox/aws/sts";
import { cognitoOf } from "../../../sandbox/aws/trigger-invocation";

const ACCOUNT = "222222222222";
const POOL = {
  account: ACCOUNT,
  region: "eu-central-1",
  userPoolArn: `arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/eu-central-1_Dest0001`,
  logGroup: "/aws/cognito/userpools/eu-central-1_Dest0001/customers",
};
const policy = (statement: Omit<PolicyStatement, "Effect">): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", ...statement }],
});
const trusting = (Service: string, more: object = {}) =>
  policy({ Principal: { Service }, Action: "sts:AssumeRole", ...more });
const logging = (Resource: string, Action: string | string[]) => policy({ Action, Resource });
const LOG = `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:`;
const ACTIONS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
const trust = trusting("cognito-idp.amazonaws.com");

const can = (role: Partial<Role> | undefined) =>
  canLogImports(
    { decide, findRole: async () => role && { ...importLogsRole(POOL), ...role } },
    cognitoOf({ arn: POOL.userPoolArn }, ACCOUNT),
    importLogsRole(POOL).arn,
    POOL,
  );

test.each([
  ["that docs/cli/import.md asks for", {}],
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cli-cloudwatch-iam-role.html
  ["of AWS's page", { trustPolicy: trust, permissions: [logging(`${LOG}/aws/cognito/*`, ACTIONS)] }],
])("the role %s can log an import", async (_, role) => {
  expect(await can(role)).toBe(true);
});

test("the sandbox's own role is no wider than what docs/cli/import.md asks for", () => {
  expect(importLogsRole(POOL)).toEqual({
    arn: `arn:aws:iam::${ACCOUNT}:role/cognito-import-logs`,
    account: ACCOUNT,
    trustPolicy: trusting("cognito-idp.amazonaws.com", {
      Condition: {
        StringEquals: { "aws:SourceAccount": ACCOUNT },
        ArnLike: { "aws:SourceArn": POOL.userPoolArn },
      },
    }),
    permissions: [logging(`${LOG}${POOL.logGroup}:*`, ACTIONS)],
  });
});

test.each([
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
])("in %s the role is one of %s", async (region, partition) => {
  const userPoolArn = `arn:${partition}:cognito-idp:${region}:${ACCOUNT}:userpool/${region}_Dest0001`;
  const pool = { ...POOL, region, userPoolArn };
  const role = importLogsRole(pool);
  expect(role.arn).toBe(`arn:${partition}:iam::${ACCOUNT}:role/cognito-import-logs`);
  expect(role.permissions[0]?.Statement).toMatchObject([
    { Resource: `arn:${partition}:logs:${region}:${ACCOUNT}:log-group:${POOL.logGroup}:*` },
  ]);
  const cognito = cognitoOf({ arn: userPoolArn }, ACCOUNT);
  expect(await canLogImports({ decide, findRole: async () => role }, cognito, role.arn, pool)).toBe(true);
});

test.each<[string, Partial<Role> | undefined]>([
  ["that is not there", undefined],
  ["that trusts another service", { trustPolicy: trusting("lambda.amazonaws.com") }],
  [
    "that trusts Cognito for another account",
    {
      trustPolicy: trusting("cognito-idp.amazonaws.com", {
        Condition: { StringEquals: { "aws:SourceAccount": "333333333333" } },
      }),
    },
  ],
  ["without permissions", { permissions: [] }],
  [
    "for another user pool's log",
    { permissions: [logging(`${LOG}/aws/cognito/userpools/eu-central-1_Other/x:*`, ACTIONS)] },
  ],
  ...ACTIONS.map((missing): [string, Partial<Role>] => [
    `without ${missing}`,
    {
      permissions: [
        logging(
          `${LOG}/aws/cognito/*`,
          ACTIONS.filter((action) => action !== missing),
        ),
      ],
    },
  ]),
])("a role %s cannot", async (_, role) => {
  expect(await can(role)).toBe(false);
});
