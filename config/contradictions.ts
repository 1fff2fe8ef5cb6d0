import { EVERY_GROUP } from "../rules/group-names";
import { partitionOf } from "../rules/partitions";
import { backendProblems } from "./backends";
import { found, rawValue } from "./each-setting";
import { neededVersions } from "./provider-version";
import { isWhere, parseAlarmTopicArn, parseEventBusArn, parseKmsKeyArn, type RegionalArn } from "./regional-arn";
import { type Environment, SETTINGS, type SettingName, type Settings } from "./settings";
import type { Problem } from "./settings-error";

/** What is right alone, and wrong together. */
export function contradictions(env: Environment, s: Partial<Settings>): Problem[] {
  const problems: Problem[] = [];
  const wrong = (variable: SettingName, expected: string): void => {
    problems.push({ variable, found: found(env, variable), expected });
  };
  const pool = s.DESTINATION_USER_POOL_ARN;
  const sourceRegion = s.SOURCE_REGION ?? s.SOURCE_USER_POOL_ID?.region;
  if (pool && s.DESTINATION_ACCOUNT && s.DESTINATION_ACCOUNT !== pool.account)
    wrong("DESTINATION_ACCOUNT", `${pool.account}, the account in DESTINATION_USER_POOL_ARN`);
  if (pool && s.SOURCE_USER_POOL_ID?.id === pool.id)
    wrong("SOURCE_USER_POOL_ID", "another user pool than the one in DESTINATION_USER_POOL_ARN");
  // AWS never lets a role of one partition assume a role of another.
  const partition = sourceRegion && partitionOf(sourceRegion).name;
  if (pool && partition && partition !== pool.partition)
    wrong("DESTINATION_USER_POOL_ARN", `a user pool in partition ${partition}, like the source`);
  if (s.SOURCE_ROLE_ARN && !s.SOURCE_APP_CLIENT_ID)
    wrong("SOURCE_APP_CLIENT_ID", "a value, because SOURCE_ROLE_ARN is set");
  if (s.SOURCE_APP_CLIENT_ID && !s.SOURCE_ROLE_ARN)
    wrong("SOURCE_ROLE_ARN", "a value, because SOURCE_APP_CLIENT_ID is set");
  if (s.SOURCE_ROLE_ARN && !rawValue(env, "SOURCE_USERNAME_ATTRIBUTES"))
    wrong(
      "SOURCE_USERNAME_ATTRIBUTES",
      `${SETTINGS.SOURCE_USERNAME_ATTRIBUTES.expected}, because SOURCE_ROLE_ARN is set`,
    );
  for (const name of ["SOURCE_MFA_CONFIGURATION", "SOURCE_USERNAME_ATTRIBUTES"] as const)
    if (s[name] && !s.SOURCE_ROLE_ARN)
      wrong(name, "nothing, because without SOURCE_ROLE_ARN it is read from the source stack's state");
  if (s.SOURCE_ROLE_ARN && s.SOURCE_ACCOUNT && s.SOURCE_ROLE_ARN.split(":")[4] !== s.SOURCE_ACCOUNT)
    wrong("SOURCE_ROLE_ARN", `a role in account ${s.SOURCE_ACCOUNT}, as in SOURCE_ACCOUNT`);
  if (s.SOURCE_ROLE_ARN && partition && s.SOURCE_ROLE_ARN.split(":")[1] !== partition)
    wrong("SOURCE_ROLE_ARN", `a role in partition ${partition}, where the source user pool is`);
  if (pool && s.AWS_PROVIDER_VERSION && s.LAMBDA_RUNTIME)
    for (const needed of neededVersions(s.AWS_PROVIDER_VERSION, { ...pool, runtime: s.LAMBDA_RUNTIME }))
      wrong("AWS_PROVIDER_VERSION", needed);
  const beside = (what: string, variable: SettingName, arn: RegionalArn | undefined, whose: string): void => {
    if (pool && arn && !isWhere(arn, pool))
      wrong(variable, `${what} in partition ${pool.partition} and Region ${pool.region}, where the ${whose} are`);
  };
  // PutMetricAlarm refuses both. https://github.com/cds-snc/notification-terraform/pull/128, https://github.com/aws-samples/amazon-cloudwatch-auto-alarms/issues/61
  beside("a topic", "ALARM_TOPIC_ARN", parseAlarmTopicArn(s.ALARM_TOPIC_ARN ?? ""), "alarms");
  for (const name of s.ATTRIBUTE_EXCLUDE ?? [])
    if (s.ATTRIBUTE_MAP?.has(name))
      wrong("ATTRIBUTE_EXCLUDE", `no attribute that ATTRIBUTE_MAP carries over (${name})`);
  if (s.MIGRATION_STAMP !== undefined) ofStamp(env, s, wrong);
  if (s.GROUPS_MODE !== undefined) ofGroups(env, s, wrong);
  beside("a key", "LAMBDA_KMS_KEY_ARN", parseKmsKeyArn(s.LAMBDA_KMS_KEY_ARN ?? ""), "functions");
  beside("an event bus", "MIGRATED_EVENT_BUS_ARN", parseEventBusArn(s.MIGRATED_EVENT_BUS_ARN ?? ""), "functions");
  if (s.STATE_BACKEND !== undefined)
    for (const { variable, expected } of backendProblems(s.STATE_BACKEND, (name) => rawValue(env, name) !== undefined))
      wrong(variable, expected);
  return problems;
}

