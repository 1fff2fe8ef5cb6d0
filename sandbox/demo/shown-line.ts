import { visible } from "../../config/visible";
import { triedMeans } from "../../rules/tried";
import { USER_MIGRATION } from "../../rules/triggers";
import { type OwnLine, ownLine } from "../aws/own-line";
import type { Sent } from "../aws/user-pool/codes";
import type { LogOptions } from "./options";

/** A line of the function's log for people. What the function did not write itself, such as a crash, stays as it is. */
export function shownLine(line: string, log: LogOptions["log"]): string {
  const own = log === "json" ? undefined : ownLine(line);
  return own === undefined ? line : visible(readable(own));
}

/** A code that a user pool would send, with no more of its user than Cognito tells an application. */
export function shownCode(code: string, { purpose, delivery }: Sent, side: "source" | "destination"): string {
  const { DeliveryMedium, Destination } = delivery;
  const way = { EMAIL: "e-mail", SMS: "text message" }[DeliveryMedium];
  return visible(`${timeOf(new Date())}  code ${code} (${side}, ${way} to ${Destination}, ${purpose})`);
}

/** Of lines that say the same the last; all that the function did not write itself. */
export function lastOfEachKind(lines: readonly string[]): readonly string[] {
  const kindOf = (line: string): string => {
    const { message, reason, trigger_source: source } = ownLine(line) ?? { message: line };
    return [message, reason, source].join(" ");
  };
  const last = new Map(lines.map((line, at) => [kindOf(line), at]));
  return lines.filter((line, at) => last.get(kindOf(line)) === at);
}

function readable(own: OwnLine): string {
  const left = [...(own.dropped_attributes ?? []), ...(own.dropped_factors ?? [])];
  // The function decides, and nobody is made.
  const message = own.message.replace(
    /^tried: (?:migrated|reset_required): .*/,
    `tried: ${triedMeans(own.would_be ?? "")}`,
  );
  const details = [
    own.would_be && !own.message.startsWith(`tried: ${own.would_be}:`) && own.would_be,
    own.reason,
    own.error_name,
    own.trigger_source === USER_MIGRATION.sources.forgotPassword && "forgot password",
    `${own.duration_ms} ms`,
    own.cold_start === true && "cold start",
    left.length > 0 && `left behind: ${left.join(", ")}`,
  ].filter(Boolean);
  return `${timeOf(new Date(own.timestamp))}  user ${own.user ?? "unnamed"}  ${message} (${details.join("; ")})`;
}

/** UTC, as the lines themselves have it. */
const timeOf = (time: Date): string => time.toISOString().slice(11, 19);
