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
  /** Whether each migrated user gets an attribute in which the function signs who came, and how; groups and events rest on it. When absent: `off`. */
  readonly MIGRATION_STAMP?: string | undefined;
  /** Attribute of the destination that takes the stamp: a String of 2048 characters that no app client may read or write. When absent: `custom:migration`. */
  readonly STAMP_ATTRIBUTE?: string | undefined;
  /** Which key signs: one more than before makes a new one, and what the one before has signed stays good. When absent: `1`. */
  readonly STAMP_KEY_NUMBER?: string | undefined;
  /** Says that whoever may read the function's configuration may read the key, and make themselves members of every group that travels. When absent: MIGRATION_STAMP demands LAMBDA_KMS_KEY_ARN. */
  readonly STAMP_KEY_READABLE?: string | undefined;
  /** Customer-managed KMS key that encrypts the environment of the functions, which then only those read who may use the key; in the destination's Region. When absent: a key of AWS. */
  readonly LAMBDA_KMS_KEY_ARN?: string | undefined;
  /** Groups of users who show their password: `off` leaves them to `groups`, `token` puts them into the user's tokens for GROUPS_WINDOW, `token+member` makes the user a member, too. When absent: `off`. */
  readonly GROUPS_MODE?: string | undefined;
  /** Source groups that travel, or `*` for each that has no IAM role at the destination. `*,admins` adds `admins`, even if it has a role, and `*` then puts no other group into that one. When absent: none; required with GROUPS_MODE. */
  readonly GROUPS?: string | undefined;
  /** Groups that have another name at the destination. When absent: each has its own name. */
  readonly GROUPS_MAP?: string | undefined;
  /** Source groups without which nobody may arrive, such as those that take access away: a member whose membership cannot travel is refused. When absent: none. */
  readonly GROUPS_OR_REFUSE?: string | undefined;
  /** How long after the migration the stamp gives groups; one that is taken away earlier comes back until then. When absent: `24h`. */
  readonly GROUPS_WINDOW?: string | undefined;
  /** EventBridge event bus that hears of each user who has arrived; in the destination's Region. When absent: nobody hears of it. */
  readonly MIGRATED_EVENT_BUS_ARN?: string | undefined;
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
