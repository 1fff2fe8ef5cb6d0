import {
  invokePolicy,
  lambdaPermissions,
  lambdaTrustPolicy,
  sourcePermissions,
  sourceTrustPolicy,
  tokenPermissions,
} from "../../rules/policies";

const TRUST = {
  partition: "aws-cn",
  destinationAccount: "222222222222",
  lambdaRoleName: "cognito_migration_lambda_customers",
  externalId: "an-external-id",
};

test("the source role is trusted to one role of one account, with the External ID", () => {
  expect(sourceTrustPolicy(TRUST)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws-cn:iam::222222222222:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws-cn:iam::222222222222:role/cognito_migration_lambda_customers" },
          StringEquals: { "sts:ExternalId": "an-external-id" },
        },
      },
    ],
  });
});

test("the source role may prove a password and read a profile, in one user pool", () => {
  const arn = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Source001";
  expect(sourcePermissions(arn)).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"], Resource: arn },
    ],
  });
});

test("only Lambda may take the execution role", () => {
  expect(lambdaTrustPolicy()).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
});

test("the execution role may assume one role and write to one log group", () => {
  const role = "arn:aws:iam::111111111111:role/cognito_migration_customers";
  const logGroup = "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/cognito_migration_customers";
  expect(lambdaPermissions({ sourceRoleArn: role, logGroupArn: logGroup })).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "sts:AssumeRole", Resource: role },
      { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroup}:*` },
    ],
  });
});

test("one user pool of one account may call the function, and Cognito for nobody else", () => {
  const lambdaArn = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
  const userPoolArn = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";
  expect(invokePolicy({ lambdaArn, userPoolArn })).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cognito-idp.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: lambdaArn,
        Condition: {
          StringEquals: { "AWS:SourceAccount": "222222222222" },
          ArnLike: { "AWS:SourceArn": userPoolArn },
        },
      },
    ],
  });
});

describe("the token function", () => {
  const logGroupArn = "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/cognito_migration_token_customers";
  const userPoolArn = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";
  const eventBusArn = "arn:aws:events:eu-central-1:222222222222:event-bus/default";
  const writes = {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroupArn}:*`,
  };
  const adds = { Effect: "Allow", Action: "cognito-idp:AdminAddUserToGroup", Resource: userPoolArn };
  const sends = {
    Effect: "Allow",
    Action: "events:PutEvents",
    Resource: eventBusArn,
    Condition: {
      "ForAllValues:StringEquals": {
        "events:source": "cognito-migration",
        "events:detail-type": "UserMigrated",
      },
    },
  };

  test.each([
    ["writes to one log group", {}, [writes]],
    ["adds to groups of one user pool, where it is to", { userPoolArn }, [writes, adds]],
    ["sends this migration's events to one bus, where it is to", { eventBusArn }, [writes, sends]],
    ["does both", { userPoolArn, eventBusArn }, [writes, adds, sends]],
  ])("%s, and may nothing else", (_, arns, Statement) => {
    expect(tokenPermissions({ logGroupArn, ...arns })).toEqual({ Version: "2012-10-17", Statement });
  });
});
