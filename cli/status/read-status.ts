import type { DestinationSettings } from "../../config/deployment";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { listUsers } from "../aws/list-users";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import type { Context } from "../program/command";
import { plural } from "../program/plural";
import { forecastOf } from "./forecast";
import { handOversOf } from "./hand-overs";
import { listStuck, STUCK_FILTER } from "./list-stuck";
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
    handOversOf(destination, {
      logGroup: settings.names.logGroup,
      logRetentionDays: settings.logRetentionDays,
      since,
      now: at,
      signal,
      commands,
    }),
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

export async function listStuckUsers(
  destination: ConfirmedPool,
  { terminal, signal }: Context,
  asJson: boolean,
): Promise<void> {
  const count = await listStuck(listUsers(destination, { filter: STUCK_FILTER, signal }), terminal, asJson);
  terminal.say(
    `${plural(count, "user")} must reset the password. "since creation" is no proof: look for the creation date among the log's lines ` +
      'with "outcome":"reset_required" before you delete one (docs/runbook.md).',
  );
}

const sideOf = ({ account, side, userPool }: ConfirmedPool): StatusSide => ({
  account,
  region: side.region,
  userPoolId: side.userPoolId,
  name: userPool.Name ?? "",
});
