import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { visible } from "../../config/visible";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { listUsers } from "../aws/list-users";
import type { Context } from "../program/command";
import { plural } from "../program/plural";
import { isStuck } from "./progress-so-far";

const STUCK_FILTER = 'cognito:user_status = "RESET_REQUIRED"';

/** Page by page, so that no user is kept: tab-separated, or as one JSON array. */
export async function listStuck(
  destination: ConfirmedPool,
  { terminal, signal }: Context,
  asJson: boolean,
): Promise<void> {
  let count = 0;
  terminal.print(asJson ? "[" : ["created", "modified", "since creation", "username"].join("\t"));
  let held: string | undefined;
  for await (const users of listUsers(destination, { filter: STUCK_FILTER, signal }))
    for (const user of users.map(stuckUser)) {
      count += 1;
      if (!asJson) terminal.print(asRow(user));
      // The last one has no comma behind it.
      else {
        if (held !== undefined) terminal.print(`${held},`);
        held = `  ${JSON.stringify(user)}`;
      }
    }
  if (held !== undefined) terminal.print(held);
  if (asJson) terminal.print("]");
  terminal.say(
    `${plural(count, "user")} must reset the password. "since creation" is no proof: look for the creation date among the log's lines ` +
      'with "outcome":"reset_required" before you delete one (docs/runbook.md).',
  );
}

const stuckUser = (user: UserType) => ({
  username: user.Username ?? "",
  created: user.UserCreateDate?.toISOString() ?? "",
  modified: user.UserLastModifiedDate?.toISOString() ?? "",
  /** False: somebody or something has changed the user since, such as an administrator who reset the password. */
  sinceCreation: isStuck(user),
});

const asRow = ({ username, created, modified, sinceCreation }: ReturnType<typeof stuckUser>): string =>
  [created, modified, sinceCreation ? "yes" : "no", visible(username)].join("\t");
