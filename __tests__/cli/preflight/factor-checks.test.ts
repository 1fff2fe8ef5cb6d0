import { FACTOR_CHECKS } from "../../../cli/preflight/factor-checks";
import type { FactValues } from "../../../cli/preflight/facts";
import type { MfaConfiguration } from "../../../rules/attribute-rules";
import { facts, given, type Row, testFindings, withVariable } from "../../support/preflight-findings";

const { source, destination } = facts;

/** A source that does this about second factors, as everybody knows. */
const factors = (SOURCE_MFA_CONFIGURATION: MfaConfiguration, more: object = {}): Partial<FactValues> => ({
  source: { ...source, MfaConfiguration: SOURCE_MFA_CONFIGURATION, SmsConfiguration: { SnsCallerArn: "arn" } },
  ...withVariable({ SOURCE_MFA_CONFIGURATION, ...more }),
});

const SENDING: FactValues["destinationMfa"] = {
  MfaConfiguration: "OPTIONAL",
  SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn" } },
};

const ROWS: readonly Row[] = [
  ["a required second factor that is refused", "source-mfa", "failed", factors("ON"), {}, /everyone will be refused/],
  [
    "second factors that are refused",
    "source-mfa",
    "warning",
    factors("OPTIONAL"),
    {},
    /users who have one will be refused/,
  ],
  ...(["ON", "OPTIONAL"] as const).map(
    (mfa): Row => [
      `text messages that the source does not send (${mfa})`,
      "source-mfa",
      mfa === "ON" ? "failed" : "warning",
      {
        ...factors(mfa, { MFA_POLICY: "sms" }),
        source: { ...source, MfaConfiguration: mfa },
        destinationMfa: SENDING,
      },
      given({ MFA_POLICY: "sms" }),
      mfa === "ON" ? /no text messages: everyone will/ : /no text messages: users who have one will/,
    ],
  ),
  [
    "second factors that are dropped",
    "source-mfa",
    "warning",
    factors("OPTIONAL", { MFA_POLICY: "allow" }),
    given({ MFA_POLICY: "allow" }),
    /will arrive without/,
  ],
  [
    "second factors that only partly move",
    "source-mfa",
    "warning",
    {
      ...factors("OPTIONAL", { MFA_POLICY: "sms" }),
      destinationMfa: SENDING,
    },
    given({ MFA_POLICY: "sms" }),
    /authenticator apps/,
  ],
  [
    "text messages where MFA is off",
    "destination-mfa",
    "failed",
    withVariable({ MFA_POLICY: "sms" }),
    given({ MFA_POLICY: "sms" }),
    /MFA is off/,
  ],
  [
    "text messages that nobody sends",
    "destination-mfa",
    "failed",
    { destinationMfa: { MfaConfiguration: "OPTIONAL" }, ...withVariable({ MFA_POLICY: "sms" }) },
    given({ MFA_POLICY: "sms" }),
    /sends no text messages/,
  ],
  [
    "a destination that requires MFA",
    "destination-mfa",
    "warning",
    { destinationMfa: { MfaConfiguration: "ON" } },
    {},
    /required at the destination/,
  ],
  [
    "a stricter password policy",
    "password-policy",
    "warning",
    {
      destination: {
        ...destination,
        Policies: { PasswordPolicy: { MinimumLength: 12, RequireNumbers: true, RequireSymbols: true } },
      },
    },
    {},
    /12 characters instead of 8 and symbols/,
  ],
  [
    "threat protection",
    "source-threat-protection",
    "warning",
    { source: { ...source, UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" } } },
    {},
    /ENFORCED/,
  ],
];

testFindings(FACTOR_CHECKS, ROWS);
