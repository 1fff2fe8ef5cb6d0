import { partitionOf } from "../rules/partitions";
import { parseAlarmTopicArn } from "./alarm-topic";
import { backendProblems } from "./backends";
import { found, rawValue } from "./each-setting";
import { neededVersions } from "./provider-version";
import { isWhere } from "./regional-arn";
import { type Environment, SETTINGS, type SettingName, type Settings } from "./settings";
import type { Problem } from "./settings-error";
import { stampContradictions } from "./stamp-contradictions";

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
  // PutMetricAlarm refuses both. https://github.com/cds-snc/notification-terraform/pull/128, https://github.com/aws-samples/amazon-cloudwatch-auto-alarms/issues/61
  const topic = s.ALARM_TOPIC_ARN && parseAlarmTopicArn(s.ALARM_TOPIC_ARN);
  if (pool && topic && !isWhere(pool, topic))
    wrong("ALARM_TOPIC_ARN", `a topic in partition ${pool.partition} and Region ${pool.region}, where the alarms are`);
  for (const name of s.ATTRIBUTE_EXCLUDE ?? [])
    if (s.ATTRIBUTE_MAP?.has(name))
      wrong("ATTRIBUTE_EXCLUDE", `no attribute that ATTRIBUTE_MAP carries over (${name})`);
  stampContradictions(env, s, wrong);
  if (s.STATE_BACKEND !== undefined)
    for (const { variable, expected } of backendProblems(s.STATE_BACKEND, (name) => rawValue(env, name) !== undefined))
      wrong(variable, expected);
  return problems;
}
