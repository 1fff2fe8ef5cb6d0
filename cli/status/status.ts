import type { PoolAddress } from "../pools/pool-address";
import type { Stamps } from "./count-stamps";
import type { Forecast } from "./forecast";
import type { HandOvers } from "./hand-overs";
import type { Outcomes, TokenActivity } from "./outcomes";
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
  /** Absent where there is no token function. */
  readonly token?: TokenActivity | { readonly because: string };
  /** Absent where nobody asked. */
  readonly stamps?: StampStatus;
}

export interface StampStatus extends Stamps {
  /** For how many seconds the token function goes by a stamp. */
  readonly windowSeconds: number;
  readonly isTokenAttached: boolean;
  /** Whether the pool calls the migrating function, so that new stamps come. */
  readonly isMigrating: boolean;
}

export interface StatusSide extends PoolAddress {
  readonly name: string;
}

/** The document of `--json`: an interface. */
export const statusDocument = ({ users, forecast, ...rest }: Status): object => ({
  ...rest,
  users: { ...users, byDay: undefined },
  forecast: { ...forecast, curve: undefined },
});
