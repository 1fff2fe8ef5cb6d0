import { createHmac } from "node:crypto";
import { USER_MIGRATION } from "../../rules/triggers";
import { userHash } from "../../rules/user-hash";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { type KeptLog, type LogRow, queryKeptLog } from "../aws/log-query";
import type { LogEntry, LogFacts } from "./facts";

/** Newest lines that are shown: enough for a bad morning of one person. */
const MOST = 20;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Display.html */
const FIELDS = ["at_ms", "user", "outcome", "reason", "would_be", "trigger_source", "error_name"] as const;

/** @param hashes Of names: no name leaves this program, nor does the key. */
export const linesOf = (hashes: readonly string[]): string =>
  [
    `filter user in [${hashes.map((hash) => `"${hash}"`).join(", ")}]`,
    "fields toMillis(@timestamp) as at_ms",
    "sort at_ms desc",
    `limit ${MOST}`,
    `display ${FIELDS.join(", ")}`,
  ].join(" | ");

/** What the function wrote about sign-ins with these names, newest first. */
export async function readLog(
  destination: Pick<ConfirmedPool, "aws">,
  names: readonly string[],
  logUserKey: string,
  log: KeptLog,
): Promise<LogFacts> {
  const nameOf = new Map(names.map((name) => [userHash(createHmac, logUserKey, name), name]));
  const answer = await queryKeptLog(destination, linesOf([...nameOf.keys()]), log);
  if ("because" in answer) return answer;
  const { since, rows } = answer;
  const entries = rows.map((row) => entryOf(row, nameOf));
  return entries.every((entry) => entry !== undefined)
    ? { since, entries, keptDays: log.settings.logRetentionDays }
    : { because: "CloudWatch Logs answered with something else than the lines that it was asked for" };
}

/** @returns undefined for what is no line of the function. */
export function entryOf(row: LogRow, nameOf: ReadonlyMap<string, string>): LogEntry | undefined {
  const { at_ms: at, user = "", outcome, reason, would_be: wouldBe } = row;
  const name = nameOf.get(user);
  // A value that a line does not have comes as nothing, or does not come.
  const told = wouldBe || reason || outcome;
  if (name === undefined || !at || !Number.isFinite(Number(at)) || !told) return undefined;
  return {
    at: new Date(Number(at)),
    name,
    outcome: told,
    isForgottenPassword: row["trigger_source"] === USER_MIGRATION.sources.forgotPassword,
    isTried: Boolean(wouldBe),
    errorName: row["error_name"] || undefined,
  };
}
