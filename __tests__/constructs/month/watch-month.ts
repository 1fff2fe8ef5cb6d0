import {
  type SynthesizedAlarm,
  type Transition,
  transitionsOf,
} from "./alarm-states";
import { metricsOf } from "./function-metrics";
import type { Invocation } from "./invocation";
import type { MetricStore } from "./metric-store";
import { logOf } from "./simulated-log";
import { MONTH, USERS } from "./simulated-month";
import type { DashboardBody } from "../../../constructs/dashboard-body";
import { drawDashboard } from "../../../dev/docs/dashboard/draw-dashboard";

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
  readonly aws_cloudwatch_dashboard: { readonly dashboard: { readonly dashboard_body: string } };
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

/** The synthesized dashboard at the end of the month, as SVG. */
export function picture(
  stack: SynthesizedWatch,
  invocations: readonly Invocation[],
  { store, transitions } = watchMonth(stack, invocations),
): string {
  // `$${` is Terraform's way to write `${`.
  const text = stack.aws_cloudwatch_dashboard.dashboard.dashboard_body.replaceAll("$${", () => "${");
  const states = new Map(
    [...transitions].map(([name, changes]) => [name, changes.at(-1)?.state ?? "INSUFFICIENT_DATA"]),
  );
  return drawDashboard(
    JSON.parse(text) as DashboardBody,
    { store, log: logOf(invocations, MONTH), range: MONTH, states },
    caption(transitions, `${stack.aws_lambda_function.function.function_name}-`),
  );
}

/** What happens in the month, by day. */
const TROUBLE: Readonly<Record<number, string>> = {
  18: "a newsletter; the old applications use up the source's quota",
  24: "the app client at the source is gone",
  28: 'somebody types a list of addresses into "forgot password"',
};

function caption(transitions: ReadonlyMap<string, readonly Transition[]>, prefix: string): string[] {
  const byDay = new Map<number, string[]>();
  for (const [name, changes] of transitions)
    changes.forEach(({ at, state }, index) => {
      if (state !== "ALARM") return;
      const day = new Date(at * 1000).getUTCDate();
      const rang = `${name.replace(prefix, "")} ${clock(at)}-${clock(changes[index + 1]?.at ?? MONTH.to)}`;
      byDay.set(day, [...(byDay.get(day) ?? []), rang]);
    });
  const days = [...byDay].sort(([a], [b]) => a - b);
  return [
    `A simulated month of ${USERS.toLocaleString("en-US")} users, and when an alarm rang.`,
    ...days.map(([day, rang]) => `${day} Sep: ${TROUBLE[day] ?? "nothing of ours"}. Rang: ${rang.join(", ")}.`),
  ];
}

const clock = (at: number): string => new Date(at * 1000).toISOString().slice(11, 16);
