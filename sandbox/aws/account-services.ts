import { jsonService } from "./json-service";
import { metricData } from "./metric-data";
import type { Guard } from "./signed-service";
import { texts } from "./user-pool/input";

/** As far as CloudWatch's alarms are described. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export interface Alarm {
  readonly AlarmName: string;
  readonly AlarmActions: readonly string[];
}

/** What CloudWatch has of an account. */
export interface Monitored {
  readonly alarms: readonly Alarm[];
  /** Lines of its logs; metrics are those that they hold. */
  readonly logLines: readonly string[];
}

/** CloudWatch: which alarms there are, and sums of what was logged as metrics. */
export const cloudWatchService = (guard: Guard, monitored: (account: string) => Monitored) =>
  jsonService(guard, {
    prefix: "cloudwatch",
    contextOf: monitored,
    operations: {
      GetMetricData: ({ logLines }, body) => metricData(logLines, body),
      DescribeAlarms: ({ alarms }, body) => {
        const names = texts(body, "AlarmNames");
        const wanted = alarms.filter(({ AlarmName }) => names?.includes(AlarmName) ?? true);
        return { MetricAlarms: wanted.map((alarm) => ({ ...alarm, ActionsEnabled: true })), CompositeAlarms: [] };
      },
    },
  });

/** Service Quotas, with AWS's default. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
export const serviceQuotasService = (guard: Guard) =>
  jsonService(guard, {
    prefix: "servicequotas",
    contextOf: () => undefined,
    operations: {
      ListServiceQuotas: () => ({ Quotas: [] }),
      ListAWSDefaultServiceQuotas: () => ({
        Quotas: [{ ServiceCode: "cognito-idp", QuotaName: "Rate of UserAuthentication requests", Value: 120 }],
      }),
    },
  });
