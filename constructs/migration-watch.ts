import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { alarmArn, alarmsOf } from "../rules/alarms";
import { migrationNames } from "../rules/migration-names";
import { type DemandingSettings, hasTokenFunction, type TokenFunctionSettings } from "../rules/token-function";
import { dashboardBody } from "./dashboard";
import { literal } from "./hcl-text";
import type { DestinationUserPool } from "./triggered-function";

export interface MigrationWatchProps extends TokenFunctionSettings, DemandingSettings {
  /** Of the function's account and Region. */
  readonly provider: AwsProvider;
  /** USER_POOL_NAME: function and dashboard are named after it. */
  readonly migration: string;
  readonly userPool: Omit<DestinationUserPool, "arn">;
  readonly sourceUserPoolId: string;
  /** Sign-ins per second that the source has for this migration. */
  readonly sourceSignInQuota: number;
  /** Undefined: alarms change their state and notify nobody. */
  readonly alarmTopicArn?: string | undefined;
}

/** Puts alarms and a dashboard beside the function. They know it by name only, and nothing waits for them. */
export function migrationWatch(scope: Construct, props: MigrationWatchProps): { readonly dashboardUrl: string } {
  const { provider, userPool, sourceUserPoolId, sourceSignInQuota } = props;
  const names = migrationNames(props.migration);
  const alarms = alarmsOf({ ...props, names });
  for (const [id, alarm] of Object.entries(alarms))
    new CloudwatchMetricAlarm(scope, `alarm-${id}`, { provider, ...alarm });
  const body = dashboardBody({
    functionName: names.function,
    logGroup: names.logGroup,
    region: userPool.region,
    sourceUserPoolId,
    userPoolId: userPool.id,
    sourceSignInQuota,
    alarmArns: Object.values(alarms).map((alarm) => alarmArn(props, alarm)),
    ...(hasTokenFunction(props) && { tokenFunctionName: names.token.function }),
  });
  new CloudwatchDashboard(scope, "dashboard", {
    provider,
    dashboardName: names.dashboard,
    // CloudWatch's dynamic labels look like Terraform's references.
    dashboardBody: literal(JSON.stringify(body)),
  });
  return { dashboardUrl: dashboardUrl(names.dashboard, userPool) };
}

/** Where each partition but `aws` has its console, after the Region. https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html */
const CONSOLES: Readonly<Record<string, string>> = {
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
  "aws-eusc": "console.amazonaws-eusc.eu",
};

function dashboardUrl(dashboard: string, { partition, region }: MigrationWatchProps["userPool"]): string {
  const host = CONSOLES[partition] ?? "console.aws.amazon.com";
  return `https://${region}.${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard}`;
}
