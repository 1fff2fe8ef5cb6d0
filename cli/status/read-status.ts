import type { DestinationSettings } from "../../config/deployment";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { poolAddressOf } from "../pools/pool-address";
import type { Context } from "../program/command";
import { forecastOf } from "./forecast";
import { handOversOf } from "./hand-overs";
import { isNothing, outcomesOf } from "./outcomes";
import type { IsoDay } from "./progress-so-far";
import { readProgress } from "./read-progress";
import type { Status, StatusSide } from "./status";
import { timelineOf } from "./timeline";

/** Reads both pools, the destination first, and the function's metrics and log. */
export async function readStatus(places: ConfirmedPools, context: Context, since: IsoDay | undefined): Promise<Status> {
  const { source, destination } = places;
  // confirmPools has refused a deployment without one.
  const settings = context.deployment().destination as DestinationSettings;
  const users = await readProgress(places, context);
  const at = context.now();
  const timeline = timelineOf(users, at, since);
  const { signal, commands } = context;
  const [counted, handOvers] = await Promise.all([
    outcomesOf(destination, settings.names.function, {
      // Not from the curve's first day on: until somebody has migrated, all that shows is who was refused.
      since: new Date(since ?? 0),
      now: at,
      signal,
    }),
    handOversOf(destination, { settings, since, now: at, signal, commands }),
  ]);
  const isUndeployed = "because" in handOvers && handOvers.kind === "no_log_group";
  const outcomes = isUndeployed && !("because" in counted) && isNothing(counted) ? handOvers : counted;
  return {
    at,
    source: sideOf(source),
    destination: sideOf(destination),
    users,
    timeline,
    outcomes,
    handOvers,
    forecast: forecastOf(timeline, users.sourceUsers),
  };
}

const sideOf = (place: ConfirmedPool): StatusSide => ({ ...poolAddressOf(place), name: place.userPool.Name ?? "" });
