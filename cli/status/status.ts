import type { PoolAddress } from "../pools/pool-address";
import type { Forecast } from "./forecast";
import type { HandOvers } from "./hand-overs";
import type { Outcomes } from "./outcomes";
import type { ProgressSoFar } from "./progress-so-far";
import type { TimelineDay } from "./timeline";

/** Everything that `status` has found out, before it is written as text, JSON or a page. */
export interface Status {
  readonly at: Date;
  readonly source: StatusSide;
  readonly destination: StatusSide;
  readonly users: ProgressSoFar;
  readonly timeline: readonly TimelineDay[];
  readonly outcomes: Outcomes | { readonly because: string };
  readonly handOvers: HandOvers | { readonly because: string };
  readonly forecast: Forecast;
}

export interface StatusSide extends PoolAddress {
  readonly name: string;
}

/** The document of `--json`: an interface. */
export function statusDocument({ users, forecast, ...rest }: Status): object {
  const { byDay: _, ...counts } = users;
  return { ...rest, users: counts, forecast: withoutCurve(forecast) };
}

function withoutCurve(forecast: Forecast): object {
  if (forecast.kind === "none") return forecast;
  const { curve: _, ...rest } = forecast;
  return rest;
}
