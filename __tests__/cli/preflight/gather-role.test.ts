import type { Fact, RoleFacts } from "../../../cli/preflight/facts";
import { Unavailable } from "../../../cli/preflight/gather-fact";
import { provenAnswers } from "../../../cli/preflight/gather-role";
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
