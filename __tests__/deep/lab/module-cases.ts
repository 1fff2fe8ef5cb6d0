import { CUSTOM_ATTRIBUTES, type Shapes } from "./lab";

export type Settings = Readonly<Record<string, string>>;

export const USERNAMES: Shapes = {
  source: { customAttributes: ["a,b", "x,y"] },
  destination: { customAttributes: ["c=d", "x,y"], aliasAttributes: ["email", "phone_number"] },
};

/** Where the default is, and where it is not. */
export const BY_EMAIL: Shapes = {
  source: { usernameAttributes: ["email"], requiredAttributes: ["email"], customAttributes: CUSTOM_ATTRIBUTES.source },
  destination: {
    usernameAttributes: ["email"],
    requiredAttributes: ["email"],
    customAttributes: [
      ...CUSTOM_ATTRIBUTES.destination,
      ...["migration", "stamp"].map((Name) => ({
        Name: `custom:${Name}`,
        AttributeDataType: "String" as const,
        StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" },
      })),
    ],
  },
};

/** Of the destination; one that gives a role travels only by its name. */
export const GROUPS: readonly (readonly [name: string, role?: string])[] = [
  ["employees"],
  ["suspended"],
  ["a,b"],
  ["admins", "arn:aws:iam::222222222222:role/admins"],
  ["auditors", "arn:aws:iam::222222222222:role/auditors"],
];

/** Not in the form of a UUID, which the comparison is blind to. */
const LAMBDA_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:222222222222:key/mrk-0123456789abcdef0123456789abcdef";
const MIGRATED_EVENT_BUS_ARN = "arn:aws:events:eu-central-1:222222222222:event-bus/migration";

export const ALL_OF_GROUPS = {
  MIGRATION_STAMP: "on",
  STAMP_ATTRIBUTE: "custom:stamp",
  STAMP_KEY_NUMBER: "2",
  LAMBDA_KMS_KEY_ARN,
  GROUPS_MODE: "token+member",
  GROUPS: "*,root",
  GROUPS_MAP: "root=admins,staff=employees",
  GROUPS_OR_REFUSE: "suspended",
  MIGRATED_EVENT_BUS_ARN,
};

/** By pools, and what is set beside them. Together they set everything that a module has a variable for. */
export const CASES: readonly (readonly [title: string, pools: "by email" | "usernames", settings: Settings])[] = [
  ["no more than is required", "by email", {}],
  [
    "all that is another than its default",
    "by email",
    {
      SOURCE_REGION: "eu-west-1",
      EXTERNAL_ID: "an/external+id",
      SOURCE_MFA_CONFIGURATION: "OPTIONAL",
      MFA_POLICY: "allow",
      FORGOT_PASSWORD: "refuse",
      UNPROVEN_PASSWORD: "refuse",
      ATTRIBUTE_EXCLUDE: "nickname,locale",
      ATTRIBUTE_MAP: "custom:tier=custom:plan,sub=custom:source_sub",
      DESTINATION_ALIAS_ATTRIBUTES: "none",
      DESTINATION_CASE_SENSITIVE: "false",
      LAMBDA_MEMORY_MB: "1024",
      LAMBDA_RESERVED_CONCURRENCY: "7",
      LOG_RETENTION_DAYS: "30",
      ALARM_TOPIC_ARN: "arn:aws:sns:eu-central-1:222222222222:operators",
      SOURCE_SIGN_IN_QUOTA: "3",
      TAGS: "team=identity,cost-center=4711",
    },
  ],
  [
    "names with commas, in pools of usernames",
    "usernames",
    {
      SOURCE_USERNAME_ATTRIBUTES: "none",
      ATTRIBUTE_EXCLUDE: '["custom:x,y","nickname"]',
      ATTRIBUTE_MAP: '{"custom:a,b":"custom:c=d"}',
      DESTINATION_ALIAS_ATTRIBUTES: "email,phone_number",
    },
  ],
  ["a KMS key alone", "by email", { LAMBDA_KMS_KEY_ARN }],
  ["stamps alone", "by email", { MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept" }],
  [
    "groups in tokens",
    "by email",
    {
      MIGRATION_STAMP: "on",
      LAMBDA_KMS_KEY_ARN,
      GROUPS_MODE: "token",
      GROUPS: '["employees","a,b","admins"]',
      GROUPS_WINDOW: "30m",
    },
  ],
  [
    "groups with membership, under other names, and an event, with a rotated key",
    "by email",
    {
      ...ALL_OF_GROUPS,
      DESTINATION_CASE_SENSITIVE: "false",
      LAMBDA_RESERVED_CONCURRENCY: "7",
      LAMBDA_MEMORY_MB: "1024",
      LOG_RETENTION_DAYS: "30",
      ALARM_TOPIC_ARN: "arn:aws:sns:eu-central-1:222222222222:operators",
      TAGS: "team=identity",
    },
  ],
  ["an event alone", "by email", { MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept", MIGRATED_EVENT_BUS_ARN }],
];
