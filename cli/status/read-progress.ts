import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { estimateOf } from "../aws/confirmed-pool";
import { LISTED_PER_SECOND } from "../aws/list-users";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { announceEnds } from "../pools/lasting-credentials";
import { poolRules } from "../pools/pool-rules";
import { watchedUsers } from "../pools/watched-users";
import type { Context } from "../program/command";
import { type ProgressSoFar, UserCount } from "./progress-so-far";

/** Reads the users of both pools, the destination's first. @param onDestination Sees these, too. */
export async function readProgress(
  { source, destination }: ConfirmedPools,
  context: Context,
  onDestination?: (users: readonly UserType[]) => void,
): Promise<ProgressSoFar> {
  const settings = context.deployment().destination as DestinationSettings;
  const rules = poolRules(source.userPool, destination.userPool, settings);
  const count = new UserCount(rules, { source: estimateOf(source), destination: estimateOf(destination) });
  const toRead = estimateOf(destination) + estimateOf(source) * (count.needsClaims ? 2 : 1);
  await announceEnds([source, destination], toRead / LISTED_PER_SECOND, context);
  for await (const page of watchedUsers(destination, context)) {
    count.addDestination(page);
    onDestination?.(page);
  }
  if (count.needsClaims) for await (const page of watchedUsers(source, context)) count.addClaims(page);
  for await (const page of watchedUsers(source, context)) count.addSource(page);
  return count.result();
}
