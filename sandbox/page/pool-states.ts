import type { Side } from "../accounts/world";
import type { User } from "../aws/user-pool/user";
import type { PageState, PoolState } from "./page-state";

/** More than a screen takes nobody reads. */
const SHOWN = 50;

/** Who is where. */
export function poolStates(sides: { readonly source: Side; readonly destination: Side }): PageState["pools"] {
  const there = sides.destination.userPool.users;
  const hasCome = (user: User): boolean => namesOf(user).some((name) => there.find(name) !== undefined);
  return { source: poolState(sides.source, hasCome), destination: poolState(sides.destination, () => false) };
}

function poolState({ userPoolId: id, account, userPool }: Side, hasCome: (user: User) => boolean): PoolState {
  const users: User[] = [];
  for (const user of userPool.users.everybody()) {
    if (users.push(user) === SHOWN) break;
  }
  return {
    id,
    account,
    count: userPool.users.size,
    users: users.map((user) => ({
      key: user.attributes["sub"] ?? user.username,
      name: namesOf(user).at(-1) ?? "",
      status: user.enabled ? user.status : "disabled",
      hasCome: hasCome(user),
    })),
  };
}

/** Names that somebody may type, the best to read last. */
const namesOf = ({ username, attributes: { phone_number: number, email } }: User): readonly string[] =>
  [username, number, email].filter((name) => name !== undefined);
