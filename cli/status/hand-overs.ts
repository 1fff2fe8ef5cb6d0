import type { Kind } from "../../rules/outcome";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { type KeptLog, type LogRow, queryKeptLog, type Unanswered } from "../aws/log-query";

/** What the function handed to Cognito, and what Cognito did not keep (docs/decisions/0015-handed-over-again.md). */
export interface HandOvers {
  readonly since: Date;
  /** Names under which somebody was handed over. */
  readonly names: number;
  /** How often. Within a clock minute they count as one. */
  readonly handOvers: number;
  /** Names that were handed over again, a minute later or more. */
  readonly namesAgain: number;
  /** How often, without the first time of each: so many hand-overs before were in vain, unless somebody deleted the user. */
  readonly timesAgain: number;
  /** When one of these names was handed over last; absent where there is none. */
  readonly lastAgain?: Date;
}

const HANDED_OVER = ["migrated", "reset_required"] as const satisfies readonly Kind[];

/**
 * Within it Cognito may have called again by itself, for want of an answer in five seconds; how often, AWS does not say.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
const AGAIN_MS = 60_000;

/**
 * One row over all names, so that neither a hash nor a line leaves the log, however many users there are. A query may have
 * two `stats`; the second sees what the first has named.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html
 */
export const HAND_OVERS_QUERY = [
  `filter outcome in [${HANDED_OVER.map((kind) => `"${kind}"`).join(", ")}]`,
  "filter ispresent(user)",
  "fields toMillis(@timestamp) as at_ms",
  `fields floor(at_ms / ${AGAIN_MS}) as at_minute`,
  `stats count_distinct(at_minute) as times, max(at_ms) as last_ms, least(floor((max(at_ms) - min(at_ms)) / ${AGAIN_MS}), 1) as again by user`,
  "stats count(*) as names, sum(times) as hand_overs, sum(again) as names_again, sum(again * (times - 1)) as times_again, max(again * last_ms) as last_again_ms",
].join(" | ");

export async function handOversOf(
  destination: Pick<ConfirmedPool, "aws">,
  log: KeptLog,
): Promise<HandOvers | Unanswered> {
  const answer = await queryKeptLog(destination, HAND_OVERS_QUERY, log);
  return "because" in answer ? answer : handOversFrom(answer.rows[0], answer.since);
}

/** @param row Undefined: nobody was handed over. */
export function handOversFrom(row: LogRow | undefined, since: Date): HandOvers | Unanswered {
  const [names = 0, handOvers = 0, namesAgain = 0, timesAgain = 0, lastAgain = 0] =
    row === undefined
      ? []
      : ["names", "hand_overs", "names_again", "times_again", "last_again_ms"].map((name) => numberOf(row[name]));
  if (![names, handOvers, namesAgain, timesAgain, lastAgain].every(Number.isFinite))
    return { because: "CloudWatch Logs answered with something else than the five numbers that it was asked for" };
  const counts = { since, names, handOvers, namesAgain, timesAgain };
  return namesAgain === 0 ? counts : { ...counts, lastAgain: new Date(lastAgain) };
}

/** An empty text would count as 0. */
const numberOf = (text: string | undefined): number => (text ? Number(text) : Number.NaN);
