import { json, type Request, type Response } from "./http";
import { metricData } from "./metric-data";
import { errorAnswer, type Guard, operationOf, principalOf, requireAccess, targetOf } from "./signed-service";
import { errorXml } from "./sts";
import { type Body, texts } from "./user-pool/input";

type Operations = Readonly<Record<string, (account: string, body: Body) => object>>;

/** A service in AWS's JSON protocol whose operations have no resource. */
function jsonService(guard: Guard, prefix: string, operations: Operations): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (isQuery(request))
        return errorXml(400, "InvalidAction", `The sandbox does not speak the query protocol of ${prefix}.`);
      const operation = targetOf(request);
      const act = operationOf(operations, prefix, operation);
      const principal = principalOf(guard, request);
      await requireAccess(guard, principal, { action: `${prefix}:${operation}`, resource: "*" });
      return json(200, act(principal.account, JSON.parse(request.body || "{}") as Body));
    } catch (error) {
      return errorAnswer(error);
    }
  };
}

/** As older SDKs talk to CloudWatch, which has several protocols. */
const isQuery = ({ headers }: Request): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;

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
  jsonService(guard, "cloudwatch", {
    GetMetricData: (account, body) => metricData(monitored(account).logLines, body),
    DescribeAlarms: (account, body) => {
      const names = texts(body, "AlarmNames");
      const alarms = monitored(account).alarms.filter(({ AlarmName }) => names?.includes(AlarmName) ?? true);
      return { MetricAlarms: alarms.map((alarm) => ({ ...alarm, ActionsEnabled: true })), CompositeAlarms: [] };
    },
  });

/** Service Quotas, with AWS's default. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
export const serviceQuotasService = (guard: Guard) =>
  jsonService(guard, "servicequotas", {
    ListServiceQuotas: () => ({ Quotas: [] }),
    ListAWSDefaultServiceQuotas: () => ({
      Quotas: [{ ServiceCode: "cognito-idp", QuotaName: "Rate of UserAuthentication requests", Value: 120 }],
    }),
  });
