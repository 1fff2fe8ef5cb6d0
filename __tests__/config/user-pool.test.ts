import { parseUserPoolArn, parseUserPoolId } from "../../config/user-pool";

test.each([
  ["eu-west-1_AbCdEfGhI", "eu-west-1"],
  ["us-gov-west-1_a", "us-gov-west-1"],
  ["cn-north-1_Zz9", "cn-north-1"],
  ["ap-southeast-4_0123456789abcdef0123456789abcdef", "ap-southeast-4"],
])("reads the Region out of %s", (id, region) => {
  expect(parseUserPoolId(id)).toEqual({ id, region });
});

test.each([
  "",
  "AbCdEfGhI",
  "eu-west-1",
  "eu-west-1_",
  "eu-west_AbC",
  "EU-WEST-1_AbC",
  "eu-west-1_Ab C",
  "eu-west-1_Ab-C",
  `eu-west-1_${"a".repeat(46)}`,
  "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbC",
])("refuses %p as a user pool id", (id) => {
  expect(parseUserPoolId(id)).toBeUndefined();
});

test("reads partition, Region, account and id out of an ARN", () => {
  const arn = "arn:aws-us-gov:cognito-idp:us-gov-west-1:123456789012:userpool/us-gov-west-1_AbC";
  expect(parseUserPoolArn(arn)).toEqual({
    arn,
    partition: "aws-us-gov",
    region: "us-gov-west-1",
    account: "123456789012",
    id: "us-gov-west-1_AbC",
  });
});

test.each([
  "eu-west-1_AbC",
  "arn:aws:cognito-idp:eu-west-1:1234:userpool/eu-west-1_AbC",
  "arn:aws:cognito-idp:eu-central-1:111111111111:userpool/eu-west-1_AbC",
  "arn:aws:cognito-identity:eu-west-1:111111111111:userpool/eu-west-1_AbC",
  "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbC/client/x",
  "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/*",
  "arn:*:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbC",
  "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbC\n",
])("refuses %p as a user pool ARN", (arn) => {
  expect(parseUserPoolArn(arn)).toBeUndefined();
});
