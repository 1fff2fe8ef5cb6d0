import type { GridArea, MetricWidget } from "./dashboard-body";
import {
  BAD,
  BLUE,
  FAIR,
  GOOD,
  HOUR,
  lambdas,
  ORANGE,
  own,
  PALE_BLUE,
  timeSeries,
  type Watched,
  WORSE,
} from "./dashboard-graphs";

/** What tokens got, and what was left undone. @param props Of the token function. */
export function tokensPerHour(area: GridArea, props: Watched): MetricWidget {
  return timeSeries(area, props, {
    title: "Groups and events of migrated users, per hour",
    stat: "Sum",
    period: HOUR,
    metrics: [
      own(props, "TokenGroups", { label: "tokens with a group by the stamp", color: GOOD }),
      own(props, "MembershipsAdded", { label: "memberships made", color: FAIR }),
      own(props, "MembershipsLeft", { label: "memberships left to groups", color: ORANGE }),
      own(props, "EventsSent", { label: "events sent", color: PALE_BLUE }),
      own(props, "EventsLeft", { label: "events not taken", color: WORSE }),
    ],
    yAxis: { left: { min: 0, showUnits: false, label: "count" } },
  });
}

/** Every user of the pool waits for it, migrated or not. @param props Of the token function. */
export function tokenFunctionHealth(area: GridArea, props: Watched): MetricWidget {
  return timeSeries(area, props, {
    title: "Is the token function broken? Per hour",
    stat: "Sum",
    period: HOUR,
    metrics: [
      lambdas(props, "Errors", { label: "crashed or out of time: sign-ins fail", color: BAD }),
      lambdas(props, "Throttles", { label: "turned away by Lambda: sign-ins fail", color: ORANGE }),
      own(props, "TokenFailed", { label: "could not do its work: tokens without groups", color: WORSE }),
      lambdas(props, "Duration", { stat: "Maximum", label: "slowest, ms (right)", color: BLUE, yAxis: "right" }),
    ],
    yAxis: {
      left: { min: 0, showUnits: false, label: "sign-ins" },
      right: { min: 0, showUnits: false, label: "ms" },
    },
  });
}
