/** The settings of a migration, by their names; `npm run docs` writes this file of config/settings.ts. */
export type MigrationSettings = {
  /** A name for this migration, not the pool's own: it becomes part of the role and function names in both accounts. */
  readonly USER_POOL_NAME: string;
  /** User pool that holds the users now. */
  readonly SOURCE_USER_POOL_ID: string;
  /** Region of the source user pool; differs from the one in its id only for a multi-Region pool. When absent: the Region in SOURCE_USER_POOL_ID. */
  readonly SOURCE_REGION?: string | undefined;
  /** External ID that the function presents when it assumes the role in the source account. When absent: made from USER_POOL_NAME, SOURCE_USER_POOL_ID and the destination account. */
  readonly EXTERNAL_ID?: string | undefined;
  /** Account of the source user pool; Terraform refuses to run in any other. When absent: not checked. */
  readonly SOURCE_ACCOUNT?: string | undefined;
  /** Account whose function may assume the role in the source account. When absent: the account in DESTINATION_USER_POOL_ARN; one of the two is required for the source stack. */
  readonly DESTINATION_ACCOUNT?: string | undefined;
  /** User pool that the users move to; gives the account, Region and partition. When absent: required for the destination stack. */
  readonly DESTINATION_USER_POOL_ARN?: string | undefined;
  /** Role in the source account, when it is not read from the source stack's state. When absent: output `role_arn` of the source stack. */
  readonly SOURCE_ROLE_ARN?: string | undefined;
  /** App client in the source user pool; goes together with SOURCE_ROLE_ARN. When absent: output `app_client_id` of the source stack. */
  readonly SOURCE_APP_CLIENT_ID?: string | undefined;
  /** MfaConfiguration of the source user pool, when it is not read from the source stack's state. When absent: output `mfa_configuration` of the source stack; with SOURCE_ROLE_ARN `ON`, the strictest. */
  readonly SOURCE_MFA_CONFIGURATION?: string | undefined;
  /** UsernameAttributes of the source user pool, or `none`, when they are not read from the source stack's state: what users sign in with instead of a username. When absent: output `username_attributes` of the source stack; required with SOURCE_ROLE_ARN. */
  readonly SOURCE_USERNAME_ATTRIBUTES?: string | undefined;
  /** Users with a second factor: `reject` refuses them, `sms` carries SMS MFA with a verified phone number, `allow` drops the second factor. When absent: `reject`. */
  readonly MFA_POLICY?: string | undefined;
  /** Users who ask for a password reset before they ever signed in: `migrate` migrates them without a password and Cognito sends a code, `refuse` leaves them at the source. When absent: `migrate`. */
  readonly FORGOT_PASSWORD?: string | undefined;
  /** All users who do not show a lasting password (forgotten, temporary, or a reset is due): `migrate` migrates them without a password and Cognito sends a code, `refuse` leaves them at the source, whatever FORGOT_PASSWORD says. When absent: `migrate`. */
  readonly UNPROVEN_PASSWORD?: string | undefined;
  /** Source attributes that stay behind. When absent: none. */
  readonly ATTRIBUTE_EXCLUDE?: string | undefined;
  /** Attributes that arrive under another name, so that applications keyed on the old `sub` find their users. When absent: none. */
  readonly ATTRIBUTE_MAP?: string | undefined;
  /** Alias attributes of the destination user pool (AliasAttributes, not UsernameAttributes), or `none`. When absent: nobody may sign in by an alias, and `preferred_username` stays behind where it could be one. */
  readonly DESTINATION_ALIAS_ATTRIBUTES?: string | undefined;
  /** Whether `Name` and `name` are two users at the destination (UsernameConfiguration.CaseSensitive). When absent: `true`. */
  readonly DESTINATION_CASE_SENSITIVE?: string | undefined;
  /** Lambda runtime. When absent: `nodejs24.x`. */
  readonly LAMBDA_RUNTIME?: string | undefined;
  /** Memory in MB; Lambda gives CPU in proportion. When absent: `512`. */
  readonly LAMBDA_MEMORY_MB?: string | undefined;
  /** Concurrent invocations at most, to protect the source's quota. When absent: no limit. */
  readonly LAMBDA_RESERVED_CONCURRENCY?: string | undefined;
  /** How long CloudWatch Logs keeps the function's log. When absent: `90`. */
  readonly LOG_RETENTION_DAYS?: string | undefined;
  /** SNS topic that is notified when an alarm fires and when it is over; in the destination's Region. When absent: the alarms notify nobody. */
  readonly ALARM_TOPIC_ARN?: string | undefined;
  /** Requests per second of the category UserAuthentication that the source account has, or those of them that the migration may use. When absent: `120`. */
  readonly SOURCE_SIGN_IN_QUOTA?: string | undefined;
};
