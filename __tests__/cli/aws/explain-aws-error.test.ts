import { TooManyRequestsException } from "@aws-sdk/client-cognito-identity-provider";
import { explainAwsError } from "../../../cli/aws/explain-aws-error";

const named = (name: string, over: object = {}): Error => Object.assign(new Error("said AWS"), { name, ...over });

test.each([
  ["AccessDeniedException", /may not do that: docs\/cli\.md/],
  ["ExpiredTokenException", /have expired/],
  ["UnrecognizedClientException", /SOURCE_PROFILE, DESTINATION_PROFILE/],
  ["ResourceNotFoundException", /SOURCE_USER_POOL_ID, SOURCE_REGION/],
])("%s: what AWS said, and what to do", (name, advice) => {
  const text = explainAwsError(named(name, { $fault: "client" }));
  expect(text).toMatch(new RegExp(`^AWS refused: ${name}: said AWS\n`));
  expect(text).toMatch(advice);
});

test("an exception of Cognito's own", () => {
  const error = new TooManyRequestsException({ message: "Rate exceeded", $metadata: {} });
  expect(explainAwsError(error)).toMatch(/^AWS refused: TooManyRequestsException: Rate exceeded\n.*try again later/);
});

test("one without advice is said as it is", () => {
  expect(explainAwsError(named("NewException", { $fault: "server" }))).toBe("AWS refused: NewException: said AWS");
});

test.each(["ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN"])("%s: nobody answered", (code) => {
  expect(explainAwsError(named("Error", { code }))).toMatch(new RegExp(`^AWS could not be reached \\(${code}\\)`));
});

test("a time-out of the HTTP client", () => {
  expect(explainAwsError(named("TimeoutError"))).toMatch(/could not be reached \(TimeoutError\)/);
});

test.each([new TypeError("a bug"), "a text", undefined, named("Error", { code: "ENOENT" })])(
  "%s is not AWS's",
  (error) => {
    expect(explainAwsError(error)).toBeUndefined();
  },
);
