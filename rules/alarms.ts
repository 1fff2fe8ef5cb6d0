import type { Alarm } from "./alarm-metrics";
import { misconfigured, sourceQuota, throttled, tried } from "./count-alarms";
import { failures, forgotPassword, slow } from "./share-alarms";
import { tokenAlarms } from "./token-alarms";
import {
  type DemandingSettings,
  demandsMembership,
  hasTokenFunction,
  type TokenFunctionSettings,
} from "./token-function";

/** What the alarms of a migration are made of. */
interface WatchedMigration extends TokenFunctionSettings, DemandingSettings {
  readonly names: {
    readonly function: string;
    readonly dashboard: string;
    readonly token: { readonly function: string };
  };
  readonly alarmTopicArn?: string | undefined;
  /** Sign-ins per second. */
  readonly sourceSignInQuota: number;
}

/** Where the function is. */
interface Whereabouts {
  readonly userPool: { readonly partition: string; readonly region: string; readonly account: string };
}

/**
 * Everything that an operator is told of without looking, by construct id. Nothing here is a wrong password: refusals ring
 * nothing, and neither does a night without sign-ins.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function alarmsOf(migration: WatchedMigration): Readonly<Record<string, Alarm>> {
  const { names, alarmTopicArn, sourceSignInQuota } = migration;
  const alarms = {
    misconfigured: misconfigured(names.function),
    failures: failures(names.function),
    slow: slow(names.function),
    "forgot-password": forgotPassword(names.function),
    throttled: throttled(names.function),
    "source-quota": sourceQuota(names.function, sourceSignInQuota),
    tried: tried(names.function),
    ...(hasTokenFunction(migration) ? tokenAlarms(names.token.function, demandsMembership(migration)) : {}),
  };
  const actions = alarmTopicArn === undefined ? {} : { alarmActions: [alarmTopicArn], okActions: [alarmTopicArn] };
  return Object.fromEntries(
    Object.entries(alarms).map(([id, { alarmDescription, ...alarm }]) => [
      id,
      {
        alarmName: `${names.function}-${id}`,
        alarmDescription: `${alarmDescription} Dashboard: ${names.dashboard} in CloudWatch. Runbook: "Alarms and dashboard" in docs/runbook.md.`,
        ...alarm,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        // Nobody signed in, so nobody failed, waited or was turned away.
        treatMissingData: "notBreaching",
        ...actions,
      },
    ]),
  );
}

export const alarmNamesOf = (migration: WatchedMigration): string[] =>
  Object.values(alarmsOf(migration)).map(({ alarmName }) => alarmName);

/** Known before it exists, so that the dashboard can name it without waiting for it. */
export function alarmArn({ userPool }: Whereabouts, { alarmName }: Alarm): string {
  return `arn:${userPool.partition}:cloudwatch:${userPool.region}:${userPool.account}:alarm:${alarmName}`;
}
