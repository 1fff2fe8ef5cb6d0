import * as v from "valibot";
import {
  aliasAttributeList,
  attributeList,
  attributeMap,
  FORGOT_PASSWORD_POLICIES,
  MFA_CONFIGURATIONS,
  MFA_POLICIES,
  UNPROVEN_PASSWORD_POLICIES,
  usernameAttributeText,
} from "../rules/attribute-rules";
import { isUserPoolName, USER_POOL_NAME_MAX_LENGTH } from "../rules/migration-names";
import { partitionOf } from "../rules/partitions";
import { type AlarmTopic, parseAlarmTopicArn } from "./alarm-topic";
import { isVersionConstraint } from "./provider-version";
import { canBeRegion, nearestRegion } from "./regions";
import { problemOfTags, tagsOf } from "./tags";
import {
  ACCOUNT_PATTERN,
  parseUserPoolArn,
  parseUserPoolId,
  regionsOfUserPoolArn,
  type UserPoolArn,
  type UserPoolId,
} from "./user-pool";

/** Values that CloudWatch Logs accepts: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** In the examples. Cognito makes nine characters, so nobody has such a pool. */
const EXAMPLE_POOL = /_(SourcePool|OldPool|NewPool)$/;
const isExample = (id: string): string | undefined =>
  EXAMPLE_POOL.test(id) ? "your own user pool: this is the one of the examples" : undefined;

/** Version of hashicorp/aws that the bindings in node_modules were generated from. */
const AWS_PROVIDER_VERSION = "6.25.0";

