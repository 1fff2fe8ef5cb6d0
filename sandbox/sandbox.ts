import { openWorld, type PaperWorld } from "./on-paper";
import { sampleUsers } from "./sample-users";

/** Leaves the two accounts running until Ctrl-C, and says how to talk to them. */
async function sandbox(): Promise<void> {
  const users = sampleUsers();
  const world = await openWorld({ root: process.cwd(), users });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  console.log(description(world, users));
  await stopped;
  await world.close();
  console.log("\nStopped; nothing is left running.");
}

function description(world: PaperWorld, users: ReturnType<typeof sampleUsers>): string {
  const [user] = users;
  const { administrator } = world.destination;
  return `Endpoints
   source user pool       ${world.source.url}  ${world.source.userPoolId}  account ${world.source.account}
   destination user pool  ${world.destination.url}  ${world.destination.userPoolId}  account ${world.destination.account}
   STS                    ${world.stsUrl}
   Lambda                 ${world.lambdaUrl}  ${world.deployed.function.name}

Users in the source (passwords of this run only)
${users.map(({ email, password, expect }) => `   ${email.padEnd(32)} ${password.padEnd(18)} ${expect}`).join("\n")}

Sign in at the destination
   aws cognito-idp initiate-auth --no-sign-request --endpoint-url ${world.destination.url} --region ${world.destination.region} \\
     --client-id ${world.destination.clientId} --auth-flow USER_PASSWORD_AUTH \\
     --auth-parameters 'USERNAME=${user?.email},PASSWORD=${user?.password}'

See who has arrived
   AWS_ACCESS_KEY_ID=${administrator.accessKeyId} AWS_SECRET_ACCESS_KEY=${administrator.secretAccessKey} \\
   AWS_SESSION_TOKEN=${administrator.sessionToken} \\
   aws cognito-idp list-users --endpoint-url ${world.destination.url} --region ${world.destination.region} --user-pool-id ${world.destination.userPoolId}

Ctrl-C stops everything and removes it.`;
}

sandbox().catch((error: unknown) => {
  console.error(`The sandbox did not start. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
