import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { UserImportJobStatusType } from "@aws-sdk/client-cognito-identity-provider";
import type { LogStore } from "../logs";
import { createUser, type PoolOfUsers } from "./create-user";
import { AwsException, resourceNotFound } from "./exception";
import { type CsvPool, columnsOf, MAX_BYTES, MAX_ROWS, readRow } from "./import-csv";

/** Rows between two looks at whether the job is to stop. */
const ROWS_AT_A_TIME = 500;
const UPLOAD_MINUTES = 15;
const NO_LOG =
  "The CloudWatch Logs role cannot be assumed, does not have the correct access policy, or has been deleted.";

/** Where the users of the jobs go. */
interface ImportTarget extends PoolOfUsers, CsvPool {
  readonly importLogGroup: string;
}

/** What the jobs need of the account around the pool. */
export interface ImportSurroundings {
  readonly logs: LogStore;
  /** Whether a user import job runs anywhere in the account. */
  readonly accountIsImporting: () => boolean;
  /** Whether Cognito can write the log of an import job with this role; with any unless given. */
  readonly canLogImports?: (roleArn: string) => Promise<boolean>;
}

/** The import jobs of one user pool. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html */
export class ImportJobs {
  private readonly jobs: ImportJob[] = [];
  private gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
  /** After so many rows that were not imported the next job fails as a whole, if it is set. */
  failAfter: number | undefined;

  constructor(
    private readonly pool: ImportTarget,
    private readonly props: ImportSurroundings,
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
    return this.jobs.some(isActive);
  }

  get(jobId: string): ImportJob {
    const job = this.jobs.find(({ JobId }) => JobId === jobId);
    if (job === undefined) throw resourceNotFound(`Import job ${jobId} does not exist.`);
    return job;
  }

  create(given: Pick<ImportJob, "JobName" | "CloudWatchLogsRoleArn" | "PasswordHashingAlgorithm">): ImportJob {
    const job: ImportJob = {
      ...given,
      JobId: `import-${randomBytes(5).toString("hex")}`,
      uploadKey: randomBytes(24).toString("base64url"),
      created: this.pool.now(),
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
    if (!this.pool.settings.AutoVerifiedAttributes?.length)
      throw refuse("The user pool has no auto-verified attributes.");
    // Seen in https://github.com/aws-amplify/amplify-js/issues/6416
    if (job.file === undefined) throw refuse(`No csv file was uploaded for ${job.JobId}`);
    if (this.props.accountIsImporting()) throw refuse("Another user import job is in progress in this account.");
    job.status = "Pending";
    job.started = this.pool.now();
    setImmediate(() => void this.run(job, job.file ?? ""));
  }

  stop(job: ImportJob): void {
    if (!["Created", "Pending", "InProgress"].includes(job.status))
      throw new AwsException("PreconditionNotMetException", `The job is ${job.status}.`);
    job.status = job.status === "InProgress" && this.gate === undefined ? "Stopping" : "Stopped";
    if (job.status === "Stopped") job.completed = this.pool.now();
  }

  private async run(job: ImportJob, file: string): Promise<void> {
    if (!hasBeenStopped(job)) job.status = "InProgress";
    await this.gate?.opened;
    let failure: string | undefined;
    try {
      if ((await this.props.canLogImports?.(job.CloudWatchLogsRoleArn)) === false) throw new Error(NO_LOG);
      await this.importRows(job, file);
    } catch (error) {
      failure = (error as Error).message;
    }
    const stopped = hasBeenStopped(job);
    job.status = stopped ? "Stopped" : failure === undefined ? "Succeeded" : "Failed";
    job.message = stopped ? "The user import job has been stopped." : (failure ?? "Import job completed.");
    job.completed = this.pool.now();
  }

  /** @throws what makes the job fail as a whole. */
  private async importRows(job: ImportJob, file: string): Promise<void> {
    const [header = "", ...rows] = file.split(/\r?\n/).filter(Boolean);
    if (Buffer.byteLength(file) > MAX_BYTES) throw new Error("The .csv file is larger than 100 MB.");
    if (rows.length > MAX_ROWS) throw new Error("The .csv file has more than 500,000 users.");
    const columns = columnsOf(this.pool, header);
    for (const [index, row] of rows.entries()) {
      if (index % ROWS_AT_A_TIME === 0) await nextTurn();
      await this.gate?.opened;
      if (hasBeenStopped(job)) return;
      // The header is line 1.
      this.importRow(job, columns, row, index + 2);
      if (job.skipped + job.failed > (this.failAfter ?? Number.POSITIVE_INFINITY))
        throw new Error("Too many users have failed or been skipped during the import.");
    }
  }

  /** What the log says of a row names its line and no user. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cloudwatch.html */
  private importRow(job: ImportJob, columns: readonly string[], row: string, line: number): void {
    const tell = (outcome: string, message: string): void =>
      this.props.logs.write(
        this.pool.importLogGroup,
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

export interface ImportJob {
  readonly JobId: string;
  readonly JobName: string;
  readonly CloudWatchLogsRoleArn: string;
  readonly PasswordHashingAlgorithm?: string | undefined;
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
