import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { isWithin, LEFT_TO_COMMAND } from "../../rules/stamp";
import { EVENT_WINDOW_SECONDS } from "../../rules/token-function";
import { type ConfirmedPool, estimateOf } from "../aws/confirmed-pool";
import { groupsOf, membersOf } from "../groups/group-calls";
import { KeyIndex } from "../pools/key-index";
import { isCaseSensitive, type PoolRules } from "../pools/pool-rules";
import { readStampKeys, type StampKeys } from "../pools/stamp-keys";
import { stampedAs } from "../pools/stamped";
import { knownUser } from "../pools/user-matching";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";

export interface Stamps {
  /** Users with a stamp that verifies. */
  readonly stamped: number;
  /** Users with one that proves nothing. */
  readonly unverified: number;
  /** Of the stamped: at least one group of the stamp does not have them as a member. */
  readonly notMembers: number;
  /** Of the stamped: their groups are not in the stamp, and the command `groups` finds them. */
  readonly leftToGroups: number;
  /** Of the stamped: so young that the token function still goes by them. */
  readonly young: number;
  /** When the last one was made. */
  readonly youngest?: Date;
}

interface Counting extends Pick<PoolRules, "destinationUsernameAttributes" | "destinationCaseSensitive"> {
  readonly keys: StampKeys;
  /** The destination's. */
  readonly userPoolId: string;
  /** For how many seconds the token function goes by a stamp. */
  readonly windowSeconds: number;
  readonly now: Date;
  /** Whether the group had the user as a member when memberships were read. */
  isMember(group: string, username: string): boolean;
  /** Before it, in seconds since 1970, a membership of the user would have been there by then. */
  readonly membersAt: number;
}

/** Counts stamps while the destination's users go by. No user is kept. */
export class StampCount {
  private readonly counts = { stamped: 0, unverified: 0, notMembers: 0, leftToGroups: 0, young: 0 };
  private newest = 0;

  constructor(private readonly counting: Counting) {}

  add(users: readonly UserType[]): void {
    const { keys, userPoolId, windowSeconds, now, membersAt, isMember } = this.counting;
    const { counts } = this;
    for (const user of users) {
      const known = knownUser(user);
      const stamped = stampedAs(known, user.UserCreateDate, keys, userPoolId, this.counting);
      if (stamped.kind === "void") counts.unverified += 1;
      if (stamped.kind !== "verified") continue;
      const { issuedAt, groups } = stamped.stamp;
      counts.stamped += 1;
      this.newest = Math.max(this.newest, issuedAt);
      if (isWithin(stamped.stamp, windowSeconds, now.getTime() / 1000)) counts.young += 1;
      if (groups === LEFT_TO_COMMAND) counts.leftToGroups += 1;
      // Who came while the groups were read may have become a member since.
      else if (issuedAt < membersAt && groups.some((group) => !isMember(group, known.username))) counts.notMembers += 1;
    }
  }

  result(): Stamps {
    const { counts, newest } = this;
    return newest === 0 ? counts : { ...counts, youngest: new Date(newest * 1000) };
  }
}

/** A sign-in is over by then, and with it what the token function did in it: clocks differ by a few seconds of that. */
const SIGN_IN_SECONDS = 60;

/** @throws {CommandError} where there are no stamps, or the keys cannot be read: who asks for numbers of stamps gets no others. */
export async function stampCountOf(
  destination: ConfirmedPool,
  settings: DestinationSettings,
  { terminal, signal, now }: Context,
): Promise<StampCount> {
  const keys = await readStampKeys(destination, settings.names);
  if (keys.kind === "unread") throw new CommandError(EXIT.AWS_REFUSED, `--stamps: ${keys.because}`);
  if (keys.kind !== "on")
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      `--stamps: found ${keys.kind === "off" ? "a function that writes no stamps" : `no function ${settings.names.function}`}, expected ` +
        "the one of MIGRATION_STAMP=on. Deploy the destination.",
    );
  for (const one of keys.unread) terminal.say(`Not read: ${one}`);
  const at = now();
  const members = new KeyIndex(estimateOf(destination));
  if (settings.groupsMode !== "off") {
    terminal.say("Reads the members of the destination's groups ...");
    const turn = async (): Promise<void> => signal.throwIfAborted();
    for await (const { GroupName = "" } of groupsOf(destination, turn))
      for await (const { Username = "" } of membersOf(destination, GroupName, turn))
        members.set(keyOf(GroupName, Username), 1);
  }
  return new StampCount({
    keys,
    userPoolId: destination.side.userPoolId,
    destinationUsernameAttributes: destination.userPool.UsernameAttributes ?? [],
    destinationCaseSensitive: isCaseSensitive(destination.userPool),
    windowSeconds: windowOf(settings),
    now: at,
    isMember: (group, username) => members.get(keyOf(group, username)) !== undefined,
    membersAt: at.getTime() / 1000 - SIGN_IN_SECONDS,
  });
}

/** For how many seconds the token function goes by a stamp. */
export const windowOf = ({
  groupsMode,
  groupsWindow,
}: Pick<DestinationSettings, "groupsMode" | "groupsWindow">): number =>
  groupsMode === "off" ? EVENT_WINDOW_SECONDS : groupsWindow;

/** Neither name can hold it. */
const keyOf = (group: string, username: string): string => `${group}\0${username}`;
