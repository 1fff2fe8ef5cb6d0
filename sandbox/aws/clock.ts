const DAY_MS = 86_400_000;

/** The time in the user pools and in the logs: the real one, or as many days before it as somebody has turned it back. */
export class Clock {
  private daysBack = 0;

  /** @param days 0 is the real time again, and less than one a part of a day. */
  turnBack(days: number): void {
    this.daysBack = days;
  }

  readonly now = (): Date => new Date(Date.now() - this.daysBack * DAY_MS);
}
