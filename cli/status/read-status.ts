import { listUsers } from "../aws/list-users";
import type { Context } from "../command";
import type { Place, Places } from "../who-and-where";
import { forecastOf } from "./forecast";
import { handOversOf } from "./hand-overs";
import { listStuck, STUCK_FILTER } from "./list-stuck";
import { outcomesOf } from "./outcomes";
import type { IsoDay } from "./progress-so-far";
import { readProgress } from "./read-progress";
import type { Status, StatusSide } from "./status";
import { timelineOf } from "./timeline";

/** Reads both pools, the destination first, and the function's metrics and log. */
export async function readStatus(places: Places, context: Context, since: IsoDay | undefined): Promise<Status> {
  const { source, destination } = places;
  const settings = context.deployment().destination;
  const users = await readProgress(places, context);
  const at = context.now();
  const timeline = timelineOf(users, at, since);
  const { signal } = context;
  const [outcomes, handOvers] = await Promise.all([
    outcomesOf(destination, settings?.names.function ?? "", {
      // The curve's first day; before anybody has migrated, all that is there.
      since: new Date(timeline[0]?.date ?? since ?? 0),
      now: at,
      signal,
    }),
    handOversOf(destination, {
      logGroup: settings?.names.logGroup ?? "",
      logRetentionDays: settings?.logRetentionDays ?? 0,
      since,
      now: at,
      signal,
    }),
  ]);
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
  destination: Place,
  { terminal, signal }: Context,
  asJson: boolean,
): Promise<void> {
  const count = await listStuck(listUsers(destination, { filter: STUCK_FILTER, signal }), terminal, asJson);
  terminal.say(
    `${count} users must reset the password. "since creation" is no proof: look for the creation date among the log's lines ` +
      'with "outcome":"reset_required" before you delete one (docs/runbook.md).',
  );
}

const sideOf = ({ account, side, userPool }: Place): StatusSide => ({
  account,
  region: side.region,
  userPoolId: side.userPoolId,
  name: userPool.Name ?? "",
});
