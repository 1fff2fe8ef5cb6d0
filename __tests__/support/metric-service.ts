import { type Endpoint, json, listen } from "../../sandbox/aws/http";
import type { MetricDataQuery } from "../../sandbox/aws/metric-data";

/** CloudWatch's GetMetricData, for sums and greatest values by day: one page for each value. */
export interface MetricService extends Endpoint {
  /** Values by namespace, metric and dimensions, such as `CognitoMigration Refused FunctionName=f Reason=mfa`; greatest ones by `Maximum` behind that. */
  readonly values: Record<string, readonly number[]>;
  /** Refuses everything, as for an operator who may not read metrics. */
  isForbidden: boolean;
  /** Name of a metric that CloudWatch fails to read. */
  unreadable: string | undefined;
}

export async function startMetricService(): Promise<MetricService> {
  const values: Record<string, readonly number[]> = {};
  const state: Pick<MetricService, "isForbidden" | "unreadable"> = { isForbidden: false, unreadable: undefined };
  const endpoint = await listen(async ({ body }) => {
    if (state.isForbidden)
      return json(400, { __type: "com.amazon.coral.service#AccessDeniedException", message: "not authorized" });
    const { MetricDataQueries: queries, NextToken: token } = JSON.parse(body) as {
      readonly MetricDataQueries: readonly MetricDataQuery[];
      readonly NextToken?: string;
    };
    const page = Number(token ?? 0);
    const pages = Math.max(1, ...queries.map((query) => valuesOf(values, query).length));
    return json(200, {
      MetricDataResults: queries.map((query) => ({
        Id: query.Id,
        StatusCode: state.unreadable === query.MetricStat.Metric.MetricName ? "InternalError" : "Complete",
        Values: valuesOf(values, query).slice(page, page + 1),
      })),
      ...(page + 1 < pages ? { NextToken: String(page + 1) } : {}),
    });
  });
  return Object.assign(state, endpoint, { values });
}

function valuesOf(
  values: Record<string, readonly number[]>,
  { MetricStat: { Metric, Period, Stat } }: MetricDataQuery,
): readonly number[] {
  if (Period !== 86_400 || !["Sum", "Maximum"].includes(Stat)) return [];
  const dimensions = (Metric.Dimensions ?? []).map(({ Name, Value }) => ` ${Name}=${Value}`).join("");
  return values[`${Metric.Namespace} ${Metric.MetricName}${dimensions}${Stat === "Sum" ? "" : ` ${Stat}`}`] ?? [];
}
