import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { type ConfirmedPool, estimateOf } from "../aws/confirmed-pool";
import { listUserPages, type UsersPage } from "../aws/list-users";
import type { Turn } from "../aws/paced";
import type { Context } from "../program/command";
import { startProgress } from "../program/progress";

type Watching = Pick<Context, "terminal" | "signal">;

/** Where a reading goes on that was stopped. */
export interface Place {
  readonly from: string | undefined;
  /** Users who were read before. */
  readonly done: number;
}

/**
 * Reads all users of a pool, page by page, under a bar that says how far it is.
 */
export async function* watchedUsers(
  place: ConfirmedPool,
  context: Watching,
  turn?: Turn,
): AsyncGenerator<readonly UserType[]> {
  for await (const { users } of watchedPages(place, context, turn)) yield users;
}

/** The same, with where each next page is. */
export async function* watchedPages(
  place: ConfirmedPool,
  { terminal, signal }: Watching,
  turn?: Turn,
  { from, done: before }: Place = { from: undefined, done: 0 },
): AsyncGenerator<UsersPage> {
  const estimate = estimateOf(place);
  const progress = startProgress(terminal, `${place.side.name} users`, estimate);
  let done = before;
  try {
    for await (const page of listUserPages(place, { signal, turn, from })) {
      yield page;
      done += page.users.length;
      progress.update(done, Math.max(done, estimate));
      signal.throwIfAborted();
    }
  } finally {
    progress.stop();
  }
}
