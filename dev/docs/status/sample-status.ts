import { forecastOf } from "../../../cli/status/forecast";
import { isoDay } from "../../../cli/status/progress-so-far";
import type { Status } from "../../../cli/status/status";
import { timelineOf } from "../../../cli/status/timeline";
import { OUTCOMES, type OutcomeName } from "../../../rules/outcome";

const AT = new Date("2026-03-20T09:30:00Z");
const DAYS = 60;
const SOURCE_USERS = 52_340;

const withMeaning = (reason: OutcomeName, signIns: number) => ({ reason, means: OUTCOMES[reason].means, signIns });

/** A made-up migration in its third month, for the picture in the docs: it slows down, and weekends are quiet. */
export function sampleStatus(): Status {
  const today = Math.floor(AT.getTime() / 86_400_000);
  const byDay = new Map(
    Array.from({ length: DAYS }, (_, day) => {
      const date = isoDay(today - DAYS + 1 + day);
      const isWeekend = [0, 6].includes(new Date(date).getUTCDay());
      return [date, Math.round(1700 * Math.exp(-day / 19) * (isWeekend ? 0.55 : 1)) + 12] as const;
    }),
  );
  const migrated = [...byDay.values()].reduce((sum, count) => sum + count, 0);
  const timeline = timelineOf({ byDay }, AT);
  return {
    at: AT,
    source: { account: "111111111111", region: "eu-west-1", userPoolId: "eu-west-1_Source001", name: "customers" },
    destination: {
      account: "222222222222",
      region: "eu-central-1",
      userPoolId: "eu-central-1_Dest0001",
      name: "identity",
    },
    users: {
      sourceUsers: SOURCE_USERS,
      destinationUsers: migrated + 318,
      notFromSource: 318,
      migrated,
      remaining: SOURCE_USERS - migrated,
      nameTaken: 0,
      stuck: 41,
      byDay,
    },
    timeline,
    outcomes: {
      since: new Date(timeline[0]?.date ?? AT),
      migrated: migrated - 130,
      resetRequired: 130,
      refused: { signIns: 4211, reasons: [withMeaning("not_authorized", 4004), withMeaning("mfa", 207)] },
      failed: { signIns: 17, reasons: [withMeaning("throttled", 17)] },
    },
    handOvers: {
      since: new Date(timeline[0]?.date ?? AT),
      names: migrated + 6,
      handOvers: migrated + 31,
      namesAgain: 9,
      timesAgain: 25,
      lastAgain: new Date("2026-03-20T08:12:00Z"),
    },
    forecast: forecastOf(timeline, SOURCE_USERS),
  };
}
