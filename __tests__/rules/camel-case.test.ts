import { camelCase, camelCased } from "../../rules/camel-case";

test.each([
  ["TAGS", "tags"],
  ["MFA_POLICY", "mfaPolicy"],
  ["LAMBDA_MEMORY_MB", "lambdaMemoryMb"],
  ["AWS_S3_BUCKET", "awsS3Bucket"],
])("%s is %s", (name, expected) => {
  expect(camelCase(name)).toBe(expected);
});

test("values stay what they are, also where there is none", () => {
  expect(camelCased({ MFA_POLICY: "sms", SOURCE_ACCOUNT: undefined })).toEqual({
    mfaPolicy: "sms",
    sourceAccount: undefined,
  });
});
