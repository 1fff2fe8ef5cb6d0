import { checkInvocation } from "../../../cli/attach/check-invocation";
import type { ConfirmedPool } from "../../../cli/aws/confirmed-pool";

const FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const POOL = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";

/** As Lambda answers for the permission that the destination stack makes. */
const OURS = {
  Sid: "user-migration-trigger",
  Effect: "Allow",
  Principal: { Service: "cognito-idp.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Resource: FUNCTION,
  Condition: { StringEquals: { "AWS:SourceAccount": "222222222222" }, ArnLike: { "AWS:SourceArn": POOL } },
};
const OTHER = { ...OURS, Sid: "other", Principal: { Service: "apigateway.amazonaws.com" } };

/** A Lambda that answers GetPolicy so. */
const check = (answer: () => object) =>
  checkInvocation(
    { aws: { lambda: () => ({ send: async () => answer() }) } } as unknown as Pick<ConfirmedPool, "aws">,
    FUNCTION,
    POOL,
  );
const policy = (Statement: unknown) => () => ({
  Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement }),
});
const refusing = (name: string) => () => {
  throw Object.assign(new Error("not for you"), { name });
};

test.each([
  ["in a list", [OURS]],
  ["alone", OURS],
  ["with its condition's keys in other letters", { ...OURS, Condition: inSmallLetters(OURS.Condition) }],
])("the destination stack's own permission is no news: %s", async (_, statement) => {
  expect(await check(policy(statement))).toEqual({ problems: [], warnings: [] });
});

function inSmallLetters(condition: Readonly<Record<string, object>>): object {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value])),
    ]),
  );
}

test("a function that is not there is a problem", async () => {
  expect(await check(refusing("ResourceNotFoundException"))).toEqual({
    problems: [expect.stringContaining("Deploy the destination stack first")],
    warnings: [],
  });
});

test.each([
  ["no statement", []],
  ["another service's", [OTHER]],
  ["another pool's", [{ ...OURS, Condition: { ...OURS.Condition, ArnLike: { "AWS:SourceArn": `${POOL}2` } } }]],
  ["another account's", [{ ...OURS, Condition: { StringEquals: { "AWS:SourceAccount": "111111111111" } } }]],
  ["another action", [{ ...OURS, Action: "lambda:GetFunction" }]],
  ["a pattern, which allows more", [{ ...OURS, Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:cognito-idp:*" } } }]],
  ["no condition", [{ ...OURS, Condition: undefined }]],
  ["a condition besides", [{ ...OURS, Condition: { ...OURS.Condition, Bool: { "aws:SecureTransport": "true" } } }]],
  ["a denial beside it", [OURS, { ...OURS, Effect: "Deny" }]],
  ["a denial of everything beside it", [OURS, { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }]],
])("what the stack has not made is a problem: %s", async (_, statements) => {
  expect(await check(policy(statements))).toEqual({
    problems: [expect.stringContaining(`${FUNCTION} does not let ${POOL} call it as the destination stack does`)],
    warnings: [],
  });
});

test("a statement besides is a note", async () => {
  expect(await check(policy([OTHER, OURS]))).toEqual({
    problems: [],
    warnings: [expect.stringContaining("look who else may call it")],
  });
});

test("a policy that nobody may read is a note", async () => {
  expect(await check(refusing("AccessDeniedException"))).toEqual({
    problems: [],
    warnings: [expect.stringContaining("It could not be checked")],
  });
});

test("anything else that goes wrong is not swallowed", async () => {
  await expect(check(refusing("TooManyRequestsException"))).rejects.toThrow("not for you");
});
