import { createHmac } from "node:crypto";
import type { CommandLines } from "../../config/command-lines";
import { userHash } from "../../rules/user-hash";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { type LogRow, queryLog } from "../aws/log-query";
import type { LogEntry, LogFacts } from "./facts";

/** Newest lines that are shown: enough for a bad morning of one person. */
const MOST = 20;

const DAY_MS = 86_400_000;

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
  ask: {
    readonly logUserKey: string;
    readonly logGroup: string;
    readonly logRetentionDays: number;
    readonly since: string | undefined;
    readonly now: Date;
    readonly signal: AbortSignal;
    readonly commands: CommandLines;
  },
): Promise<LogFacts> {
  const { logGroup, now, signal, commands, logUserKey, logRetentionDays: keptDays } = ask;
  const nameOf = new Map(names.map((name) => [userHash(createHmac, logUserKey, name), name]));
  const from = new Date(Math.max(now.getTime() - keptDays * DAY_MS, new Date(ask.since ?? 0).getTime()));
  const query = linesOf([...nameOf.keys()]);
  const rows = await queryLog(destination, { logGroup, query, from, to: now, signal, commands });
  if ("because" in rows) return rows;
  const entries = rows.map((row) => entryOf(row, nameOf));
  return entries.every((entry) => entry !== undefined)
    ? { since: from, entries, keptDays }
    : { because: "CloudWatch Logs answered with something else than the lines that it was asked for" };
}

/** @returns undefined for what is no line of the function. */
export function entryOf(row: LogRow, nameOf: ReadonlyMap<string, string>): LogEntry | undefined {
  const {
    at_ms: at,
    user = "",
    outcome,
    reason,
    would_be: wouldBe,
    trigger_source: source,
    error_name: errorName,
  } = row;
  const name = nameOf.get(user);
  // A value that a line does not have comes as nothing, or does not come.
  const told = wouldBe || reason || outcome;
  if (name === undefined || !at || !Number.isFinite(Number(at)) || !told) return undefined;
  return {
    at: new Date(Number(at)),
    name,
    outcome: told,
    isForgottenPassword: source === "UserMigration_ForgotPassword",
    isTried: Boolean(wouldBe),
    errorName: errorName || undefined,
  };
}
