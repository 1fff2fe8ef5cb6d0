import type { DestinationSettings } from "../../config/deployment";
import { hasTokenFunction } from "../../rules/token-function";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { METRICS_KEPT_DAYS } from "../aws/function-metrics";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { poolAddressOf } from "../pools/pool-address";
import { functionArnsOf, isOfFunction } from "../pools/stack-outputs";
import type { Context } from "../program/command";
import type { StampCount } from "./count-stamps";
import { stampCountOf, windowOf } from "./count-stamps";
import { forecastOf } from "./forecast";
import { handOversOf } from "./hand-overs";
import { isNothing, outcomesOf, tokenActivityOf } from "./outcomes";
import type { IsoDay } from "./progress-so-far";
import { readProgress } from "./read-progress";
import type { StampStatus, Status, StatusSide } from "./status";
import { timelineOf } from "./timeline";

/** Reads both pools, the destination first. @param withStamps Whether stamps are counted: it takes the right to read their keys. */
export async function readStatus(
  places: ConfirmedPools,
  context: Context,
  since: IsoDay | undefined,
  withStamps: boolean,
): Promise<Status> {
  const { source, destination } = places;
  // confirmPools has refused a deployment without one.
  const settings = context.deployment().destination as DestinationSettings;
  const stamps = withStamps ? await stampCountOf(destination, settings, context) : undefined;
  const users = await readProgress(places, context, (page) => stamps?.add(page));
  const at = context.now();
  const timeline = timelineOf(users, at, since);
  const { signal, commands } = context;
  // Not from the curve's first day on: until somebody has migrated, all that shows is who was refused.
  const from = new Date(Math.max(at.getTime() - METRICS_KEPT_DAYS * 86_400_000, new Date(since ?? 0).getTime()));
  const span = { from, to: at, signal };
  const [counted, handOvers, token] = await Promise.all([
    outcomesOf(destination, settings.names.function, span),
    handOversOf(destination, { settings, since, now: at, signal, commands }),
    hasTokenFunction(settings) ? tokenActivityOf(destination, settings.names.token.function, span) : undefined,
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
    ...(token && { token }),
    ...(stamps && { stamps: stampStatus(stamps, destination, settings) }),
  };
}

function stampStatus(stamps: StampCount, { userPool }: ConfirmedPool, settings: DestinationSettings): StampStatus {
  const { migration, token } = functionArnsOf(settings);
  const { UserMigration = "", PreTokenGeneration = "" } = userPool.LambdaConfig ?? {};
  return {
    ...stamps.result(),
    windowSeconds: windowOf(settings),
    isTokenAttached: isOfFunction(PreTokenGeneration, token),
    isMigrating: isOfFunction(UserMigration, migration),
  };
}

const sideOf = (place: ConfirmedPool): StatusSide => ({ ...poolAddressOf(place), name: place.userPool.Name ?? "" });
