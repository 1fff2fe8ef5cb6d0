import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";
import { defineCheck, failed, inTheme, listed, passed, warning } from "./check";

const MFA = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html";

const sourceMfa = defineCheck({
  id: "source-mfa",
  title: "MFA_POLICY says what happens to the source's second factors",
  otherwise: "Users with a second factor are refused, or lose it.",
  source: MFA,
  needs: ["source"],
  decide: ({ source: { MfaConfiguration = "OFF", SmsConfiguration }, settings: { mfaPolicy } }) => {
    if (MfaConfiguration === "OFF") return passed("MFA is off at the source.");
    const isForAll = MfaConfiguration === "ON";
    const who = isForAll ? "everyone" : "users who have one";
    const told = `MFA is ${MfaConfiguration} at the source and MFA_POLICY=${mfaPolicy}`;
    const refused = isForAll ? failed : warning;
    if (mfaPolicy === "reject")
      return refused(
        `${told}: ${who} will be refused.`,
        'Choose MFA_POLICY=allow, or sms, which needs MFA on at the destination. With reject, "forgot password" does not migrate them either.',
      );
    // Nobody's factor is one that could be carried over.
    if (mfaPolicy === "sms" && SmsConfiguration === undefined)
      return refused(
        `${told}, and the source sends no text messages: ${who} will be refused.`,
        "Decide on MFA_POLICY=allow: sms carries over text messages alone.",
      );
    return mfaPolicy === "allow"
      ? warning(`${told}: ${who} will arrive without the second factor.`, "Ask them to set one up at the destination.")
      : warning(
          `${told}: text messages to a verified number are carried over; authenticator apps and e-mail codes are refused.`,
          "Tell users of other factors how they get in.",
        );
  },
});

const destinationMfa = defineCheck({
  id: "destination-mfa",
  title: "MFA at the destination goes together with MFA_POLICY",
  otherwise: "With enableSMSMFA Cognito fails the migration unless MFA and text messages are set up.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html",
  needs: ["destinationMfa"],
  decide: ({ destinationMfa: { MfaConfiguration = "OFF", SmsMfaConfiguration }, settings: { mfaPolicy } }) => {
    if (mfaPolicy === "sms" && MfaConfiguration === "OFF")
      return failed(
        "MFA_POLICY=sms, but MFA is off at the destination.",
        "Turn MFA on (OPTIONAL), with text messages.",
      );
    if (mfaPolicy === "sms" && SmsMfaConfiguration?.SmsConfiguration === undefined)
      return failed("MFA_POLICY=sms, but the destination sends no text messages.", "Set up SMS for MFA in the pool.");
    return MfaConfiguration === "ON"
      ? warning(
          "MFA is required at the destination. AWS documents the first sign-in of a new user, not that of a migrated one.",
          "Try it with one user, in the application that users have, before everyone comes.",
        )
      : passed(`MFA is ${MfaConfiguration} at the destination.`);
  },
});

/** The least that a policy can ask for: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html */
const SHORTEST = 6;

const KINDS = {
  RequireUppercase: "upper-case letters",
  RequireLowercase: "lower-case letters",
  RequireNumbers: "digits",
  RequireSymbols: "symbols",
} as const;

/** What the destination's policy demands and the source's does not. */
function stricterRules(source: PasswordPolicyType = {}, destination: PasswordPolicyType = {}): string[] {
  const { MinimumLength: here = SHORTEST } = source;
  const { MinimumLength: there = SHORTEST } = destination;
  const kinds = (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((kind) => destination[kind] && !source[kind]);
  return [...(there > here ? [`${there} characters instead of ${here}`] : []), ...kinds.map((kind) => KINDS[kind])];
}

const passwords = defineCheck({
  id: "password-policy",
  title: "The destination's password policy is no stricter than the source's",
  otherwise: "Nobody is refused: Cognito does not hold a migrated password against the policy, so weaker ones arrive.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-import-using-lambda.html",
  needs: ["source", "destination"],
  decide: ({ source, destination }) => {
    const stricter = stricterRules(source.Policies?.PasswordPolicy, destination.Policies?.PasswordPolicy);
    if (stricter.length === 0)
      return passed("No rule of the destination's password policy is stricter than the source's.");
    return warning(
      `The destination asks for ${listed(stricter)}; passwords that migrate need not have it.`,
      "If the policy must hold for everyone, have users change their password after they have arrived.",
    );
  },
});

const threats = defineCheck({
  id: "source-threat-protection",
  title: "The source's threat protection does not judge the function",
  otherwise: "It sees all sign-ins come from one caller, and may take them for an attack.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html",
  needs: ["source"],
  decide: ({ source: { UserPoolAddOns } }) =>
    UserPoolAddOns?.AdvancedSecurityMode === "ENFORCED"
      ? warning(
          "Threat protection is ENFORCED at the source.",
          "Except the app client of the migration from it (its own risk configuration), or set it to AUDIT for the time.",
        )
      : passed(`Threat protection is ${UserPoolAddOns?.AdvancedSecurityMode ?? "OFF"} at the source.`),
});

export const FACTOR_CHECKS = inTheme("Second factors and passwords", [sourceMfa, destinationMfa, passwords, threats]);
