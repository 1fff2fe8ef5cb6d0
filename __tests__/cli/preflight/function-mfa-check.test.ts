import type { Finding } from "../../../cli/preflight/check";
import type { Environment } from "../../../config/settings";
import { decide, facts, given, withVariable } from "../../support/preflight-findings";

type Mfa = "OFF" | "OPTIONAL" | "ON";

const BY_HAND = {
  SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_customers",
  SOURCE_APP_CLIENT_ID: "1example",
  SOURCE_USERNAME_ATTRIBUTES: "email",
};

function finding(
  atSource: Mfa | undefined,
  inFunction: string | undefined,
  settings: Environment = {},
): Finding | undefined {
  const changed = {
    source: { ...facts.source, MfaConfiguration: atSource },
    ...withVariable({ SOURCE_MFA_CONFIGURATION: inFunction }),
  };
  const results = decide(changed, given(settings as Record<string, string>));
  return results.find(({ check }) => check.id === "function-source-mfa")?.finding;
}

const DEPLOY_BOTH = "Deploy the source stack, then the destination stack again.";

test.each<[Mfa | undefined, string | undefined]>([
  ["OFF", "OFF"],
  [undefined, "OFF"],
  ["OPTIONAL", "OPTIONAL"],
  ["ON", "ON"],
])("a source with MFA %s, as the function has it (%s), passes", (atSource, inFunction) => {
  expect(finding(atSource, inFunction)).toEqual({
    state: "passed",
    found: `MFA is ${inFunction} at the source, and the function knows it.`,
  });
});

test.each(["OFF", "OPTIONAL", undefined])(
  "a source that demands a second factor fails a function that has %s",
  (inFunction) => {
    for (const MFA_POLICY of ["reject", "sms"])
      expect(finding("ON", inFunction, { MFA_POLICY })).toEqual({
        state: "failed",
        found: expect.stringMatching(
          `^MFA is ON at the source, and the function has SOURCE_MFA_CONFIGURATION=${inFunction ?? "nothing"}: .*gets in.$`,
        ),
        remedy: DEPLOY_BOTH,
      });
  },
);

test.each<[Mfa]>([["OFF"], ["OPTIONAL"]])(
  "a function that refuses more than a source with MFA %s needs is a warning",
  (atSource) => {
    expect(finding(atSource, "ON")).toEqual({
      state: "warning",
      found: expect.stringContaining("is refused"),
      remedy: DEPLOY_BOTH,
    });
  },
);

test.each<[Mfa, Mfa, string]>([
  ["OPTIONAL", "OFF", "reject"],
  ["OFF", "OPTIONAL", "reject"],
  ["ON", "OPTIONAL", "allow"],
  ["OFF", "ON", "allow"],
])(
  "MFA %s at the source, %s in the function and MFA_POLICY=%s changes nothing for users",
  (atSource, inFunction, MFA_POLICY) => {
    expect(finding(atSource, inFunction, { MFA_POLICY })).toMatchObject({
      state: "warning",
      found: expect.stringContaining("No user is treated differently"),
    });
  },
);

test("who gives role and app client by hand is told to give this, too", () => {
  expect(finding("ON", "OPTIONAL", BY_HAND)).toMatchObject({
    state: "failed",
    remedy: "Set SOURCE_MFA_CONFIGURATION=ON and deploy the destination stack again.",
  });
});

test("a function that is not there believes nothing", () => {
  const results = decide({ function: undefined }, {});
  expect(results.find(({ check }) => check.id === "function-source-mfa")?.finding.state).toBe("skipped");
});
