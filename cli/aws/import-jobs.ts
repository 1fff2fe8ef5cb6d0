import { ListUserImportJobsCommand, type UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import type { AskedPool } from "./confirmed-pool";

/** All import jobs of a user pool, the newest first; Cognito keeps at most 1,000. The SDK has no paginator for them. */
export async function* listImportJobs({ aws, side }: AskedPool): AsyncGenerator<UserImportJobType> {
  let token: string | undefined;
  do {
    const { UserImportJobs = [], PaginationToken } = await aws.cognito().send(
      new ListUserImportJobsCommand({
        UserPoolId: side.userPoolId,
        MaxResults: 60,
        PaginationToken: token,
      }),
    );
    yield* UserImportJobs;
    token = PaginationToken;
  } while (token !== undefined);
}

/** It locks the user pool's settings. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html */
export const isActive = ({ Status }: UserImportJobType): boolean =>
  Status === "Pending" || Status === "InProgress" || Status === "Stopping";

/** Those of other user pools in the account cannot be seen from here. */
export async function activeImportJob(pool: AskedPool): Promise<UserImportJobType | undefined> {
  for await (const job of listImportJobs(pool)) if (isActive(job)) return job;
  return undefined;
}
