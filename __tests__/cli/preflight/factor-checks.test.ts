import { FACTOR_CHECKS } from "../../../cli/preflight/factor-checks";
import { facts, given, type Row, testFindings, withVariable } from "../../support/preflight-findings";

const { source, destination } = facts;

const ROWS: readonly Row[] = [
  [
    "a required second factor that is refused",
    "source-mfa",
    "warning",
    { source: { ...source, MfaConfiguration: "ON" } },
    {},
    /everyone will be refused/,
  ],
  [
    "second factors that are dropped",
    "source-mfa",
    "warning",
    { source: { ...source, MfaConfiguration: "OPTIONAL" }, ...withVariable({ MFA_POLICY: "allow" }) },
    given({ MFA_POLICY: "allow" }),
    /will arrive without/,
  ],
  [
    "second factors that only partly move",
    "source-mfa",
    "warning",
    {
      source: { ...source, MfaConfiguration: "OPTIONAL" },
      destinationMfa: {
        MfaConfiguration: "OPTIONAL",
        SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn" } },
      },
      ...withVariable({ MFA_POLICY: "sms" }),
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
