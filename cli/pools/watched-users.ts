import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { type ConfirmedPool, estimateOf } from "../aws/confirmed-pool";
import { listUserPages, type UsersPage } from "../aws/list-users";
import type { Turn } from "../aws/paced";
import type { Context } from "../program/command";
import { startProgress } from "../program/progress";

type Watching = Pick<Context, "terminal" | "signal">;

/** Reads all users of a pool, page by page, under a bar that says how far it is. */
export async function* watchedUsers(
  place: ConfirmedPool,
  context: Watching,
  turn?: Turn,
): AsyncGenerator<readonly UserType[]> {
  for await (const { users } of watchedPages(place, context, turn)) yield users;
}

/** The same, with where each next page is. @param goOn Where a reading was stopped, and users who were read before. */
export async function* watchedPages(
  place: ConfirmedPool,
  { terminal, signal }: Watching,
  turn?: Turn,
  goOn: { readonly from: string | undefined; readonly done: number } = { from: undefined, done: 0 },
): AsyncGenerator<UsersPage> {
  const estimate = estimateOf(place);
  const progress = startProgress(terminal, `${place.side.name} users`, estimate);
  let { done } = goOn;
  try {
    for await (const page of listUserPages(place, { signal, turn, from: goOn.from })) {
      yield page;
      done += page.users.length;
      progress.update(done, Math.max(done, estimate));
      signal.throwIfAborted();
    }
  } finally {
    progress.stop();
  }
}
