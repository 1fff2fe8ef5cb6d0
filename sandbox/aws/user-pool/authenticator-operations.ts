import { bearer } from "./bearer";
import { AwsException, invalidParameter } from "./exception";
import { type Body, optionalText, text } from "./input";
import { type Operations, silent } from "./operation";
import { userOf } from "./sign-in";
import type { User } from "./user";
import type { UserPool } from "./user-pool";

/** Second factors that users set up for themselves. */
export const AUTHENTICATOR_OPERATIONS: Operations = {
  AssociateSoftwareToken,
  VerifySoftwareToken,
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserMFAPreference.html */
  SetUserMFAPreference: silent((pool, body) => {
    const { user } = bearer(pool, body);
    const mfa = secondFactors(user.mfa, body);
    const added = mfa.filter((factor) => !user.mfa.includes(factor));
    if (added.includes("SOFTWARE_TOKEN_MFA") && !pool.authenticators.isVerified(user))
      throw invalidParameter("User has not verified software token mfa");
    if (added.includes("SMS_MFA") && !user.attributes["phone_number"])
      throw invalidParameter("User does not have delivery config set to turn on SMS_MFA");
    pool.users.change(user, { mfa });
  }),
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html */
function AssociateSoftwareToken(pool: UserPool, body: Body): object {
  if (pool.mfa.SoftwareTokenMfaConfiguration?.Enabled !== true)
    throw new AwsException("SoftwareTokenMFANotFoundException", "Software Token MFA is not enabled by the userPool.");
  const { user, session } = whoever(pool, body);
  return { SecretCode: pool.authenticators.associate(user), ...session };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html */
function VerifySoftwareToken(pool: UserPool, body: Body): object {
  const { user, session } = whoever(pool, body);
  pool.authenticators.verify(user, text(body, "UserCode"));
  return { Status: "SUCCESS", ...session };
}

/** Who is signed in, or is about to be and must set up a factor first: MFA_SETUP. */
function whoever(pool: UserPool, body: Body): { readonly user: User; readonly session: { readonly Session?: string } } {
  const Session = optionalText(body, "Session");
  if (Session === undefined) return { user: bearer(pool, body).user, session: {} };
  return { user: userOf(pool, pool.sessions.get(Session, { challenge: "MFA_SETUP" })), session: { Session } };
}

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
