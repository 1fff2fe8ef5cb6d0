import { Aws } from "../aws/clients";
import type { Context } from "../command";
import { CommandError, EXIT } from "../exit";
import { type Side, sidesOf } from "../sides";
import { describePlace } from "../who-and-where";
import { ImportJobs, isActive } from "./import-job";
import { openJobOf } from "./open-run";
import type { Run } from "./work-folder";

/**
 * A job that runs still needs its file's names to say what became of whom. Where no run has an open job, nobody is asked.
 *
 * @throws {CommandError} CHECKS_FAILED while one runs, AWS_REFUSED where the credentials are those of another account.
 */
export async function refuseWhileActive(
  runs: readonly Run[],
  { terminal, deployment }: Pick<Context, "terminal" | "deployment">,
): Promise<void> {
  for (const { state, userPoolId } of runs) {
    const jobId = state.ended === undefined ? openJobOf(state) : undefined;
    if (jobId === undefined) continue;
    const { destination } = sidesOf(deployment());
    const recorded = state.exported?.origin?.destination.account;
    // A user pool's id begins with its Region.
    const side = { ...destination, userPoolId, region: userPoolId.split("_")[0] ?? "", account: recorded };
    const job = await new ImportJobs(await placeOf(side, jobId, terminal)).find(jobId);
    if (job === undefined) terminal.say(`Job ${jobId} of user pool ${userPoolId} is gone, or the user pool itself is.`);
    else if (isActive(job))
      throw new CommandError(
        EXIT.CHECKS_FAILED,
        `Job ${jobId} of user pool ${userPoolId} is active, and its files say who is in it. Run \`import --apply\` until it has ended. Nothing was removed.`,
      );
  }
}

/** Another account's user pool would look as if it were gone. */
async function placeOf(side: Side, jobId: string, terminal: Context["terminal"]): Promise<{ aws: Aws; side: Side }> {
  const aws = new Aws(side);
  const account = await aws.account();
  terminal.say(describePlace({ side, account, userPool: {}, aws }));
  if (side.account !== undefined && side.account !== account)
    throw new CommandError(
      EXIT.AWS_REFUSED,
      `Job ${jobId} of user pool ${side.userPoolId} was not seen to end. These credentials belong to account ${account}; the import was one into ` +
        `account ${side.account}. Set DESTINATION_PROFILE to a profile of that account for this command. Nothing was removed.`,
    );
  return { aws, side };
}
