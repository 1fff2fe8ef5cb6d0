import { isMainThread, workerData } from "node:worker_threads";
import { madeUpUser, page } from "../made-up-users";
import {
  COGNITO_USERS_PER_SECOND,
  MAX_MEGABYTES,
  measureOperator,
  type Served,
  serveToOperator,
  wholeNumber,
} from "../operator-process";
import { describe, type Operations, SOURCE_POOL, serveTwoPools } from "../two-pools";

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

/** Two pools of so many users each, of whom half are the same people. */
function serveUsers(users: number): Promise<Served> {
  const operations: Operations = {
    DescribeUserPool: describe(() => users),
    ListUsers: ({ UserPoolId, PaginationToken }) =>
      page(users, PaginationToken, (at) =>
        // The second half of the source is the first half of the destination.
        UserPoolId === SOURCE_POOL ? user("source", at) : user("destination", at + users / 2),
      ),
  };
  return serveTwoPools(operations);
}

const user = (side: "source" | "destination", person: number): object =>
  madeUpUser(side, person, { email: `User-${person}@example.com` }, 1_700_000_000 + (person % 60) * 86_400);
