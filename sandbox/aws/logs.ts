import { LogQueries, type LogStream } from "./log-queries";
import { resourceNotFound } from "./user-pool/exception";

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
