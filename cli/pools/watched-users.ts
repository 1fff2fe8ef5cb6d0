import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { type ConfirmedPool, estimateOf } from "../aws/confirmed-pool";
import { listUsers } from "../aws/list-users";
import type { Turn } from "../aws/paced";
import type { Context } from "../program/command";
import { startProgress } from "../program/progress";

/**
 * Reads all users of a pool, page by page, under a bar that says how far it is.
 */
export async function* watchedUsers(
  place: ConfirmedPool,
  { terminal, signal }: Pick<Context, "terminal" | "signal">,
  turn?: Turn,
): AsyncGenerator<readonly UserType[]> {
  const estimate = estimateOf(place);
  const progress = startProgress(terminal, `${place.side.name} users`, estimate);
  let done = 0;
  try {
    for await (const users of listUsers(place, { signal, turn })) {
      yield users;
      done += users.length;
      progress.update(done, Math.max(done, estimate));
      signal.throwIfAborted();
    }
  } finally {
    progress.stop();
  }
}
