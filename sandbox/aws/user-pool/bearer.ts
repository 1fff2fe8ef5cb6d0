import type { AppClient } from "./app-clients";
import { disabledUser, mustReset } from "./exception";
import { type Body, text } from "./input";
import type { User } from "./user";
import type { UserPool } from "./user-pool";

/**
 * Who calls with an access token, and by which app client it came.
 *
 * @throws NotAuthorizedException, and UserNotFoundException for a user who has been deleted since.
 */
export function bearer(pool: UserPool, body: Body): { readonly user: User; readonly client: AppClient } {
  const { sub, clientId } = pool.tokens.signInBy(text(body, "AccessToken"));
  const user = pool.user(sub);
  if (!user.enabled) throw disabledUser();
  if (user.status === "RESET_REQUIRED") throw mustReset();
  return { user, client: pool.clients.get(clientId) };
}

/** Removes a user, with all that the user had here. */
export function remove(pool: UserPool, user: User): void {
  pool.users.delete(user);
  pool.groups.forget(user.username);
  pool.authenticators.forget(user);
  pool.tokens.endAll(user);
}
