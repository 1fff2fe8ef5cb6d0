import type { Migrated } from "../../rules/token-groups";
import { nameOf } from "../aws/error-name";
import type { TokenCalls } from "../aws/token-calls";
import { Once } from "./once";

/** How long nothing more of a kind is sent after a failure: whoever waits for a token must not pay for each, and administrators share the quota. */
const PAUSE_MS = 60_000;

/** AWS has said so for good: the same again would be answered the same. */
const FINAL: ReadonlySet<string> = new Set(["ResourceNotFoundException", "UserNotFoundException"]);

/** What is due beside the token. */
export interface Due {
  readonly userPoolId: string;
  readonly username: string;
  /** Tells apart who has had a name one after the other. */
  readonly sub: string;
  readonly memberships: readonly string[];
  readonly migrated?: Migrated | undefined;
}

/** What has become of it, in numbers alone. */
export interface Sent {
  readonly membershipsAdded: number;
  readonly membershipsLeft: number;
  readonly eventsSent: number;
  readonly eventsLeft: number;
  readonly errorName?: string | undefined;
}

export const NOTHING_SENT: Sent = { membershipsAdded: 0, membershipsLeft: 0, eventsSent: 0, eventsLeft: 0 };

/** What a request that is ended by its signal throws. https://nodejs.org/api/errors.html#abort-errors */
const isTimeOver = (error: unknown): boolean =>
  (error as { readonly name?: unknown } | undefined)?.name === "AbortError";

/** What one execution environment has sent, and will not send again. */
export class Dues {
  private readonly done = new Once();
  private readonly pausedUntilMs = { memberships: 0, events: 0 };

  /** What of it has not been sent here. Undefined: all has, so that nothing need be loaded. */
  open(due: Due): Due | undefined {
    const memberships = due.memberships.filter((group) => !this.done.has("group", due.sub, group));
    const { migrated } = due;
    const isSent = migrated === undefined || this.done.has("event", migrated.sourceSub, due.sub);
    return memberships.length === 0 && isSent
      ? undefined
      : { ...due, memberships, migrated: isSent ? undefined : migrated };
  }

  /**
   * Sends it, unless a pause holds it back. Never rejects.
   *
   * @param connect Loads what sends: called only when something is sent.
   */
  async send(due: Due, busArn: string | undefined, connect: () => TokenCalls, nowMs: number): Promise<Sent> {
    const [ofGroups, ofEvent] = await Promise.all([
      this.sendMemberships(due, connect, nowMs),
      this.sendEvent(due, busArn, connect, nowMs),
    ]);
    return { ...NOTHING_SENT, ...ofGroups, ...ofEvent, errorName: ofGroups.errorName ?? ofEvent.errorName };
  }

  /** One after another: 25 a second are all that the Region has, for administrators, too. */
  private async sendMemberships(
    { sub, username, userPoolId, memberships }: Due,
    connect: () => TokenCalls,
    nowMs: number,
  ): Promise<Partial<Sent>> {
    if (nowMs < this.pausedUntilMs.memberships) return { membershipsLeft: memberships.length };
    let membershipsAdded = 0;
    let errorName: string | undefined;
    for (const group of memberships) {
      try {
        await connect().addToGroup({ userPoolId, username }, group);
        membershipsAdded += 1;
      } catch (error) {
        errorName ??= nameOf(error);
        if (!FINAL.has(nameOf(error))) {
          // Many groups take longer than there is time: that is no reason to keep others' back.
          if (membershipsAdded === 0 || !isTimeOver(error)) this.pausedUntilMs.memberships = nowMs + PAUSE_MS;
          break;
        }
      }
      this.done.add("group", sub, group);
    }
    return { membershipsAdded, membershipsLeft: memberships.length - membershipsAdded, errorName };
  }

  private async sendEvent(
    { sub, migrated }: Due,
    busArn: string | undefined,
    connect: () => TokenCalls,
    nowMs: number,
  ): Promise<Partial<Sent>> {
    if (migrated === undefined || busArn === undefined) return {};
    if (nowMs < this.pausedUntilMs.events) return { eventsLeft: 1 };
    try {
      await connect().sendEvent(busArn, migrated);
      this.done.add("event", migrated.sourceSub, sub);
      return { eventsSent: 1 };
    } catch (error) {
      this.pausedUntilMs.events = nowMs + PAUSE_MS;
      return { eventsLeft: 1, errorName: nameOf(error) };
    }
  }
}
