import { randomUUID } from "node:crypto";
import { jsonOf } from "./json-of";
import type { Row } from "./log-expression";
import { answer } from "./log-query";
import { AwsException, resourceNotFound } from "./user-pool/exception";
import { type Body, text } from "./user-pool/input";

/** What CloudWatch Logs keeps in one account and Region: groups of streams of lines. */
export class LogStore {
  private readonly groups = new Map<string, Map<string, LogStream>>();
  private count = 0;
  readonly queries = new LogQueries();

  /** @param now When a line is written; the real time unless given. */
  constructor(private readonly now: () => Date = () => new Date()) {}

  get groupNames(): readonly string[] {
    return [...this.groups.keys()];
  }

  /** In days, of groups for which it was set. */
  readonly retention = new Map<string, number>();

  /** @param retentionInDays As `aws_cloudwatch_log_group` sets it. */
  createGroup(name: string, retentionInDays: number): void {
    this.groups.set(name, this.groups.get(name) ?? new Map());
    this.retention.set(name, retentionInDays);
  }

  write(group: string, stream: string, message: string): void {
    const streams = this.groups.get(group) ?? new Map<string, LogStream>();
    this.groups.set(group, streams);
    const now = this.now().getTime();
    const found = streams.get(stream) ?? { name: stream, created: now, events: [] };
    streams.set(stream, found);
    this.count += 1;
    found.events.push({ timestamp: now, message, ingestionTime: now, eventId: String(this.count).padStart(56, "0") });
  }

  /** Of all streams of a group; nothing for a group that is not there. */
  messages(group: string): readonly string[] {
    const streams = [...(this.groups.get(group)?.values() ?? [])];
    return streams.flatMap(({ events }) => events.map(({ message }) => message));
  }

  /** @throws ResourceNotFoundException */
  streams(group: string): readonly LogStream[] {
    const streams = this.groups.get(group);
    if (streams === undefined) throw resourceNotFound("The specified log group does not exist.");
    return [...streams.values()];
  }

  /** @throws ResourceNotFoundException */
  stream(group: string, name: string): LogStream {
    const found = this.streams(group).find((stream) => stream.name === name);
    if (found === undefined) throw resourceNotFound("The specified log stream does not exist.");
    return found;
  }
}

export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
  readonly eventId: string;
  readonly ingestionTime: number;
}

export interface LogStream {
  readonly name: string;
  readonly created: number;
  readonly events: LogEvent[];
}

interface Started {
  readonly group: string;
  readonly rows: readonly Row[];
  /** The first who asks is told that it still runs, as nearly always on AWS. */
  asked: boolean;
}

/** Queries that were started in one account and Region, with what they have found. */
class LogQueries {
  private readonly started = new Map<string, Started>();

  /**
   * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
   *
   * @throws ResourceNotFoundException, MalformedQueryException
   */
  start(streams: readonly LogStream[], group: string, body: Body): object {
    const [from, to] = [Number(body["startTime"]) * 1000, Number(body["endTime"]) * 1000];
    const events = streams.flatMap((stream) => stream.events);
    const rows = events.filter(({ timestamp }) => timestamp >= from && timestamp <= to).map(rowOf);
    const queryId = randomUUID();
    this.started.set(queryId, { group, rows: answerTo(text(body, "queryString"), group, rows), asked: false });
    return { queryId };
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
  results(body: Body): object {
    const query = this.find(body);
    if (!query.asked) {
      query.asked = true;
      return { status: "Running", results: [] };
    }
    const results = query.rows.map((row) =>
      Object.entries(row).map(([field, value]) => ({ field, value: String(value ?? "") })),
    );
    return { status: "Complete", results };
  }

  /** @throws ResourceNotFoundException */
  find(body: Body): Started {
    const found = this.started.get(text(body, "queryId"));
    if (found === undefined) throw resourceNotFound("The specified query does not exist.");
    return found;
  }
}

/** Fields of a line of JSON are found by themselves. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
function rowOf({ message, timestamp }: LogEvent): Row {
  return { ...fieldsOf(message), "@timestamp": timestamp, "@message": message };
}

function fieldsOf(message: string): object {
  const parsed = jsonOf(message);
  return typeof parsed === "object" && parsed !== null ? parsed : {};
}

function answerTo(query: string, group: string, rows: readonly Row[]): readonly Row[] {
  try {
    return answer(`SOURCE '${group}' | ${query}`, rows);
  } catch (error) {
    throw new AwsException("MalformedQueryException", (error as Error).message);
  }
}
