import { UnusableAnswer } from "../../../cli/aws/unusable-answer";
import type { Fact, RoleFacts } from "../../../cli/preflight/facts";
import { Unavailable } from "../../../cli/preflight/gather-fact";
import { encodedPolicyIn, provenAnswers } from "../../../cli/preflight/gather-role";
import { facts } from "../../support/preflight-findings";

const ARN = "arn:aws:iam::111111111111:role/cognito_migration_customers";
const REFUSED = { withExternalId: "refused", withoutExternalId: "refused", withAnotherExternalId: "refused" } as const;
const THERE: Fact<RoleFacts | undefined> = { known: true, value: facts.sourceRole };
const UNKNOWN: Fact<RoleFacts | undefined> = {
  known: false,
  reason: "AWS answered AccessDenied.",
  remedy: "Use credentials that may iam:GetRole.",
};

test("a role that is there, and refused, is closed", () => {
  expect(provenAnswers(REFUSED, THERE, ARN)).toEqual(REFUSED);
});

test.each<[string, Fact<RoleFacts | undefined>, string, string]>([
  ["nobody knows to be there", UNKNOWN, ARN, UNKNOWN.remedy],
  ["is that of another account", THERE, ARN.replace("111111111111", "333333333333"), "Deploy the source stack."],
])("a refusal proves nothing of a role that %s", (_, role, arn, remedy) => {
  const ask = () => provenAnswers(REFUSED, role, arn);
  expect(ask).toThrow(Unavailable);
  expect(ask).toThrow(expect.objectContaining({ remedy, message: expect.stringContaining("is not known") }));
});

test.each(["withExternalId", "withoutExternalId", "withAnotherExternalId"])(
  "whoever could assume it %s has shown that it is there",
  (way) => {
    const answers = { ...REFUSED, [way]: "assumed" };
    expect(provenAnswers(answers, UNKNOWN, ARN)).toEqual(answers);
  },
);

describe("a policy as IAM gives it", () => {
  const aws = { unusable: (operation: string, found: string) => new UnusableAnswer(operation, found) };

  test("is a document in a URL", () => {
    expect(
      encodedPolicyIn(aws, "GetRole", "%7B%22Version%22%3A%20%222012-10-17%22%2C%20%22Id%22%3A%20%22100%25%22%7D"),
    ).toEqual({
      Version: "2012-10-17",
      Id: "100%",
    });
  });

  test.each([
    ["nothing", undefined, "nothing"],
    ["an empty text", "", "nothing"],
    ["a page", "<!doctype html><p>canary", "an HTML page"],
    ["text", "canary", "text that is no JSON"],
    ["text that is no URL's, either", "canary%E0%A4%A", "text that is no JSON"],
    ["half a document", "%7B%22canary%22%3A", "text that is no JSON"],
    ["a list", "%5B%22canary%22%5D", "JSON of another form"],
    ["a number", "7", "JSON of another form"],
  ])("%s is no policy, and what it says is told nobody", (_, document, found) => {
    let error: unknown;
    try {
      encodedPolicyIn(aws, "GetRole", document);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UnusableAnswer);
    expect((error as Error).message).toBe(`GetRole sent ${found} as a policy`);
  });
});
