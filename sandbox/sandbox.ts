import { openWorld, type PaperWorld } from "./on-paper";
import { type OperatorFolder, openOperatorFolder, settingsBesides } from "./operator-folder";
import { type SandboxOptions, sandboxOptions } from "./options";
import { forgetSurroundings } from "./own-environment";
import { AskedWrongly, askedFor } from "./own-pools/asked-for";
import { expected, type ShownUser } from "./own-pools/expectation";
import { peopleFor } from "./own-pools/people-for";
import { readyLine } from "./own-pools/ready-line";
import { environmentFor } from "./program-environment";
import { RefusedAtPlan } from "./refused-at-plan";
import { sampleUsers } from "./sample-users";
import type { Side, Tell } from "./world";

/** Leaves the two accounts running until Ctrl-C, says how to talk to them, and tells what happens in them. */
async function sandbox(options: SandboxOptions): Promise<void> {
  forgetSurroundings(process.env);
  // Everything that was started ends with this process, also while it is still starting.
  let leave = (): void => process.exit(130);
  // `on`, not `once`: npm passes Ctrl-C on, and the second signal would kill what is cleaning up.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leave());
  // A program that reads stdout gets the one line and nothing else.
  const say = options.json ? console.error : console.log;
  const tell = {
    log: (line: string): void => say(`\nfunction  ${line}`),
    code: (code: string): void => say(`\ncode      ${code}`),
  };
  const { world, users, notes } = await opened(options, tell);
  const stopped = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const operator = openOperatorFolder(world);
  for (const note of notes) say(note);
  say(description(world, users, operator));
  if (options.json) console.log(readyLine(world, users, operator.environment));
  await stopped;
  operator.remove();
  await world.close();
  say("\nStopped; nothing is left running.");
}

interface Opened {
  readonly world: PaperWorld;
  readonly users: readonly ShownUser[];
  /** What differs from AWS, or from what was asked for. */
  readonly notes: readonly string[];
}

/** As the options ask, or with samples that were made for the sandbox's own pools. */
async function opened(options: SandboxOptions, tell: Tell): Promise<Opened> {
  const { sourcePool, destinationPool, settings: file, set, noUsers } = options;
  const root = process.cwd();
  const isOwn = sourcePool === undefined && destinationPool === undefined && file === undefined && set.length === 0;
  if (isOwn) {
    const users = noUsers ? [] : sampleUsers();
    const shown = users.map(({ email: username, password, expect }) => ({ username, password, expect }));
    return { world: await openWorld({ root, users, tell }), users: shown, notes: [] };
  }
  const { pools, settings, notes } = askedFor(options);
  const people = noUsers ? [] : peopleFor(pools.source, pools.destination);
  const world = await openWorld({ root, users: people.map(({ user }) => user), pools, settings, tell });
  try {
    return { world, users: await Promise.all(people.map((person) => expected(world, person))), notes };
  } catch (error) {
    await world.close();
    throw error;
  }
}

function description(world: PaperWorld, users: readonly ShownUser[], { environment }: OperatorFolder): string {
  const [user] = users;
  const { administrator } = world.destination;
  const { urls } = world;
  const forgetful = users.find(({ expect }) => expect.startsWith("must set a new password"))?.username ?? "USERNAME";
  return `Endpoints
   Cognito user pools     ${urls.cognitoIdentityProvider}
   STS                    ${urls.sts}
   Lambda                 ${urls.lambda}  ${world.deployed.function.name}
   CloudWatch Logs        ${urls.cloudWatchLogs}
   CloudWatch             ${urls.cloudWatch}
   IAM                    ${urls.iam}
   Service Quotas         ${urls.serviceQuotas}

User pools (each account and Region sees its own)
   source                 ${world.source.userPoolId}  account ${world.source.account}
   destination            ${world.destination.userPoolId}  account ${world.destination.account}

Operate the migration, in a shell in this folder. The trigger is attached already: attach has something to do after detach
${exported(environment)}
   npx cognito-migration preflight
${besides(environment)}
Work with the AWS CLI as an administrator: in the source account
${exported(administratorOf(world, world.source))}
 and in the destination account
${exported(administratorOf(world, world.destination))}

Users in the source (passwords of this run only)
${users.map(({ username, password, expect }) => `   ${username.padEnd(32)} ${password.padEnd(18)} ${expect}`).join("\n") || "   nobody"}

Sign in at the destination
   aws cognito-idp initiate-auth --no-sign-request --endpoint-url ${urls.cognitoIdentityProvider} --region ${world.destination.region} \\
     --client-id ${world.destination.clientId} --auth-flow USER_PASSWORD_AUTH \\
     --auth-parameters 'USERNAME=${user?.username ?? "USERNAME"},PASSWORD=${user?.password ?? "PASSWORD"}'

Set a new password with a code, which is shown here (try it with ${forgetful})
   aws cognito-idp forgot-password --no-sign-request --endpoint-url ${urls.cognitoIdentityProvider} --region ${world.destination.region} \\
     --client-id ${world.destination.clientId} --username ${forgetful}
   aws cognito-idp confirm-forgot-password --no-sign-request --endpoint-url ${urls.cognitoIdentityProvider} --region ${world.destination.region} \\
     --client-id ${world.destination.clientId} --username ${forgetful} --password 'Aa1-new-password' --confirmation-code CODE

See who has arrived
   AWS_ACCESS_KEY_ID=${administrator.accessKeyId} AWS_SECRET_ACCESS_KEY=${administrator.secretAccessKey} \\
   AWS_SESSION_TOKEN=${administrator.sessionToken} \\
   aws cognito-idp list-users --endpoint-url ${urls.cognitoIdentityProvider} --region ${world.destination.region} --user-pool-id ${world.destination.userPoolId}

Below: what the function logs, and codes. Ctrl-C stops everything and removes it.`;
}

/** What the operator's own settings would change about that. */
function besides(environment: Readonly<Record<string, string>>): string {
  const names = settingsBesides(process.cwd(), environment);
  return names.length === 0 ? "" : `   (.env here says more: ${names.join(", ")}. Move it away meanwhile.)\n`;
}

/** The AWS CLI 1 knows the Region by its old name alone. https://docs.aws.amazon.com/cli/v1/userguide/cli-configure-envvars.html */
const administratorOf = (world: PaperWorld, side: Side): Readonly<Record<string, string>> => ({
  ...environmentFor(world, side),
  AWS_DEFAULT_REGION: side.region,
});

/** Lines for a shell. The credentials are of this run, and of nothing but the sandbox. */
function exported(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `   export ${name}='${value}'`)
    .join("\n");
}

sandbox(sandboxOptions(process.argv.slice(2))).catch((error: unknown) => {
  const isWrongUse = error instanceof AskedWrongly || error instanceof RefusedAtPlan;
  const why = error instanceof RefusedAtPlan ? "Terraform would not plan this:\n" : isWrongUse ? "\n" : "";
  console.error(`The sandbox did not start. ${why}${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = isWrongUse ? 2 : 1;
});
