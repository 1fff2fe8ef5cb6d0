import { TRIED, type TriedReport } from "../../../rules/tried";
import type { LogEntry } from "./log";

/** Whether an operator tries a sign-in: nothing but `true` says so. */
export function isTried(event: unknown): event is object {
  return typeof event === "object" && event !== null && (event as { readonly [TRIED]?: unknown })[TRIED] === true;
}

/**
 * The answer with what the operator wants to know of it: what may stand in the log, and why an attribute stays behind. Without the
 * request, which has the password in it: Cognito would want it back, and whoever tries may write the answer to a file. Nor does it show the
 * stamp, which would be good for the user who then really comes.
 */
export function withReport(answer: object, entry: LogEntry, stampAttribute?: string): object {
  const { request: _, ...rest } = withoutStamp(answer, stampAttribute) as { readonly request?: unknown };
  const { outcome, errorName, droppedAttributes: dropped = {}, factors = [], droppedFactors = [] } = entry;
  const { calls, coldStart } = entry;
  const durationMs = Math.round(entry.durationMs);
  const report: TriedReport = { outcome, errorName, dropped, factors, droppedFactors, calls, durationMs, coldStart };
  return { ...rest, [TRIED]: report };
}

const NO_STAMP = "a stamp";

function withoutStamp(answer: object, attribute: string | undefined): object {
  const { response } = answer as {
    readonly response?: { readonly userAttributes?: Record<string, string> | null } | null;
  };
  const attributes = response?.userAttributes;
  if (attribute === undefined || attributes?.[attribute] === undefined) return answer;
  return { ...answer, response: { ...response, userAttributes: { ...attributes, [attribute]: NO_STAMP } } };
}
