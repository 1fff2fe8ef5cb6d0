import { randomUUID } from "node:crypto";
import { jsonOf } from "./json-of";
import type { Row } from "./log-expression";
import { answer } from "./log-query";
import { AwsException, resourceNotFound } from "./user-pool/exception";
import { type Body, text } from "./user-pool/input";

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
export class LogQueries {
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

  /** What IAM is asked about. @throws ResourceNotFoundException */
  groupOf(body: Body): string {
    return this.find(body).group;
  }

  private find(body: Body): Started {
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
