import { wrap, wrapProse } from "../../cli/program/wrap";
import { quoted } from "../../config/shell";
import { visible } from "../../config/visible";
import type { PaperWorld } from "../accounts/from-synth";
import type { OperatorFolder } from "../accounts/operator-folder";
import type { ShownUser } from "../accounts/own-pools/expectation";
import type { Side, World } from "../accounts/world";

const COLUMNS = 80;
/** What happens to a user takes as many at least, whatever the names are. */
const LEAST_COLUMNS = 28;

export interface ScreenProps {
  readonly world: Pick<World, "source" | "destination" | "urls">;
  readonly users: readonly ShownUser[];
  readonly operator: Pick<OperatorFolder, "environmentFile">;
  /** Of the page, for a browser. */
  readonly pageUrl: string;
  /** What stands above everything else. */
  readonly headline: string | undefined;
  /** What differs from AWS, or from what was asked for: a line each. */
  readonly notes: readonly string[];
  /** Settings of the operator's own `.env` that would count, too. */
  readonly besides: readonly string[];
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
/** A word of a shell, on one line whatever is in it. */
const word = (text: string): string => visible(quoted(text));
const prose = (text: string): string => wrapProse(visible(text), COLUMNS);

/** What somebody needs who sees the sandbox for the first time, and no more: the rest is in docs/sandbox.md. */
export function screen({ world, users, operator, pageUrl, headline, notes, besides }: ScreenProps): string {
  const { source, destination, urls } = world;
  const user = users.find(({ expect }) => expect.startsWith("signs in"));
  const idWidth = widest([source.userPoolId, destination.userPoolId]);
  const accounts = source.account === destination.account ? "One AWS account" : "Two AWS accounts";
  const typed = `USERNAME=${user?.username ?? "NAME"},PASSWORD=${user?.password ?? "PASSWORD"}`;
  return [
    `${accounts} on this machine. Ctrl-C stops everything and removes it.`,
    `Sign in and watch, in a browser on this machine: ${pageUrl}`,
    ...(headline === undefined ? [] : ["", prose(headline)]),
    "",
    "User pools",
    `   source        ${source.userPoolId.padEnd(idWidth)}  account ${source.account}`,
    `   destination   ${destination.userPoolId.padEnd(idWidth)}  account ${destination.account}, trigger attached`,
    "",
    "Operate the migration, in a new shell in this folder (more: docs/sandbox.md)",
    `   source ${word(operator.environmentFile)}`,
    "   npx cognito-migration preflight",
    "   aws cognito-idp list-users --profile destination \\",
    `     --user-pool-id ${destination.userPoolId}`,
    ...(besides.length === 0
      ? []
      : [prose(`   (.env here says more: ${besides.join(", ")}. Move it away meanwhile.)`)]),
    "",
    "Users in the source (passwords of this run only)",
    ...listed(users),
    "",
    "Sign in at the destination",
    `   aws cognito-idp initiate-auth --no-sign-request --region ${destination.region} \\`,
    `     --endpoint-url ${urls.cognitoIdentityProvider} \\`,
    `     --client-id ${destination.clientId} --auth-flow USER_PASSWORD_AUTH \\`,
    `     --auth-parameters ${word(typed)}`,
    ...(user === undefined ? [] : ["It answers with an AccessToken."]),
    ...(notes.length === 0
      ? []
      : ["", "What is not as in AWS, or not as you said", ...notes.map((one) => prose(` - ${one}`))]),
    "",
    "Each event shows here as one line:",
    "   HH:MM:SS  user (a hash of the name)  migrated: handed over with a proven ...",
    "",
  ].join("\n");
}

function listed(users: readonly ShownUser[]): readonly string[] {
  if (users.length === 0) return ["   nobody"];
  const rows = users.map(({ standsFor, username, password = "(none)", expect }) => ({
    username: visible(username),
    password,
    text: visible(username.startsWith(standsFor) ? expect : `${standsFor}: ${expect}`),
  }));
  const nameWidth = widest(rows.map(({ username }) => username));
  const passwordWidth = widest(rows.map(({ password }) => password));
  const indent = 3 + nameWidth + 2 + passwordWidth + 2;
  return rows.flatMap(({ username, password, text }) => {
    const [first = "", ...rest] = wrap(text, Math.max(COLUMNS - indent, LEAST_COLUMNS));
    const row = `   ${username.padEnd(nameWidth)}  ${password.padEnd(passwordWidth)}  ${first}`;
    return [row, ...rest.map((line) => " ".repeat(indent) + line)];
  });
}

/** One line for a program that started the sandbox: where everything is, and whom to try. */
export function readyLine(
  world: PaperWorld,
  users: readonly ShownUser[],
  environment: Readonly<Record<string, string>>,
  page: string,
): string {
  const { urls: endpoints, source, destination } = world;
  return JSON.stringify({
    endpoints,
    source: sideOf(source),
    destination: sideOf(destination),
    users,
    environment,
    page,
  });
}

function sideOf({ account, region, userPoolId, clientId, administrator }: Side): object {
  const { accessKeyId, secretAccessKey, sessionToken } = administrator;
  return { account, region, userPoolId, clientId, administrator: { accessKeyId, secretAccessKey, sessionToken } };
}
