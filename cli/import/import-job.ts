import {
  CreateUserImportJobCommand,
  DescribeUserImportJobCommand,
  StartUserImportJobCommand,
  type UserImportJobType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { AskedPool } from "../aws/confirmed-pool";
import { ifThere } from "../aws/if-there";
import { listImportJobs } from "../aws/import-jobs";
import { NoAnswer } from "../aws/no-answer";
import { ENDED, type JobResult } from "./run-state";

/**
 * Import jobs of the destination, one call each. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html
 */
export class ImportJobs {
  constructor(private readonly place: AskedPool) {}

  /** A job that was made although the answer was lost is found by its name: another one of that name is not asked for. */
  async create(jobName: string, cloudWatchLogsRoleArn: string): Promise<UserImportJobType> {
    try {
      const { UserImportJob } = await this.place.aws.cognito().send(
        new CreateUserImportJobCommand({
          UserPoolId: this.place.side.userPoolId,
          JobName: jobName,
          CloudWatchLogsRoleArn: cloudWatchLogsRoleArn,
        }),
      );
      return UserImportJob ?? {};
    } catch (error) {
      const made = error instanceof NoAnswer ? await this.named(jobName) : undefined;
      if (made === undefined) throw error;
      return made;
    }
  }

  async describe(jobId: string): Promise<UserImportJobType> {
    const { UserImportJob } = await this.place.aws
      .cognito()
      .send(new DescribeUserImportJobCommand({ UserPoolId: this.place.side.userPoolId, JobId: jobId }));
    return UserImportJob ?? {};
  }

  /** @returns undefined for a job that Cognito no longer knows. */
  find(jobId: string): Promise<UserImportJobType | undefined> {
    return ifThere(["ResourceNotFoundException"], () => this.describe(jobId));
  }

  /** A start that got through although its answer was lost is none to complain of. */
  async start(jobId: string): Promise<void> {
    try {
      await this.place.aws
        .cognito()
        .send(new StartUserImportJobCommand({ UserPoolId: this.place.side.userPoolId, JobId: jobId }));
    } catch (error) {
      if ((await this.describe(jobId)).Status === "Created") throw error;
    }
  }

  async named(jobName: string): Promise<UserImportJobType | undefined> {
    for await (const job of listImportJobs(this.place)) if (job.JobName === jobName) return job;
    return undefined;
  }
}

/** Nothing was imported by it: it never ran. */
export const hasExpiredUnused = ({ Status, StartDate }: UserImportJobType): boolean =>
  Status === "Expired" && StartDate === undefined;

/** Whether it may have read its file. */
export const hasStarted = (job: UserImportJobType): boolean => job.Status !== "Created" && !hasExpiredUnused(job);

/** @returns undefined while it may still change. */
export const endStatusOf = ({ Status }: UserImportJobType): JobResult["status"] | undefined =>
  ENDED.find((status) => status === Status);
