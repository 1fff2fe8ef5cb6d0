import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import type { DestinationSettings } from "../config/deployment";
import { alarmArn, alarmsOf } from "../rules/alarms";
import { dashboardBody } from "./dashboard";
import { literal } from "./hcl-text";

/** Puts alarms and a dashboard beside the function. They know it by name only, and nothing waits for them. */
export function watch(scope: Construct, provider: AwsProvider, settings: DestinationSettings): void {
  const { names, userPool, sourceUserPoolId, sourceSignInQuota } = settings;
  const alarms = alarmsOf(settings);
  for (const [id, alarm] of Object.entries(alarms))
    new CloudwatchMetricAlarm(scope, `alarm-${id}`, { provider, ...alarm });
  const body = dashboardBody({
    functionName: names.function,
    logGroup: names.logGroup,
    region: userPool.region,
    sourceUserPoolId,
    userPoolId: userPool.id,
    sourceSignInQuota,
    alarmArns: Object.values(alarms).map((alarm) => alarmArn(settings, alarm)),
  });
  new CloudwatchDashboard(scope, "dashboard", {
    provider,
    dashboardName: names.dashboard,
    // CloudWatch's dynamic labels look like Terraform's references.
    dashboardBody: literal(JSON.stringify(body)),
  });
}

/** Where each partition but `aws` has its console, after the Region. https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html */
const CONSOLES: Readonly<Record<string, string>> = {
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
  "aws-eusc": "console.amazonaws-eusc.eu",
};

export function dashboardUrl({ names, userPool: { partition, region } }: DestinationSettings): string {
  const host = CONSOLES[partition] ?? "console.aws.amazon.com";
  return `https://${region}.${host}/cloudwatch/home?region=${region}#dashboards/dashboard/${names.dashboard}`;
}
