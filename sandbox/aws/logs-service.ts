import { jsonOf } from "./json-of";
import { type JsonService, jsonService } from "./json-service";
import type { LogEvent, LogStore } from "./logs";
import type { Guard } from "./signed-service";
import { invalidParameter } from "./user-pool/exception";
import { type Body, optionalText, text, texts } from "./user-pool/input";
import { pageOf } from "./user-pool/pages";

type Named = LogEvent & { readonly logStreamName: string };

/** CloudWatch Logs, reading only. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html */
export const logsService = ({ storeOf, ...guard }: Guard & { readonly storeOf: JsonService<LogStore>["contextOf"] }) =>
  jsonService(guard, {
    prefix: "logs",
    contextOf: storeOf,
    operations: OPERATIONS,
    resourceOf: (operation, store, body) =>
      operation === "DescribeLogGroups" ? undefined : `log-group:${groupOf(operation, store, body)}:*`,
  });

const OPERATIONS: JsonService<LogStore>["operations"] = {
  DescribeLogGroups: (store, body) => {
    const prefix = optionalText(body, "logGroupNamePrefix") ?? "";
    const names = store.groupNames.filter((name) => name.startsWith(prefix));
    return paged(
      names.map((logGroupName) => ({ logGroupName, retentionInDays: store.retention.get(logGroupName) })),
      body,
      "logGroups",
      50,
    );
  },
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
  DescribeLogStreams: (store, body) => {
    const prefix = optionalText(body, "logStreamNamePrefix") ?? "";
    const streams = store.streams(groupNamed(body)).filter(({ name }) => name.startsWith(prefix));
    const described = streams.map(({ name, created, events }) => ({
      logStreamName: name,
      creationTime: created,
      firstEventTimestamp: events[0]?.timestamp,
      lastEventTimestamp: events.at(-1)?.timestamp,
      lastIngestionTime: events.at(-1)?.ingestionTime,
    }));
    return paged(described, body, "logStreams", 50);
  },
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
  GetLogEvents: (store, body) => {
    const all = store.stream(groupNamed(body), text(body, "logStreamName")).events.filter(inTime(body));
    const size = Number(body["limit"] ?? 10_000);
    const start = body["startFromHead"] === true ? 0 : Math.max(0, all.length - size);
    const from = Number(/^[fb]\/(\d+)$/.exec(optionalText(body, "nextToken") ?? "")?.[1] ?? start);
    const events = all.slice(from, from + size);
    // At the end the same token comes back: that is how a caller knows.
    return {
      events,
      nextForwardToken: `f/${from + events.length}`,
      nextBackwardToken: `b/${Math.max(0, from - size)}`,
    };
  },
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
  FilterLogEvents: (store, body) => {
    const names = texts(body, "logStreamNames");
    const prefix = optionalText(body, "logStreamNamePrefix") ?? "";
    const matches = matcher(optionalText(body, "filterPattern") ?? "");
    const events = store
      .streams(groupNamed(body))
      .filter(({ name }) => (names === undefined || names.includes(name)) && name.startsWith(prefix))
      .flatMap(({ name, events }) => events.map((event): Named => ({ ...event, logStreamName: name })))
      .filter(inTime(body))
      .filter(({ message }) => matches(message))
      .sort((a, b) => a.timestamp - b.timestamp || a.eventId.localeCompare(b.eventId));
    return paged(events, body, "events", 10_000);
  },
  StartQuery: (store, body) => store.queries.start(store.streams(groupNamed(body)), groupNamed(body), body),
  GetQueryResults: (store, body) => store.queries.results(body),
};

/** A query's results are the log group's, too. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
const groupOf = (operation: string, store: LogStore, body: Body): string =>
  operation === "GetQueryResults" ? store.queries.find(body).group : groupNamed(body);

function groupNamed(body: Body): string {
  const name =
    optionalText(body, "logGroupName") ?? optionalText(body, "logGroupIdentifier")?.split(":log-group:").at(-1);
  return name?.replace(/:\*$/, "") ?? text(body, "logGroupName");
}

function paged<T>(all: readonly T[], body: Body, member: string, most: number): object {
  const size = Math.min(Number(body["limit"] ?? most), most);
  const { items, token } = pageOf(all, member, optionalText(body, "nextToken"), size);
  return { [member]: items, nextToken: token };
}

function inTime({ startTime = 0, endTime = Number.POSITIVE_INFINITY }: Body): (event: LogEvent) => boolean {
  return ({ timestamp }) => timestamp >= Number(startTime) && timestamp < Number(endTime);
}

/**
 * Terms that must all be there, those in quotes as they stand, or `{ $.field = "value" }` over lines of JSON. The rest of the
 * language is refused rather than misread. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function matcher(pattern: string): (message: string) => boolean {
  const trimmed = pattern.trim();
  const field = /^\{\s*\$\.(\w+)\s*=\s*"([^"]*)"\s*\}$/.exec(trimmed);
  if (field !== null) {
    const [, name = "", value] = field;
    return (message) => (jsonOf(message) as Body | null | undefined)?.[name] === value;
  }
  const terms = [...trimmed.matchAll(/"([^"]*)"|([\w.:@-]+)|(\S)/g)];
  if (terms.some(([, , , foreign]) => foreign !== undefined))
    throw invalidParameter(`the sandbox does not read the filter pattern ${pattern}`);
  return (message) => terms.every(([, quoted, bare]) => message.includes(quoted ?? bare ?? ""));
}
