import type { DestinationSettings } from "../../config/deployment";
import { EVENT_WINDOW_SECONDS } from "../../rules/token-function";
import { type ConfirmedPool, estimateOf } from "../aws/confirmed-pool";
import { groupsOf, membersOf } from "../groups/group-calls";
import { KeyIndex } from "../pools/key-index";
import { isCaseSensitive } from "../pools/pool-rules";
import { readStampKeys } from "../pools/stamp-keys";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { StampCount } from "./stamp-count";

/** A sign-in is over by then, and with it what the token function did in it: clocks differ by a few seconds of that. */
const SIGN_IN_SECONDS = 60;

/**
 * Reads the keys of the stamps and the members of the destination's groups, so that stamps can be counted.
 *
 * @throws {CommandError} where there are no stamps, or the keys cannot be read: who asks for numbers of stamps gets no others.
 */
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
