import { isMainThread, workerData } from "node:worker_threads";
import {
  COGNITO_USERS_PER_SECOND,
  MAX_MEGABYTES,
  measureOperator,
  serveToOperator,
  wholeNumber,
} from "../operator-process";
import { serveUsers } from "./two-million-users";

/** Users in each pool. */
const USERS = Number(process.argv[2] ?? 1_000_000);

/** Runs `status` on two pools and fails when it takes more memory than it may, or reads more slowly than Cognito lists. */
async function main(): Promise<void> {
  const parameters = ["status", "--json"];
  const { stdout, seconds, peakMegabytes } = await measureOperator(
    __filename,
    USERS,
    parameters,
    "sub=custom:source_sub",
  );
  const { users } = JSON.parse(stdout) as { users: Record<string, number> };
  const perSecond = (2 * USERS) / seconds;
  if (users["sourceUsers"] !== USERS || users["migrated"] !== USERS / 2)
    throw new Error(`status counted ${JSON.stringify(users)}`);
  console.log(`${wholeNumber(USERS)} users in each pool, half of the source migrated: ${wholeNumber(seconds)} s`);
  console.log(
    `${wholeNumber(perSecond)} users a second (Cognito lists ${wholeNumber(COGNITO_USERS_PER_SECOND)} at most)`,
  );
  console.log(`${wholeNumber(peakMegabytes)} MB at most (target: below ${MAX_MEGABYTES} MB)`);
  if (peakMegabytes >= MAX_MEGABYTES || perSecond < COGNITO_USERS_PER_SECOND) process.exitCode = 1;
}

void (isMainThread ? main() : serveToOperator(serveUsers(workerData as number)));
