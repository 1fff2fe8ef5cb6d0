import type { UserImportJobStatusType } from "@aws-sdk/client-cognito-identity-provider";
import { seconds } from "./input";

export interface ImportJob {
  readonly JobId: string;
  readonly JobName: string;
  readonly CloudWatchLogsRoleArn: string;
  readonly PasswordHashingAlgorithm?: string;
  readonly created: Date;
  /** In the address that the file is sent to; whoever has it may send one. */
  readonly uploadKey: string;
  file: string | undefined;
  status: UserImportJobStatusType;
  started: Date | undefined;
  completed: Date | undefined;
  imported: number;
  skipped: number;
  failed: number;
  message: string | undefined;
}

/** Started, and not at its end. */
export function isActive({ status }: ImportJob): boolean {
  return ["Pending", "InProgress", "Stopping"].includes(status);
}

/** As UserImportJobType tells. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserImportJobType.html */
export function importJobType(
  pool: { readonly id: string; uploadUrl(job: ImportJob): string },
  job: ImportJob,
): object {
  const { JobId, JobName, CloudWatchLogsRoleArn, PasswordHashingAlgorithm } = job;
  return {
    JobId,
    JobName,
    UserPoolId: pool.id,
    PreSignedUrl: pool.uploadUrl(job),
    CloudWatchLogsRoleArn,
    PasswordHashingAlgorithm,
    CreationDate: seconds(job.created),
    StartDate: job.started && seconds(job.started),
    CompletionDate: job.completed && seconds(job.completed),
    Status: job.status,
    CompletionMessage: job.message,
    ImportedUsers: job.imported,
    SkippedUsers: job.skipped,
    FailedUsers: job.failed,
  };
}
