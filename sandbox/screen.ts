import { wrapProse } from "../cli/wrap";
import type { OperatorFolder } from "./operator-folder";
import type { SampleUser } from "./sample-users";
import type { World } from "./world";

const COLUMNS = 110;

export interface ScreenProps {
  readonly world: Pick<World, "source" | "destination" | "urls">;
  readonly users: readonly SampleUser[];
  readonly operator: Pick<OperatorFolder, "environmentFile">;
  /** Settings of the operator's own `.env` that would count, too. */
  readonly besides: readonly string[];
}

/** What somebody needs who sees the sandbox for the first time, and no more: the rest is in docs/sandbox.md. */
export function screen({ world: { source, destination, urls }, users, operator, besides }: ScreenProps): string {
  const [user] = users;
  const nameWidth = Math.max(...users.map(({ email }) => email.length));
  const passwordWidth = Math.max(...users.map(({ password }) => password.length));
  const warning =
    besides.length === 0
      ? ""
      : `\n${wrapProse(`   (.env here says more: ${besides.join(", ")}. Move it away meanwhile.)`, COLUMNS)}`;
  return `Two AWS accounts on this machine. Ctrl-C stops everything and removes it.

User pools
   source        ${source.userPoolId.padEnd(23)} account ${source.account}
   destination   ${destination.userPoolId.padEnd(23)} account ${destination.account}   The trigger is attached already

Operate the migration, in a new shell in this folder. More to try: docs/sandbox.md
   source ${operator.environmentFile}
   npx cognito-migration preflight
   aws cognito-idp list-users --profile destination --user-pool-id ${destination.userPoolId}${warning}

Users in the source (passwords of this run only)
${users.map(({ email, password, expect }) => `   ${email.padEnd(nameWidth)}  ${password.padEnd(passwordWidth)}  ${expect}`).join("\n")}

Sign in at the destination
   aws cognito-idp initiate-auth --no-sign-request --endpoint-url ${urls.cognitoIdentityProvider} \\
     --region ${destination.region} --client-id ${destination.clientId} --auth-flow USER_PASSWORD_AUTH \\
     --auth-parameters 'USERNAME=${user?.email ?? "NAME"},PASSWORD=${user?.password ?? "PASSWORD"}'
It answers with an AccessToken. Each event shows here as one line:
   HH:MM:SS  user (a hash of the name)  migrated: handed over with a proven password, ...
`;
}
