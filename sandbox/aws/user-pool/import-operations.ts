import { invalidParameter } from "./exception";
import { csvHeader } from "./import-csv";
import type { ImportJob } from "./import-jobs";
import { type Body, optionalText, seconds, text } from "./input";
import type { Operation, Operations } from "./operation";
import { answerOf } from "./pages";
import type { UserPool } from "./user-pool";

const ROLE = /^arn:[\w-]+:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/** An operation on one job, which it tells of afterwards. */
function ofJob(act: (pool: UserPool, job: ImportJob) => void): Operation {
  return (pool, body) => {
    const job = pool.imports.get(text(body, "JobId"));
    act(pool, job);
    return { UserImportJob: importJobType(pool, job) };
  };
}

/** Import from a file. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html */
export const IMPORT_OPERATIONS: Operations = {
  GetCSVHeader: (pool) => ({ UserPoolId: pool.id, CSVHeader: csvHeader(pool) }),
  CreateUserImportJob,
  StartUserImportJob: ofJob(({ imports }, job) => imports.start(job)),
  StopUserImportJob: ofJob(({ imports }, job) => imports.stop(job)),
  DescribeUserImportJob: ofJob(() => undefined),
  /** Newest first. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserImportJobs.html */
  ListUserImportJobs: (pool, body) => {
    const names = { items: "UserImportJobs", size: "MaxResults", token: "PaginationToken" } as const;
    const newest = [...pool.imports.all].reverse();
    return answerOf(body, newest, `imports of ${pool.id}`, names, (job) => importJobType(pool, job));
  },
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserImportJob.html */
function CreateUserImportJob(pool: UserPool, body: Body): object {
  const JobName = text(body, "JobName");
  if (!/^[\w\s+=,.@-]{1,128}$/.test(JobName)) throw invalidParameter(`JobName does not match [\\w\\s+=,.@-]+`);
  const CloudWatchLogsRoleArn = text(body, "CloudWatchLogsRoleArn");
  if (ROLE.exec(CloudWatchLogsRoleArn)?.[1] !== pool.account)
    throw invalidParameter("CloudWatchLogsRoleArn is no role of the user pool's account");
  const PasswordHashingAlgorithm = optionalText(body, "PasswordHashingAlgorithm");
  const job = pool.imports.create({ JobName, CloudWatchLogsRoleArn, PasswordHashingAlgorithm });
  return { UserImportJob: importJobType(pool, job) };
}

/** As UserImportJobType tells. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserImportJobType.html */
function importJobType(pool: UserPool, job: ImportJob): object {
  return {
    JobId: job.JobId,
    JobName: job.JobName,
    UserPoolId: pool.id,
    PreSignedUrl: pool.uploadUrl(job),
    CloudWatchLogsRoleArn: job.CloudWatchLogsRoleArn,
    PasswordHashingAlgorithm: job.PasswordHashingAlgorithm,
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