const text = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern));
const wholeNumber = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^[0-9]+$/), v.transform(Number), v.minValue(min), v.maxValue(max));
const region = v.pipe(v.string(), v.check(canBeRegion));
const account = text(ACCOUNT_PATTERN);
const profile = text(/^[^\s[\]${}%"]+$/);

const AN_AWS_REGION = "an AWS Region such as eu-west-1";

function nearRegion(region: string): string | undefined {
  if (canBeRegion(region)) return undefined;
  const nearest = nearestRegion(region);
  return `${AN_AWS_REGION}; ${region} is none${nearest === undefined ? "" : `, and the nearest is ${nearest}`}`;
}

/** What is nearly right is said not to be the one, and where: the Region, or that the example was never replaced. */
function nearPoolId(id: string): string | undefined {
  const region = parseUserPoolId(id)?.region;
  return region === undefined ? undefined : (isExample(id) ?? nearRegion(region));
}

function nearPoolArn(arn: string): string | undefined {
  const regions = regionsOfUserPoolArn(arn);
  if (regions === undefined) return undefined;
  const { partition, ofArn, ofId } = regions;
  if (ofArn !== ofId) return `one Region in both places: its Region is ${ofArn}, that of the pool id ${ofId}`;
  const right = partitionOf(ofArn).name;
  return (
    isExample(arn) ??
    nearRegion(ofArn) ??
    (right === partition ? undefined : `partition ${right}, where Region ${ofArn} is`)
  );
}

/**
 * Every setting, once: the parser (config/deployment.ts), the table of docs/settings.md and `.env.example` are all made from
 * this list. `expected` completes the sentence "expected ..." in an error, and so does what `explain` says of a value that is
 * nearly right; `note` says what holds when the setting is absent.
 */
export const SETTINGS = {
  USER_POOL_NAME: {
    group: "Both stacks",
    about:
      "A name for this migration, not the pool's own: it becomes part of the role and function names in both accounts",
    expected: `1 to ${USER_POOL_NAME_MAX_LENGTH} characters of A-Z, a-z, 0-9, - and _ (role names end at 64), not beginning with lambda_ (another migration's role could have that name)`,
    example: "customers",
    note: "required",
    schema: v.pipe(v.string(), v.check(isUserPoolName)),
  },
  SOURCE_USER_POOL_ID: {
    group: "Both stacks",
    about: "User pool that holds the users now",
    expected: "a user pool id such as eu-west-1_AbCdEfGhI",
    explain: nearPoolId,
    example: "eu-west-1_SourcePool",
    note: "required",
    schema: v.pipe(
      v.string(),
      v.check((value) => parseUserPoolId(value) !== undefined && nearPoolId(value) === undefined),
      v.transform((value) => parseUserPoolId(value) as UserPoolId),
    ),
  },
  SOURCE_REGION: {
    group: "Both stacks",
    about: "Region of the source user pool; differs from the one in its id only for a multi-Region pool",
    expected: AN_AWS_REGION,
    explain: nearRegion,
    example: "eu-west-1",
    note: "the Region in SOURCE_USER_POOL_ID",
    schema: v.optional(region),
  },
  EXTERNAL_ID: {
    group: "Both stacks",
    about: "External ID that the function presents when it assumes the role in the source account",
    expected: "2 to 1224 characters of A-Z, a-z, 0-9 and _+=,.@:/-",
    example: "cognito-migration/customers",
    note: "made from USER_POOL_NAME, SOURCE_USER_POOL_ID and the destination account",
    schema: v.optional(text(/^[\w+=,.@:/-]{2,1224}$/)),
  },
  SOURCE_ACCOUNT: {
    group: "Source stack",
    about: "Account of the source user pool; Terraform refuses to run in any other",
    expected: "12 digits",
    example: "111111111111",
    note: "not checked",
    schema: v.optional(account),
  },
  SOURCE_PROFILE: {
    group: "Source stack",
    about: "Shared configuration profile for the source account",
    expected: "the name of a profile, without spaces or brackets",
    example: "legacy-admin",
    note: "the credentials in the environment",
    schema: v.optional(profile),
  },
  DESTINATION_ACCOUNT: {
    group: "Source stack",
    about: "Account whose function may assume the role in the source account",
    expected: "12 digits",
    example: "222222222222",
    note: "the account in DESTINATION_USER_POOL_ARN; one of the two is required for the source stack",
    schema: v.optional(account),
  },
  DESTINATION_USER_POOL_ARN: {
    group: "Destination stack",
    about: "User pool that the users move to; gives the account, Region and partition",
    expected: "a user pool ARN such as arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_AbCdEfGhI",
    explain: nearPoolArn,
    example: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_NewPool",
    note: "required for the destination stack",
    schema: v.optional(
      v.pipe(
        v.string(),
        v.check((value) => parseUserPoolArn(value) !== undefined && nearPoolArn(value) === undefined),
        v.transform((value) => parseUserPoolArn(value) as UserPoolArn),
      ),
    ),
  },
  DESTINATION_PROFILE: {
    group: "Destination stack",
    about: "Shared configuration profile for the destination account",
    expected: "the name of a profile, without spaces or brackets",
    example: "identity-admin",
    note: "the credentials in the environment",
    schema: v.optional(profile),
  },
  SOURCE_ROLE_ARN: {
    group: "Destination stack",
    about: "Role in the source account, when it is not read from the source stack's state",
    expected: "a role ARN such as arn:aws:iam::111111111111:role/cognito_migration_customers",
    example: "arn:aws:iam::111111111111:role/cognito_migration_customers",
    note: "output `role_arn` of the source stack",
    schema: v.optional(text(/^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role\/[\w+=,.@/-]{1,512}$/)),
  },
  SOURCE_APP_CLIENT_ID: {
    group: "Destination stack",
    about: "App client in the source user pool; goes together with SOURCE_ROLE_ARN",
    expected: "an app client id: 1 to 128 letters and digits",
    example: "1h57kf5cpq17m0eml12EXAMPLE",
    note: "output `app_client_id` of the source stack",
    schema: v.optional(text(/^[\w+]{1,128}$/)),
  },
  SOURCE_MFA_CONFIGURATION: {
    group: "Destination stack",
    about: "MfaConfiguration of the source user pool, when it is not read from the source stack's state",
    expected: `one of ${MFA_CONFIGURATIONS.join(", ")}`,
    example: "OPTIONAL",
    note: "output `mfa_configuration` of the source stack; with SOURCE_ROLE_ARN `ON`, the strictest",
    schema: v.optional(v.picklist(MFA_CONFIGURATIONS)),
  },
  SOURCE_USERNAME_ATTRIBUTES: {
    group: "Destination stack",
    about:
      "UsernameAttributes of the source user pool, or `none`, when they are not read from the source stack's state: what users sign in with instead of a username",
    expected: "email, phone_number, both with a comma between them, or none",
    example: "email",
    note: "output `username_attributes` of the source stack; required with SOURCE_ROLE_ARN",
    schema: v.optional(usernameAttributeText),
  },
  MFA_POLICY: {
    group: "Migration",
    about:
      "Users with a second factor: `reject` refuses them, `sms` carries SMS MFA with a verified phone number, `allow` drops the second factor",
    expected: `one of ${MFA_POLICIES.join(", ")}`,
    example: "sms",
    note: undefined,
    schema: v.optional(v.picklist(MFA_POLICIES), "reject"),
  },
  FORGOT_PASSWORD: {
    group: "Migration",
    about:
      "Users who ask for a password reset before they ever signed in: `migrate` carries them over to be sent a code, `refuse` leaves them at the source",
    expected: `one of ${FORGOT_PASSWORD_POLICIES.join(", ")}`,
    example: "refuse",
    note: undefined,
    schema: v.optional(v.picklist(FORGOT_PASSWORD_POLICIES), "migrate"),
  },
  UNPROVEN_PASSWORD: {
    group: "Migration",
    about:
      "All users who do not show a lasting password (forgotten, temporary, or a reset is due): `migrate` carries them over to be sent a code, `refuse` leaves them at the source, whatever FORGOT_PASSWORD says",
    expected: `one of ${UNPROVEN_PASSWORD_POLICIES.join(", ")}`,
    example: "refuse",
    note: undefined,
    schema: v.optional(v.picklist(UNPROVEN_PASSWORD_POLICIES), "migrate"),
  },
  ATTRIBUTE_EXCLUDE: {
    group: "Migration",
    about: "Source attributes that stay behind",
    expected:
      'standard or custom: attribute names with commas between them, such as custom:legacy,nickname; a name with a comma in it as JSON, such as ["custom:a,b"]',
    example: "custom:legacy,nickname",
    note: "none",
    schema: v.optional(attributeList),
  },
  ATTRIBUTE_MAP: {
    group: "Migration",
    about: "Attributes that arrive under another name, so that applications keyed on the old `sub` find their users",
    expected:
      "source=destination pairs with commas between them, such as sub=custom:source_sub,custom:tier=custom:plan, or, for names with a comma or = in them, a JSON object; each name once, the target not email, phone_number, preferred_username, a verified flag or an attribute that Cognito owns",
    example: "sub=custom:source_sub,custom:tier=custom:plan",
    note: "none",
    schema: v.optional(attributeMap),
  },
  DESTINATION_ALIAS_ATTRIBUTES: {
    group: "Migration",
    about: "Alias attributes of the destination user pool (AliasAttributes, not UsernameAttributes), or `none`",
    expected: "some of email, phone_number, preferred_username, with commas between them, or none",
    example: "email",
    note: "nobody may sign in by an alias, and `preferred_username` stays behind where it could be one",
    schema: v.optional(aliasAttributeList),
  },
  DESTINATION_CASE_SENSITIVE: {
    group: "Migration",
    about: "Whether the destination user pool tells `Name` from `name` (UsernameConfiguration.CaseSensitive)",
    expected: "one of true, false",
    example: "false",
    note: undefined,
    schema: v.optional(
      v.pipe(
        v.picklist(["true", "false"]),
        v.transform((value) => value === "true"),
      ),
      "true",
    ),
  },
  LAMBDA_RUNTIME: {
    group: "Function",
    about: "Lambda runtime",
    expected: "nodejs22.x, nodejs24.x or a later nodejs runtime",
    example: "nodejs24.x",
    note: undefined,
    schema: v.optional(text(/^nodejs(2[2-9]|[3-9][0-9])\.x$/), "nodejs24.x"),
  },
  LAMBDA_MEMORY_MB: {
    group: "Function",
    about: "Memory in MB; Lambda gives CPU in proportion",
    expected: "a whole number from 128 to 10240",
    example: "512",
    note: undefined,
    schema: v.optional(wholeNumber(128, 10240), "512"),
  },
  LAMBDA_RESERVED_CONCURRENCY: {
    group: "Function",
    about: "Concurrent invocations at most, to protect the source's quota",
    expected: "a whole number from 1 to 10000 (0 would stop every migration)",
    example: "7",
    note: "no limit",
    schema: v.optional(wholeNumber(1, 10000)),
  },
  LOG_RETENTION_DAYS: {
    group: "Function",
    about: "How long CloudWatch Logs keeps the function's log",
    expected: `one of ${RETENTION_DAYS.join(", ")}`,
    example: "90",
    note: undefined,
    schema: v.optional(v.pipe(v.string(), v.regex(/^[0-9]+$/), v.transform(Number), v.picklist(RETENTION_DAYS)), "90"),
  },
  ALARM_TOPIC_ARN: {
    group: "Alarms",
    about: "SNS topic that hears of the alarms, and of their end; in the destination's Region",
    expected: "the ARN of a standard SNS topic such as arn:aws:sns:eu-central-1:222222222222:operators",
    example: "arn:aws:sns:eu-central-1:222222222222:operators",
    note: "the alarms notify nobody",
    schema: v.optional(
      v.pipe(
        v.string(),
        v.check((value) => parseAlarmTopicArn(value) !== undefined),
        v.transform((value) => parseAlarmTopicArn(value) as AlarmTopic),
      ),
    ),
  },
  SOURCE_SIGN_IN_QUOTA: {
    group: "Alarms",
    about:
      "Requests per second of the category UserAuthentication that the source account has, or those of them that the migration may use",
    expected: "a whole number from 1 to 100000",
    example: "40",
    note: undefined,
    // https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
    schema: v.optional(wholeNumber(1, 100_000), "120"),
  },
  STATE_BACKEND: {
    group: "State",
    about: "Where Terraform keeps its state: files beside this project, an S3 bucket, or HCP Terraform workspaces",
    expected: "one of local, s3, cloud",
    example: "s3",
    note: undefined,
    schema: v.optional(v.picklist(["local", "s3", "cloud"]), "local"),
  },
  STATE_BUCKET: {
    group: "State",
    about: "S3 bucket",
    expected: "an S3 bucket name: 3 to 63 characters of a-z, 0-9, . and -",
    example: "example-terraform-state",
    note: "required with `s3`",
    schema: v.optional(text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)),
  },
  STATE_REGION: {
    group: "State",
    about: "Region of the S3 bucket",
    expected: AN_AWS_REGION,
    explain: nearRegion,
    example: "eu-central-1",
    note: "required with `s3`",
    schema: v.optional(region),
  },
  STATE_KEY_PREFIX: {
    group: "State",
    about: "Start of the S3 keys; the stack's name and `.tfstate` follow",
    expected: "an S3 key prefix of A-Z, a-z, 0-9 and !_.*'()/-, without a slash at either end",
    example: "cognito-migration/customers",
    note: "`cognito-migration/` and USER_POOL_NAME",
    schema: v.optional(text(/^(?!\/)[\w!.*'()/-]{1,900}(?<!\/)$/)),
  },
  TF_CLOUD_ORGANIZATION: {
    group: "State",
    about: "HCP Terraform organization",
    expected: "an organization name of A-Z, a-z, 0-9, - and _",
    example: "example-org",
    note: "required with `cloud`",
    schema: v.optional(text(/^[\w-]{1,90}$/)),
  },
  TF_CLOUD_HOSTNAME: {
    group: "State",
    about: "Host of Terraform Enterprise",
    expected: "a host name such as terraform.example.com",
    example: "terraform.example.com",
    note: "app.terraform.io",
    schema: v.optional(text(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i)),
  },
  TF_CLOUD_WORKSPACE_PREFIX: {
    group: "State",
    about: "Workspaces are named after it: `<prefix>-source`, `<prefix>-destination`",
    expected: "1 to 78 characters of A-Z, a-z, 0-9, - and _",
    example: "cognito-migration-customers",
    note: "`cognito-migration-` and USER_POOL_NAME",
    schema: v.optional(text(/^[\w-]{1,78}$/)),
  },
  AWS_PROVIDER_VERSION: {
    group: "Terraform",
    about: "Version constraint of the hashicorp/aws provider",
    expected: "a version constraint such as 6.25.0 or ~> 6.25",
    example: "~> 6.25",
    note: undefined,
    schema: v.optional(v.pipe(v.string(), v.check(isVersionConstraint)), AWS_PROVIDER_VERSION),
  },
  TAGS: {
    group: "Terraform",
    about: "Tags on everything that can carry them",
    expected: "key=value pairs with commas between them, each key once and none starting with aws:",
    explain: problemOfTags,
    example: "team=identity,cost-center=4711",
    note: "none",
    schema: v.optional(
      v.pipe(
        v.string(),
        v.check((value) => problemOfTags(value) === undefined),
        v.transform(tagsOf),
      ),
    ),
  },
} as const;

export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES: readonly SettingName[] = Object.keys(SETTINGS) as SettingName[];

/** What a setting is when it is absent, for people. */
export function defaultOf(name: SettingName): string {
  const { note, schema } = SETTINGS[name];
  return note ?? `\`${v.getDefault(schema)}\``;
}

export type Settings = { readonly [Name in SettingName]: v.InferOutput<(typeof SETTINGS)[Name]["schema"]> };
