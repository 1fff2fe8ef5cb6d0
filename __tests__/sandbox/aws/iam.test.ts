import type { PolicyDocument } from "../../../rules/policies";
import { ADMINISTRATOR_ACCESS, decide, remembering } from "../../../sandbox/aws/iam";

const principal = (policy: PolicyDocument) => ({
  arn: "arn:aws:iam::111111111111:role/x",
  account: "111111111111",
  policies: [policy],
});
const allow = (Resource: string): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "cognito-idp:AdminGetUser", Resource }],
});
const POOL = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Source001";
const request = { action: "cognito-idp:AdminGetUser", resource: POOL, resourceAccount: "111111111111" };

test.each([
  ["the pool itself", allow(POOL), true],
  ["another pool", allow(`${POOL}x`), false],
  ["everything", ADMINISTRATOR_ACCESS, true],
])("a policy for %s", async (_, policy, allowed) => {
  expect((await decide({ ...request, principal: principal(policy) })).allowed).toBe(allowed);
});

test("an unresolved reference is an error, not a refusal", async () => {
  await expect(decide({ ...request, principal: principal(allow("${data.x.arn}")) })).rejects.toThrow(
    "unresolved Terraform reference",
  );
});

test("an action that does not exist is an error, not a refusal", async () => {
  await expect(
    decide({ ...request, action: "cognito-idp:AdminGetUzer", principal: principal(ADMINISTRATOR_ACCESS) }),
  ).rejects.toThrow("IAM cannot decide");
});

test("what is remembered is the answer to the same request with the same policies, and to no other", async () => {
  const asked: string[] = [];
  const ask = remembering(async (one) => {
    asked.push(one.resource);
    return decide(one);
  });
  const allowed = async (policy: PolicyDocument, resource = POOL): Promise<boolean> =>
    (await ask({ ...request, resource, principal: principal(policy) })).allowed;
  expect([await allowed(allow(POOL)), await allowed(allow(POOL))]).toEqual([true, true]);
  expect([await allowed(allow(`${POOL}x`)), await allowed(allow(POOL), `${POOL}y`)]).toEqual([false, false]);
  expect(asked).toEqual([POOL, POOL, `${POOL}y`]);
});
