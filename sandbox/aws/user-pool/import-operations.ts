import { invalidParameter } from "./exception";
import { csvHeader } from "./import-csv";
import { importJobType } from "./import-job";
import { type Body, optionalText, pageSize, text } from "./input";
import type { Operations } from "./operation";
import { pageOf } from "./pages";
import type { UserPool } from "./user-pool";

const ROLE = /^arn:[\w-]+:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/** Import from a file. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html */
export const IMPORT_OPERATIONS: Operations = {
  GetCSVHeader: (pool) => ({ UserPoolId: pool.id, CSVHeader: csvHeader(pool) }),
  CreateUserImportJob,
  StartUserImportJob: (pool, body) => {
    const job = pool.imports.get(text(body, "JobId"));
    pool.imports.start(job);
    return { UserImportJob: importJobType(pool, job) };
  },
  StopUserImportJob: (pool, body) => {
    const job = pool.imports.get(text(body, "JobId"));
    pool.imports.stop(job);
    return { UserImportJob: importJobType(pool, job) };
  },
  DescribeUserImportJob: (pool, body) => ({
    UserImportJob: importJobType(pool, pool.imports.get(text(body, "JobId"))),
  }),
  /** Newest first. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserImportJobs.html */
  ListUserImportJobs: (pool, body) => {
    const size = pageSize(body, "MaxResults", 1);
    const jobs = pool.imports.all.map((job) => importJobType(pool, job)).reverse();
    const { items, token } = pageOf(jobs, `imports of ${pool.id}`, optionalText(body, "PaginationToken"), size);
    return { UserImportJobs: items, ...(token === undefined ? {} : { PaginationToken: token }) };
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
  const hashing = PasswordHashingAlgorithm === undefined ? {} : { PasswordHashingAlgorithm };
  return { UserImportJob: importJobType(pool, pool.imports.create({ JobName, CloudWatchLogsRoleArn, ...hashing })) };
}
