import { jsonOf } from "./json-of";

/** A line as the function's own log writes it (handler/triggers/user-migration/log.ts), as far as it is shown. */
export interface OwnLine {
  readonly timestamp: string;
  readonly message: string;
  readonly duration_ms: number;
  readonly outcome?: string;
  readonly would_be?: string;
  readonly reason?: string;
  readonly trigger_source?: string;
  readonly user?: string;
  readonly cold_start?: boolean;
  readonly error_name?: string;
  readonly dropped_attributes?: readonly string[];
  readonly dropped_factors?: readonly string[];
}

/** @returns undefined for a line that the function did not write itself, such as a crash. */
export function ownLine(line: string): OwnLine | undefined {
  const parsed = jsonOf(line) as Partial<OwnLine> | null | undefined;
  const { timestamp, message, duration_ms: duration, outcome, would_be: wouldBe } = parsed ?? {};
  const isOwn =
    [message, outcome ?? wouldBe].every((value) => typeof value === "string") &&
    !Number.isNaN(Date.parse(String(timestamp)));
  return isOwn && typeof duration === "number" ? (parsed as OwnLine) : undefined;
}
