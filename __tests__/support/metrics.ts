import { DIMENSION, METRICS, NAMESPACE } from "../../rules/metrics";

/** Per function; https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
const LAMBDA = ["Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"];

/** Whether somebody writes this metric with these dimensions for the function. */
export function exists(namespace: string, metric: string, dimensions: Record<string, string>, fn: string): boolean {
  const name = namespace === "AWS/Lambda" ? "FunctionName" : DIMENSION.functionName;
  const known = { "AWS/Lambda": LAMBDA, [NAMESPACE]: Object.keys(METRICS) }[namespace] ?? [];
  return known.includes(metric) && JSON.stringify(dimensions) === JSON.stringify({ [name]: fn });
}
