import type { SandboxOptions } from "./options";

/** A line as the function's own log writes it (handler/log.ts), as far as it is shown. */
interface OwnLine {
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

/** A line of the function's log for people. What the function did not write itself, such as a crash, stays as it is. */
export function shownLine(line: string, log: SandboxOptions["log"]): string {
  const own = log === "json" ? undefined : ownLine(line);
  return own === undefined ? line : readable(own);
}

function readable(own: OwnLine): string {
  const left = [...(own.dropped_attributes ?? []), ...(own.dropped_factors ?? [])];
  const details = [
    own.would_be ?? own.reason ?? own.error_name,
    own.reason && own.error_name,
    own.trigger_source === "UserMigration_ForgotPassword" && "forgot password",
    `${own.duration_ms} ms`,
    own.cold_start === true && "cold start",
    left.length > 0 && `left behind: ${left.join(", ")}`,
  ].filter(Boolean);
  return `${timeOf(new Date(own.timestamp))}  user ${own.user ?? "unnamed"}  ${own.message} (${details.join("; ")})`;
}

/** UTC, as the lines themselves have it. */
export const timeOf = (time: Date): string => time.toISOString().slice(11, 19);

function ownLine(line: string): OwnLine | undefined {
  try {
    const parsed = JSON.parse(line) as Partial<OwnLine> | null;
    const { timestamp, message, duration_ms: duration, outcome, would_be: wouldBe } = parsed ?? {};
    const isOwn =
      [message, outcome ?? wouldBe].every((value) => typeof value === "string") &&
      !Number.isNaN(Date.parse(String(timestamp)));
    return isOwn && typeof duration === "number" ? (parsed as OwnLine) : undefined;
  } catch {
    return undefined;
  }
}
