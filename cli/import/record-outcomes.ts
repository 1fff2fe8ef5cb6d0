import { createReadStream } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { paginateGetLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { type InferOutput, strictTuple, string } from "valibot";
import { parseJson } from "../../config/json-text";
import { visible } from "../../config/visible";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { ifThere } from "../aws/if-there";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { writeWhole } from "../program/whole-file";
import { JobLog, type NotImported, parseLogLine } from "./job-log";
import { notImportedFile, outcomesFile, usersFile } from "./run-files";

const LETTERS = { SUCCEEDED: "I", SKIPPED: "S", FAILED: "F", UNKNOWN: "?" };

/**
 * Writes down what became of each row, and lists the users behind those that were not imported. Both files replace
 * those of an earlier attempt, so this can be done again.
 *
 * @returns whether the log told of every row.
 */
export async function recordOutcomes(
  place: ConfirmedPool,
  job: EndedJob,
  { signal, terminal }: Context,
): Promise<boolean> {
  const log = await readJobLog(place, job, signal).catch((error: unknown) => {
    if (signal.aborted || !(error instanceof Error) || error.name !== "AccessDeniedException") throw error;
    terminal.say(
      `The log of job ${job.jobId} may not be read with these credentials (logs:GetLogEvents on ${logGroupOf(place.userPool)}): ` +
        "which rows failed, and why, stays unknown here.",
    );
    return new JobLog(job.rows);
  });
  const outcomes = log.outcomes();
  const letters = Buffer.alloc(job.rows);
  for (let row = 0; row < job.rows; row += 1) letters.write(LETTERS[outcomes.of(row) ?? "UNKNOWN"], row);
  const lines = [
    ...(await withUsers(outcomes.notImported, usersFile(job.directory, job.part))),
    ...outcomes.unplaced.map((message) => ({ username: null, outcome: "UNKNOWN", message })),
  ];
  writeWhole(outcomesFile(job.directory, job.part), letters, 0o600);
  writeWhole(
    notImportedFile(job.directory, job.part),
    lines.map((line) => `${visible(JSON.stringify(line))}\n`).join(""),
    0o600,
  );
  return outcomes.complete;
}

/** @param ordered By row, so that the file is read once and not kept. */
async function withUsers(ordered: readonly NotImported[], file: string): Promise<object[]> {
  if (ordered.length === 0) return [];
  const named: object[] = [];
  let row = 0;
  for await (const [username] of readUsers(file)) {
    for (let next = ordered[named.length]; next?.row === row; next = ordered[named.length])
      named.push({ username, outcome: next.outcome, message: next.message });
    row += 1;
  }
  return named;
}

/** `[username, sub, username at the destination]` of each row. */
const rowUser = strictTuple([string(), string(), string()]);

/** In the order of the rows. @throws {CommandError} CHECKS_FAILED for a line that no export has written. */
export async function* readUsers(file: string): AsyncGenerator<InferOutput<typeof rowUser>> {
  let row = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    row += 1;
    const parsed = parseJson(rowUser, line);
    if ("found" in parsed)
      throw new CommandError(
        EXIT.CHECKS_FAILED,
        `${shownPath(file)}, line ${row}: found ${parsed.found}, expected the user of that row. The file is damaged, and nothing says whose row is whose. ` +
          `Move the folder ${shownPath(dirname(file))} away, and run the same command again.`,
      );
    yield parsed.value;
  }
}

export interface EndedJob {
  readonly directory: string;
  readonly part: number;
  /** Users in the file. */
  readonly rows: number;
  readonly jobId: string;
  readonly jobName: string;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
}

/** The log may come behind the job: it is asked again after so many milliseconds. */
const WAITS = [250, 500, 1000, 2000, 4000, 8000, 16_000];

/**
 * Reads a job's log from CloudWatch Logs, until it tells of as many rows as the job says that it has dealt with.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cloudwatch.html
 */
export async function readJobLog(place: ConfirmedPool, job: EndedJob, signal: AbortSignal): Promise<JobLog> {
  let log = await readOnce(place, job);
  for (const milliseconds of WAITS) {
    if (log.seen >= job.imported + job.skipped + job.failed) break;
    await wait(milliseconds, undefined, { signal });
    log = await readOnce(place, job);
  }
  return log;
}

async function readOnce({ aws, userPool }: ConfirmedPool, { jobId, jobName, rows }: EndedJob): Promise<JobLog> {
  const log = new JobLog(rows);
  const stream = { logGroupName: logGroupOf(userPool), logStreamName: `${jobId}/${jobName}` };
  // The end gives the token back that it was asked with. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
  const pages = paginateGetLogEvents({ client: aws.logs(), stopOnSameToken: true }, { ...stream, startFromHead: true });
  // There may be no stream yet.
  await ifThere(["ResourceNotFoundException"], async () => {
    for await (const { events = [] } of pages)
      for (const { message = "" } of events) {
        const line = parseLogLine(message);
        if (line !== undefined) log.add(line);
      }
  });
  return log;
}

export const logGroupOf = ({ Id = "", Name = "" }: ConfirmedPool["userPool"]): string =>
  `/aws/cognito/userpools/${Id}/${Name}`;
