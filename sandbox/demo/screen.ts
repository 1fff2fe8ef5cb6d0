import { wrapProse } from "../../cli/program/wrap";
import type { OperatorFolder } from "../accounts/operator-folder";
import type { ShownUser } from "../accounts/own-pools/expectation";
import type { World } from "../accounts/world";

const COLUMNS = 110;

export interface ScreenProps {
  readonly world: Pick<World, "source" | "destination" | "urls">;
  readonly users: readonly ShownUser[];
  readonly operator: Pick<OperatorFolder, "environmentFile">;
  /** Settings of the operator's own `.env` that would count, too. */
  readonly besides: readonly string[];
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

/** What somebody needs who sees the sandbox for the first time, and no more: the rest is in docs/sandbox.md. */
export function screen({ world: { source, destination, urls }, users, operator, besides }: ScreenProps): string {
  const user = users.find(({ expect }) => expect.startsWith("signs in"));
  const idWidth = widest([source.userPoolId, destination.userPoolId]);
  const warning =
    besides.length === 0
      ? ""
      : `\n${wrapProse(`   (.env here says more: ${besides.join(", ")}. Move it away meanwhile.)`, COLUMNS)}`;
  const accounts = source.account === destination.account ? "One AWS account" : "Two AWS accounts";
  return `${accounts} on this machine. Ctrl-C stops everything and removes it.

User pools
   source        ${source.userPoolId.padEnd(idWidth)}  account ${source.account}
   destination   ${destination.userPoolId.padEnd(idWidth)}  account ${destination.account}   The trigger is attached already

Operate the migration, in a new shell in this folder. More to try: docs/sandbox.md
   source ${operator.environmentFile}
   npx cognito-migration preflight
   aws cognito-idp list-users --profile destination --user-pool-id ${destination.userPoolId}${warning}

Users in the source (passwords of this run only)
${listed(users)}

Sign in at the destination
   aws cognito-idp initiate-auth --no-sign-request --endpoint-url ${urls.cognitoIdentityProvider} \\
     --region ${destination.region} --client-id ${destination.clientId} --auth-flow USER_PASSWORD_AUTH \\
     --auth-parameters 'USERNAME=${user?.username ?? "NAME"},PASSWORD=${user?.password ?? "PASSWORD"}'
${user === undefined ? "" : "It answers with an AccessToken. "}Each event shows here as one line:
   HH:MM:SS  user (a hash of the name)  migrated: handed over with a proven password, ...
`;
}

function listed(users: readonly ShownUser[]): string {
  if (users.length === 0) return "   nobody";
  const nameWidth = widest(users.map(({ username }) => username));
  const passwordWidth = widest(users.map(({ password }) => password));
  return users
    .map(({ username, password, expect }) =>
      [`   ${username.padEnd(nameWidth)}`, password.padEnd(passwordWidth), expect].join("  "),
    )
    .join("\n");
}
