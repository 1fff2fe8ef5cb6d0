import { randomBytes, randomUUID } from "node:crypto";
import type { LogStore } from "../logs";
import { createUser } from "./create-user";
import { AwsException, resourceNotFound } from "./exception";
import { columnsOf, MAX_BYTES, MAX_ROWS, readRow } from "./import-csv";
import { seconds } from "./input";
import type { UserPool } from "./user-pool";

export type ImportStatus =
  | "Created"
  | "Pending"
  | "InProgress"
  | "Stopping"
  | "Expired"
  | "Stopped"
  | "Failed"
  | "Succeeded";

export interface ImportJob {
  readonly JobId: string;
  readonly JobName: string;
  readonly CloudWatchLogsRoleArn: string;
  readonly PasswordHashingAlgorithm?: string;
  readonly created: Date;
  /** In the address that the file is sent to; whoever has it may send one. */
  readonly uploadKey: string;
  file: string | undefined;
  status: ImportStatus;
  started: Date | undefined;
  completed: Date | undefined;
  imported: number;
  skipped: number;
  failed: number;
  message: string | undefined;
}

/** Rows between two looks at whether the job is to stop. */
const ROWS_AT_A_TIME = 500;
const UPLOAD_MINUTES = 15;

/** The import jobs of one user pool. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html */
export class ImportJobs {
  private readonly jobs: ImportJob[] = [];
  private gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
  /** After so many rows that were not imported the next job fails as a whole, if it is set. */
  failAfter: number | undefined;

  constructor(
    private readonly pool: UserPool,
    private readonly logs: LogStore,
    /** Whether a job runs anywhere in the account. */
    private readonly accountIsBusy: () => boolean,
  ) {}

  /** Jobs that have started do not get on until {@link release}. */
  hold(): void {
    this.release();
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.gate = { opened, open };
  }

  release(): void {
    this.gate?.open();
    this.gate = undefined;
  }

  get all(): readonly ImportJob[] {
    return this.jobs;
  }

  get active(): boolean {
    return this.jobs.some(({ status }) => ["Pending", "InProgress", "Stopping"].includes(status));
  }

  get(jobId: string): ImportJob {
    const job = this.jobs.find(({ JobId }) => JobId === jobId);
    if (job === undefined) throw resourceNotFound(`Import job ${jobId} does not exist.`);
    return job;
  }

  create(given: Pick<ImportJob, "JobName" | "CloudWatchLogsRoleArn" | "PasswordHashingAlgorithm">): ImportJob {
    const job: ImportJob = {
      ...given,
      JobId: `import-${randomUUID()}`,
      uploadKey: randomBytes(24).toString("base64url"),
      created: new Date(),
      file: undefined,
      status: "Created",
      started: undefined,
      completed: undefined,
      imported: 0,
      skipped: 0,
      failed: 0,
      message: undefined,
    };
    this.jobs.push(job);
    return job;
  }

  /** @returns false for an address that is not, or no longer, one to send a file to. */
  upload(jobId: string, uploadKey: string, file: string, now: Date): boolean {
    const job = this.jobs.find((one) => one.JobId === jobId && one.uploadKey === uploadKey);
    if (job === undefined || now.getTime() - job.created.getTime() > UPLOAD_MINUTES * 60_000) return false;
    job.file = file;
    return true;
  }

  /** @throws PreconditionNotMetException when there is nothing to import, or no address to import would be verified. */
  start(job: ImportJob): void {
    const refuse = (message: string): Error => new AwsException("PreconditionNotMetException", message);
    if (job.status !== "Created") throw refuse(`The job is ${job.status}.`);
    const verified = (this.pool.settings.AutoVerifiedAttributes ?? []) as readonly string[];
    if (verified.length === 0) throw refuse("The user pool has no auto-verified attributes.");
    if (job.file === undefined) throw refuse("No .csv file has been uploaded.");
    if (this.accountIsBusy()) throw refuse("Another user import job is in progress in this account.");
    job.status = "Pending";
    job.started = new Date();
    setImmediate(() => void this.run(job, job.file ?? ""));
  }

  stop(job: ImportJob): void {
    if (!["Created", "Pending", "InProgress"].includes(job.status))
      throw new AwsException("PreconditionNotMetException", `The job is ${job.status}.`);
    job.status = job.status === "InProgress" && this.gate === undefined ? "Stopping" : "Stopped";
    if (job.status === "Stopped") job.completed = new Date();
  }

  private async run(job: ImportJob, file: string): Promise<void> {
    const [header = "", ...rows] = linesOf(file);
    if (hasBeenStopped(job)) return;
    job.status = "InProgress";
    try {
      if (Buffer.byteLength(file) > MAX_BYTES) throw new Error("The .csv file is larger than 100 MB.");
      if (rows.length > MAX_ROWS) throw new Error("The .csv file has more than 500,000 users.");
      const columns = columnsOf(this.pool, header);
      for (const [index, row] of rows.entries()) {
        if (index % ROWS_AT_A_TIME === 0) await nextTurn();
        await this.gate?.opened;
        if (hasBeenStopped(job)) break;
        // The header is line 1.
        this.importRow(job, columns, row, index + 2);
        if (job.skipped + job.failed > (this.failAfter ?? Number.POSITIVE_INFINITY))
          throw new Error("Too many users have failed or been skipped during the import.");
      }
      job.status = hasBeenStopped(job) ? "Stopped" : "Succeeded";
      job.message = job.status === "Stopped" ? "The user import job has been stopped." : "Import job completed.";
    } catch (error) {
      job.status = "Failed";
      job.message = (error as Error).message;
    }
    job.completed = new Date();
  }

  /** What the log says of a row names its line and no user. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cloudwatch.html */
  private importRow(job: ImportJob, columns: readonly string[], row: string, line: number): void {
    const tell = (outcome: string, message: string): void =>
      this.logs.write(
        `/aws/cognito/userpools/${this.pool.id}/${this.pool.name}`,
        `${job.JobId}/${job.JobName}`,
        `[${outcome}] Line Number ${line} - ${message}`,
      );
    try {
      const user = readRow(this.pool, columns, row);
      createUser(this.pool, { ...user, password: undefined, status: "RESET_REQUIRED" }, "create");
      job.imported += 1;
      tell("SUCCEEDED", "The import succeeded.");
    } catch (error) {
      if (!(error instanceof AwsException)) throw error;
      const exists = error.type === "UsernameExistsException";
      if (exists) job.skipped += 1;
      else job.failed += 1;
      tell(exists ? "SKIPPED" : "FAILED", exists ? "The user already exists." : error.message);
    }
  }
}

function hasBeenStopped({ status }: ImportJob): boolean {
  return status === "Stopping" || status === "Stopped";
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function linesOf(file: string): string[] {
  return file.split(/\r?\n/).filter((line) => line !== "");
}

/** As UserImportJobType tells. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserImportJobType.html */
export function importJobType(pool: UserPool, job: ImportJob): object {
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
