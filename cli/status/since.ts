import { CommandError, EXIT } from "../program/exit";
import type { IsoDay } from "./progress-so-far";

/** There were no user pools before: https://aws.amazon.com/blogs/aws/amazon-cognito-your-user-pools-now-generally-available/ */
const FIRST_DAY: IsoDay = "2016-01-01";

/** @throws {CommandError} USAGE for what is no day, and for a day on which there was nothing to count. */
export function sinceDay(text: string, now: Date): IsoDay {
  const today = now.toISOString().slice(0, 10);
  if (!isDay(text)) throw wrong(text, "a day such as 2026-01-31");
  if (text > today) throw wrong(text, `a day that has begun; today is ${today} in UTC`);
  if (text < FIRST_DAY) throw wrong(text, `${FIRST_DAY} or later: Cognito had no user pools before`);
  return text;
}

const wrong = (found: string, expected: string): CommandError =>
  new CommandError(EXIT.USAGE, `--since: found "${found}", expected ${expected}.`);

/** There is no 31 February, which Date would take for a day in March. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 10) === text;
