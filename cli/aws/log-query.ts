import { setTimeout as wait } from "node:timers/promises";
import { GetQueryResultsCommand, type ResultField, StartQueryCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import type { ConfirmedPool } from "./confirmed-pool";
import { becauseOf } from "./explain-aws-error";

/** Values by the name that the query gave them. */
export type LogRow = Readonly<Record<string, string>>;

export interface Unanswered {
  readonly because: string;
  /** What somebody may decide by; the sentence is for people. */
  readonly kind?: "no_log_group";
}

export interface LogQuery {
  readonly logGroup: string;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
  readonly query: string;
  readonly from: Date;
  readonly to: Date;
  readonly signal: AbortSignal;
  readonly commands: CommandLines;
  /** Between two questions; the real time unless given. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The function's log, as long as it is kept. */
export interface KeptLog extends Pick<LogQuery, "signal" | "commands"> {
  readonly settings: Pick<DestinationSettings, "names" | "logRetentionDays">;
  /** The first day; otherwise all of it. */
  readonly since: string | undefined;
  readonly now: Date;
}

const DAY_MS = 86_400_000;

/** Asks {@link queryLog} about the function's log, and says from when on. */
export async function queryKeptLog(
  place: Pick<ConfirmedPool, "aws">,
  query: string,
  { settings: { names, logRetentionDays }, since, now, signal, commands }: KeptLog,
): Promise<{ readonly since: Date; readonly rows: readonly LogRow[] } | Unanswered> {
  const from = new Date(Math.max(now.getTime() - logRetentionDays * DAY_MS, new Date(since ?? 0).getTime()));
  const rows = await queryLog(place, { logGroup: names.logGroup, query, from, to: now, signal, commands });
  return "because" in rows ? rows : { since: from, rows };
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 2000;
/** Two minutes: gigabytes are read in seconds, and an operator waits for what is worth waiting for. */
const POLLS = 62;

const PENDING: ReadonlySet<string | undefined> = new Set(["Scheduled", "Running", "Unknown"]);

/**
 * Has CloudWatch Logs Insights answer a question over a whole log, without reading its lines here.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 *
 * @returns the rows of the answer, or why there is none: who may list users need not read the log.
 */
export async function queryLog(
  place: Pick<ConfirmedPool, "aws">,
  query: LogQuery,
): Promise<readonly LogRow[] | Unanswered> {
  try {
    return await answerTo(place, query);
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException")
      return { kind: "no_log_group", because: noLogGroup(query) };
    return becauseOf(error, query.signal);
  }
}

/** The stack that makes the function makes its log group, too. */
const noLogGroup = ({ logGroup, commands }: LogQuery): string =>
  `there is no log group ${logGroup}: no function of this USER_POOL_NAME is deployed (${commands.cdktf("deploy", "destination")}), or it is destroyed.`;

async function answerTo(
  { aws }: Pick<ConfirmedPool, "aws">,
  { logGroup, query, from, to, signal, pause = pauseFor }: LogQuery,
): Promise<readonly LogRow[] | Unanswered> {
  const logs = aws.logs();
  const { queryId } = await logs.send(
    new StartQueryCommand({
      logGroupName: logGroup,
      queryString: query,
      startTime: Math.floor(from.getTime() / 1000),
      endTime: Math.ceil(to.getTime() / 1000),
    }),
    { abortSignal: signal },
  );
  for (let poll = 0; poll < POLLS; poll += 1) {
    await pause(Math.min(FIRST_WAIT_MS * 2 ** poll, LONGEST_WAIT_MS), signal);
    const { status, results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }), { abortSignal: signal });
    if (status === "Complete") return results.map(rowOf);
    if (!PENDING.has(status)) return { because: `CloudWatch Logs ended the query over ${logGroup} as ${status}` };
  }
  return { because: `CloudWatch Logs did not answer the query over ${logGroup} within two minutes` };
}

const pauseFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, { signal });

const rowOf = (fields: readonly ResultField[]): LogRow =>
  Object.fromEntries(fields.map(({ field = "", value = "" }) => [field, value]));
