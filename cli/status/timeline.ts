import { dayNumber, type IsoDay, isoDay, type ProgressSoFar } from "./progress-so-far";

export interface TimelineDay {
  readonly date: IsoDay;
  readonly migrated: number;
  /** Until the end of this day. */
  readonly total: number;
}

/**
 * Every day of the migration so far, those without a migration too, today as the last. None while nobody has migrated, unless it is
 * known when the migration began.
 *
 * @param since Where the migration began. Users who were at the destination before are its base: without it, one who signed up
 *   there long ago would draw the curve back to that day.
 */
export function timelineOf({ byDay }: Pick<ProgressSoFar, "byDay">, today: Date, since?: IsoDay): TimelineDay[] {
  const days = [...byDay.keys()].map(dayNumber);
  if (since === undefined && days.length === 0) return [];
  const first = since === undefined ? Math.min(...days) : dayNumber(since);
  const last = Math.max(dayNumber(today), ...days);
  let total = days.filter((day) => day < first).reduce((sum, day) => sum + (byDay.get(isoDay(day)) ?? 0), 0);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const date = isoDay(first + at);
    const migrated = byDay.get(date) ?? 0;
    total += migrated;
    return { date, migrated, total };
  });
}
