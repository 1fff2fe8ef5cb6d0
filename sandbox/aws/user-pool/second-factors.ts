import { invalidParameter } from "./exception";
import type { Body } from "./input";

const FACTORS = {
  SMS_MFA: "SMSMfaSettings",
  SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaSettings",
  EMAIL_OTP: "EmailMfaSettings",
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html */
export function secondFactors(before: readonly string[], body: Body): readonly string[] {
  const settings = Object.entries(FACTORS).map(([factor, member]) => {
    const { Enabled, PreferredMfa } = (body[member] ?? {}) as { Enabled?: boolean; PreferredMfa?: boolean };
    return { factor, enabled: Enabled ?? before.includes(factor), preferred: PreferredMfa ?? before[0] === factor };
  });
  const wrong = settings.find(({ enabled, preferred, factor }) => preferred && !enabled && before[0] !== factor);
  if (wrong !== undefined) throw invalidParameter(`${wrong.factor} cannot be preferred without being enabled`);
  const enabled = settings.filter((setting) => setting.enabled);
  return [...enabled.filter(({ preferred }) => preferred), ...enabled.filter(({ preferred }) => !preferred)].map(
    ({ factor }) => factor,
  );
}
