import { openWorld, type PaperWorld } from "./on-paper";
import { type OperatorFolder, openOperatorFolder, settingsBesides } from "./operator-folder";
import { type SandboxOptions, sandboxOptions } from "./options";
import { forgetSurroundings } from "./own-environment";
import { environmentFor } from "./program-environment";
import { sampleUsers } from "./sample-users";
import { shownLine } from "./shown-line";
import type { Side } from "./world";

/** Leaves the two accounts running until Ctrl-C, says how to talk to them, and tells what happens in them. */
async function sandbox({ log }: SandboxOptions): Promise<void> {
  forgetSurroundings(process.env);
  // Everything that was started ends with this process, also while it is still starting.
  let leave = (): void => process.exit(130);
  // `on`, not `once`: npm passes Ctrl-C on, and the second signal would kill what is cleaning up.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leave());
  const users = sampleUsers();
  const tell = {
    log: (line: string): void => console.log(shownLine(line, log)),
    code: (code: string): void => console.log(`\ncode      ${code}`),
  };
  const world = await openWorld({ root: process.cwd(), users, tell });
  const stopped = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const operator = openOperatorFolder(world);
  console.log(description(world, users, operator));
  await stopped;
  operator.remove();
  await world.close();
  console.log("\nStopped; nothing is left running.");
}

function description(
  world: PaperWorld,
  users: ReturnType<typeof sampleUsers>,
  { environment }: OperatorFolder,
): string {
  const [user] = users;
  const { administrator } = world.destination;
  const { urls } = world;
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
${users.map(({ email, password, expect }) => `   ${email.padEnd(32)} ${password.padEnd(18)} ${expect}`).join("\n")}

Sign in at the destination
   aws cognito-idp initiate-auth --no-sign-request --endpoint-url ${urls.cognitoIdentityProvider} --region ${world.destination.region} \\
     --client-id ${world.destination.clientId} --auth-flow USER_PASSWORD_AUTH \\
     --auth-parameters 'USERNAME=${user?.email},PASSWORD=${user?.password}'

Set a new password with a code, which is shown here (try it with reset-required@example.com)
   aws cognito-idp forgot-password --no-sign-request --endpoint-url ${urls.cognitoIdentityProvider} --region ${world.destination.region} \\
     --client-id ${world.destination.clientId} --username reset-required@example.com
   aws cognito-idp confirm-forgot-password --no-sign-request --endpoint-url ${urls.cognitoIdentityProvider} --region ${world.destination.region} \\
     --client-id ${world.destination.clientId} --username reset-required@example.com --password 'Aa1-new-password' --confirmation-code CODE

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
  console.error(`The sandbox did not start. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
