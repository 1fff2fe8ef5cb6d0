import { EVENT, FUNCTION_ENVIRONMENT, isMigrated, USER } from "../../../dev/bench/sign-in";
import { parseHandlerSettings } from "../../../rules/function-environment";
import { BOTH } from "../../support/settings";
import { resources, synthesized } from "../../support/stacks";

test("the function is configured as the destination stack deploys it", () => {
  const { "aws_lambda_function.function": deployed } = resources(synthesized(BOTH).destination);
  expect(Object.keys(FUNCTION_ENVIRONMENT).sort()).toEqual(Object.keys(deployed.environment.variables).sort());
});

test("the handler takes this environment", () => {
  const own = { AWS_LAMBDA_FUNCTION_NAME: "f", AWS_REGION: "r", AWS_ACCESS_KEY_ID: "i", AWS_SECRET_ACCESS_KEY: "s" };
  expect(parseHandlerSettings({ ...FUNCTION_ENVIRONMENT, ...own }).sourceUserPoolId).toBe("eu-west-1_Source001");
});

test("only an answer with this user, and a proven password, counts", () => {
  const answer = (userAttributes: object | null, finalUserStatus: string | null) => ({
    ...EVENT,
    response: { userAttributes, finalUserStatus },
  });
  expect(isMigrated(answer({ email: USER.email }, "CONFIRMED"))).toBe(true);
  expect(isMigrated(answer({ email: "joe@example.com" }, "CONFIRMED"))).toBe(false);
  expect(isMigrated(answer({ email: USER.email }, null))).toBe(false);
  expect(isMigrated(EVENT)).toBe(false);
  expect(isMigrated(undefined)).toBe(false);
});
