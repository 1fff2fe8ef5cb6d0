import { checkInvocation } from "../../../cli/attach/check-invocation";
import type { Place } from "../../../cli/aws/place";

const FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const POOL = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";

/** A Lambda that answers GetPolicy so. */
const check = (answer: () => object) =>
  checkInvocation(
    { aws: { lambda: () => ({ send: async () => answer() }) } } as unknown as Pick<Place, "aws">,
    FUNCTION,
    POOL,
  );
const policy = (over: object) => () => ({
  Policy: JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cognito-idp.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        ...over,
      },
    ],
  }),
});
const refusing = (name: string) => () => {
  throw Object.assign(new Error("not for you"), { name });
};

test("a function that this pool may call is no news", async () => {
  expect(await check(policy({ Condition: { ArnLike: { "AWS:SourceArn": POOL } } }))).toEqual({
    problems: [],
    warnings: [],
  });
});

test("a function that is not there is a problem", async () => {
  expect(await check(refusing("ResourceNotFoundException"))).toEqual({
    problems: [expect.stringContaining("Deploy the destination stack first")],
    warnings: [],
  });
});

test("a function for another pool is a problem", async () => {
  expect(await check(policy({ Condition: { ArnLike: { "AWS:SourceArn": `${POOL}2` } } }))).toEqual({
    problems: [expect.stringContaining(`${FUNCTION} does not let ${POOL} call it`)],
    warnings: [],
  });
});

test.each([
  ["a policy that nobody may read", refusing("AccessDeniedException"), "It could not be checked"],
  [
    "a condition that it does not know",
    policy({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
    "is not the one of the destination stack",
  ],
])("%s is a note", async (_, answer, note) => {
  expect(await check(answer)).toEqual({ problems: [], warnings: [expect.stringContaining(note)] });
});

test("anything else that goes wrong is not swallowed", async () => {
  await expect(check(refusing("TooManyRequestsException"))).rejects.toThrow("not for you");
});
