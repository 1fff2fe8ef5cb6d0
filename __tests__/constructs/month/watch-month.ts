import { type SynthesizedAlarm, type Transition, transitionsOf } from "./alarm-states";
import { metricsOf } from "./function-metrics";
import type { Invocation } from "./invocation";
import type { MetricStore } from "./metric-store";
import { MONTH } from "./simulated-month";

/** What the operator of the simulated migration has set. */
export const SETTINGS: Readonly<Record<string, string>> = {
  USER_POOL_NAME: "customers",
  SOURCE_USER_POOL_ID: "eu-west-1_Source001",
  DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001",
  // What the old applications leave of the source's 120.
  SOURCE_SIGN_IN_QUOTA: "3",
};

/** Resources of the destination stack, as far as they watch. */
export interface SynthesizedWatch {
  readonly aws_lambda_function: { readonly function: { readonly function_name: string } };
  readonly aws_cloudwatch_metric_alarm: Readonly<Record<string, SynthesizedAlarm>>;
}

/** What CloudWatch knows of the month: metrics, and by name how the state of each alarm changed. */
export interface Watched {
  readonly store: MetricStore;
  readonly transitions: ReadonlyMap<string, readonly Transition[]>;
}

export function watchMonth(stack: SynthesizedWatch, invocations: readonly Invocation[]): Watched {
  const store = metricsOf(stack.aws_lambda_function.function.function_name, invocations);
  const alarms = Object.values(stack.aws_cloudwatch_metric_alarm);
  return {
    store,
    transitions: new Map(alarms.map((alarm) => [alarm.alarm_name, transitionsOf(alarm, store, MONTH)])),
  };
}
