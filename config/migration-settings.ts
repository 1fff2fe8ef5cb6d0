import * as v from "valibot";
import {
  aliasAttributeList,
  attributeList,
  attributeMapOrNone,
  FORGOT_PASSWORD_POLICIES,
  flag,
  MFA_POLICIES,
  UNPROVEN_PASSWORD_POLICIES,
} from "../rules/attribute-rules";
import { parseAlarmTopicArn } from "./regional-arn";
import { checked, inGroup, oneOf, text, wholeNumber } from "./setting-values";
import { STAMP_SETTINGS } from "./stamp-settings";

/** Values that CloudWatch Logs accepts: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** How users are migrated, and by what function. */
export const MIGRATION_SETTINGS = {
  ...inGroup("Migration", {
    MFA_POLICY: {
      about:
        "Users with a second factor: `reject` refuses them, `sms` carries SMS MFA with a verified phone number, `allow` drops the second factor",
      ...oneOf(MFA_POLICIES, "reject"),
      example: "sms",
    },
    FORGOT_PASSWORD: {
      about:
        "Users who ask for a password reset before they ever signed in: `migrate` migrates them without a password and Cognito sends a code, `refuse` leaves them at the source",
      ...oneOf(FORGOT_PASSWORD_POLICIES, "migrate"),
      example: "refuse",
    },
    UNPROVEN_PASSWORD: {
      about:
        "All users who do not show a lasting password (forgotten, temporary, or a reset is due): `migrate` migrates them without a password and Cognito sends a code, `refuse` leaves them at the source, whatever FORGOT_PASSWORD says",
      ...oneOf(UNPROVEN_PASSWORD_POLICIES, "migrate"),
      example: "refuse",
    },
    ATTRIBUTE_EXCLUDE: {
      about: "Source attributes that stay behind",
      expected:
        'standard or custom: attribute names with commas between them, such as custom:legacy,nickname; a name with a comma in it as JSON, such as ["custom:a,b"]',
      example: "custom:legacy,nickname",
      note: "none",
      schema: v.pipe(
        v.optional(attributeList),
        v.transform((names): readonly string[] => names ?? []),
      ),
    },
    ATTRIBUTE_MAP: {
      about: "Attributes that arrive under another name, so that applications keyed on the old `sub` find their users",
      expected:
        "source=destination pairs with commas between them, such as sub=custom:source_sub,custom:tier=custom:plan, or, for names with a comma or = in them, a JSON object; each name once, the target not email, phone_number, preferred_username, a verified flag or an attribute that Cognito owns",
      example: "sub=custom:source_sub,custom:tier=custom:plan",
      note: "none",
      schema: attributeMapOrNone,
    },
    DESTINATION_ALIAS_ATTRIBUTES: {
      about: "Alias attributes of the destination user pool (AliasAttributes, not UsernameAttributes), or `none`",
      expected: "some of email, phone_number, preferred_username, with commas between them, or none",
      example: "email",
      note: "nobody may sign in by an alias, and `preferred_username` stays behind where it could be one",
      schema: v.optional(aliasAttributeList),
    },
    DESTINATION_CASE_SENSITIVE: {
      about: "Whether `Name` and `name` are two users at the destination (UsernameConfiguration.CaseSensitive)",
      expected: "one of true, false",
      example: "false",
      schema: v.optional(flag, "true"),
    },
  }),
  ...STAMP_SETTINGS,
  ...inGroup("Function", {
    LAMBDA_RUNTIME: {
      about: "Lambda runtime",
      expected: "nodejs22.x, nodejs24.x or a later nodejs runtime",
      example: "nodejs24.x",
      schema: v.optional(text(/^nodejs(2[2-9]|[3-9][0-9])\.x$/), "nodejs24.x"),
    },
    LAMBDA_MEMORY_MB: {
      about: "Memory in MB; Lambda gives CPU in proportion",
      expected: "a whole number from 128 to 10240",
      example: "512",
      schema: v.optional(wholeNumber(128, 10240), "512"),
    },
    LAMBDA_RESERVED_CONCURRENCY: {
      about: "Concurrent invocations at most, to protect the source's quota",
      expected: "a whole number from 1 to 10000 (0 would stop every migration)",
      example: "7",
      note: "no limit",
      schema: v.optional(wholeNumber(1, 10000)),
    },
    LOG_RETENTION_DAYS: {
      about: "How long CloudWatch Logs keeps the function's log",
      expected: `one of ${RETENTION_DAYS.join(", ")}`,
      example: "90",
      schema: v.optional(
        v.pipe(v.string(), v.regex(/^[0-9]+$/), v.transform(Number), v.picklist(RETENTION_DAYS)),
        "90",
      ),
    },
  }),
  ...inGroup("Alarms", {
    ALARM_TOPIC_ARN: {
      about: "SNS topic that is notified when an alarm fires and when it is over; in the destination's Region",
      expected: "the ARN of a standard SNS topic such as arn:aws:sns:eu-central-1:222222222222:operators",
      example: "arn:aws:sns:eu-central-1:222222222222:operators",
      note: "the alarms notify nobody",
      schema: v.optional(checked((value) => parseAlarmTopicArn(value) !== undefined)),
    },
    SOURCE_SIGN_IN_QUOTA: {
      about:
        "Requests per second of the category UserAuthentication that the source account has, or those of them that the migration may use",
      expected: "a whole number from 1 to 100000",
      example: "40",
      // https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
      schema: v.optional(wholeNumber(1, 100_000), "120"),
    },
  }),
};
