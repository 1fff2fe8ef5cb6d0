import { refusalHint } from "../../../cli/pool-change/refusal-hint";

const REQUEST = {
  SmsConfiguration: { SnsCallerArn: "arn:aws:iam::222222222222:role/sms" },
  EmailConfiguration: { SourceArn: "arn:aws:ses:eu-central-1:222222222222:identity/example.com" },
};
const hint = (name: string, kind: "user-pool" | "app-client" = "user-pool", request: object = REQUEST) =>
  refusalHint(Object.assign(new Error("m"), { name }), { kind }, request as typeof REQUEST);

test.each([
  [
    "InvalidSmsRoleTrustRelationshipException",
    "SmsConfiguration.SnsCallerArn is arn:aws:iam::222222222222:role/sms:",
    "trust policy",
  ],
  [
    "InvalidSmsRoleAccessPolicyException",
    "SmsConfiguration.SnsCallerArn is arn:aws:iam::222222222222:role/sms:",
    "sns:Publish",
  ],
  [
    "InvalidEmailRoleAccessPolicyException",
    "EmailConfiguration.SourceArn is arn:aws:ses:eu-central-1:222222222222:identity/example.com:",
    "verified",
  ],
])("%s is said with the setting that blocks it", (name, setting, what) => {
  expect(hint(name)).toContain(
    `Cognito checks every setting of the user pool at an update, those that stay as they are, too. ${setting}`,
  );
  expect(hint(name)).toContain(what);
  expect(hint(name, "user-pool", {})).toContain(what);
});

test("of an app client no e-mail identity is suspected", () => {
  expect(hint("InvalidParameterException")).toContain("an e-mail identity or a role");
  for (const name of ["InvalidParameterException", "InvalidOAuthFlowException", "ScopeDoesNotExistException"]) {
    expect(hint(name, "app-client")).toContain("Cognito checks every setting of the app client");
    expect(hint(name, "app-client")).toContain("an identity provider or a scope");
    expect(hint(name, "app-client")).not.toContain("e-mail");
  }
});

test.each(["AccessDeniedException", "TooManyRequestsException", "TimeoutError"])("%s says it by itself", (name) => {
  expect(hint(name)).toBeUndefined();
});