type Wrong = (variable: SettingName, expected: string) => void;

const OF_STAMP = ["STAMP_ATTRIBUTE", "STAMP_KEY_NUMBER", "STAMP_KEY_READABLE"] as const;
const OF_GROUPS = ["GROUPS", "GROUPS_MAP", "GROUPS_OR_REFUSE", "GROUPS_WINDOW"] as const;

function ofStamp(env: Environment, s: Partial<Settings>, wrong: Wrong): void {
  if (s.MIGRATION_STAMP === "off") {
    for (const name of OF_STAMP) if (rawValue(env, name)) wrong(name, "nothing, because MIGRATION_STAMP is off");
    if (s.GROUPS_MODE !== undefined && s.GROUPS_MODE !== "off")
      wrong("MIGRATION_STAMP", `on, because GROUPS_MODE is ${s.GROUPS_MODE}`);
    else if (s.MIGRATED_EVENT_BUS_ARN) wrong("MIGRATION_STAMP", "on, because MIGRATED_EVENT_BUS_ARN is set");
    return;
  }
  // Whoever reads the environment can sign, so nobody leaves it readable without knowing.
  if (!rawValue(env, "LAMBDA_KMS_KEY_ARN") && !rawValue(env, "STAMP_KEY_READABLE"))
    wrong(
      "LAMBDA_KMS_KEY_ARN",
      "a value, because MIGRATION_STAMP is on; or STAMP_KEY_READABLE=accept, and whoever may read the function's configuration may read the key",
    );
  const attribute = s.STAMP_ATTRIBUTE;
  const isNamed = [...(s.ATTRIBUTE_MAP ?? [])].flat().some((name) => name === attribute);
  if (attribute !== undefined && isNamed)
    wrong("ATTRIBUTE_MAP", `no pair with ${attribute} in it, where the stamp is: its value is nobody else's`);
}

function ofGroups(env: Environment, s: Partial<Settings>, wrong: Wrong): void {
  if (s.GROUPS_MODE === "off") {
    for (const name of OF_GROUPS) if (rawValue(env, name)) wrong(name, "nothing, because GROUPS_MODE is off");
    return;
  }
  const groups = s.GROUPS;
  if (groups === undefined) return;
  if (groups.length === 0) {
    wrong(
      "GROUPS",
      `a value, because GROUPS_MODE is ${s.GROUPS_MODE}; in the settings file, because bash ignores export GROUPS`,
    );
    return;
  }
  const travels = (name: string): boolean => groups.includes(name) || groups.includes(EVERY_GROUP);
  for (const name of s.GROUPS_MAP?.keys() ?? [])
    if (!travels(name)) wrong("GROUPS_MAP", `only groups that GROUPS names (not ${name})`);
  for (const name of s.GROUPS_OR_REFUSE ?? [])
    if (!travels(name)) wrong("GROUPS_OR_REFUSE", `only groups that GROUPS names (not ${name})`);
  // With the token alone it is over after GROUPS_WINDOW, and what the group takes away would be there again.
  if (s.GROUPS_MODE === "token" && s.GROUPS_OR_REFUSE?.length)
    wrong("GROUPS_MODE", "token+member, because GROUPS_OR_REFUSE is set");
}
