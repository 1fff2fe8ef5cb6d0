import type { SetUserPoolMfaConfigRequest } from "@aws-sdk/client-cognito-identity-provider";
import { AwsException, invalidParameter } from "./exception";
import { optionalText, seconds } from "./input";
import type { Operations } from "./operation";
import { describedSettings, updatedSettings } from "./settings";
import type { UserPool } from "./user-pool";

/** The user pool itself. */
export const POOL_OPERATIONS: Operations = {
  DescribeUserPool: (pool) => ({ UserPool: described(pool) }),

  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolReplicas.html */
  ListUserPoolReplicas: ({ region, arn, replicas }) => ({
    UserPoolReplicas: [{ RegionName: region, Role: "PRIMARY", Status: "ACTIVE", UserPoolArn: arn }, ...replicas],
  }),

  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html */
  UpdateUserPool: (pool, body) => {
    if (pool.imports.active)
      throw new AwsException(
        "UserImportInProgressException",
        "Can not modify User Pool while a user import job is in progress.",
      );
    const settings = updatedSettings(body, pool.settings);
    requireSecondFactor(pool, settings.MfaConfiguration, settings.SmsConfiguration);
    pool.settings = settings;
    pool.name = optionalText(body, "PoolName") ?? pool.name;
    pool.modified = pool.now();
    return {};
  },

  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html */
  GetUserPoolMfaConfig: (pool) => ({
    MfaConfiguration: pool.settings.MfaConfiguration,
    ...pool.mfa,
    ...(pool.settings.SmsConfiguration && {
      SmsMfaConfiguration: { SmsConfiguration: pool.settings.SmsConfiguration },
    }),
  }),

  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html */
  SetUserPoolMfaConfig: (pool, body) => {
    const {
      UserPoolId: _,
      MfaConfiguration = "OFF",
      SmsMfaConfiguration,
      ...mfa
    }: Partial<SetUserPoolMfaConfigRequest> = body;
    const { SmsConfiguration } = SmsMfaConfiguration ?? {};
    pool.mfa = mfa;
    pool.settings = { ...pool.settings, MfaConfiguration, ...(SmsConfiguration && { SmsConfiguration }) };
    pool.modified = pool.now();
    return { MfaConfiguration, SmsMfaConfiguration, ...mfa };
  },
};

/** MFA without any second factor that users could have. https://github.com/hashicorp/terraform-provider-aws/issues/7261 */
function requireSecondFactor({ mfa }: UserPool, wanted: unknown, sms: unknown): void {
  const other = mfa.SoftwareTokenMfaConfiguration?.Enabled === true || mfa.EmailMfaConfiguration !== undefined;
  if (wanted !== "OFF" && sms === undefined && !other)
    throw invalidParameter(
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    );
}

/** As DescribeUserPool tells of it. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html */
export function described(pool: UserPool): object {
  const { usernameAttributes, aliasAttributes, caseSensitive } = pool.naming;
  return {
    Id: pool.id,
    Name: pool.name,
    Arn: pool.arn,
    CreationDate: seconds(pool.created),
    LastModifiedDate: seconds(pool.modified),
    SchemaAttributes: pool.schema,
    EstimatedNumberOfUsers: pool.users.size,
    UsernameConfiguration: { CaseSensitive: caseSensitive },
    ...(usernameAttributes.length > 0 ? { UsernameAttributes: usernameAttributes } : {}),
    ...(aliasAttributes.length > 0 ? { AliasAttributes: aliasAttributes } : {}),
    ...(pool.seed.domain === undefined ? {} : { Domain: pool.seed.domain }),
    ...describedSettings(pool.settings),
  };
}
