import { credentialsOf } from "../aws/call-origin";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import type { SigningCredentials } from "../aws/limited-credentials";
import { duration } from "../program/duration";
import type { Terminal } from "../program/terminal";

/** AWS gives none that end sooner: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SHORTEST_SESSION_SECONDS = 900;

/** How the SDK marks what it has read once and reads no more. */
const READ_ONCE = ["CREDENTIALS_ENV_VARS", "CREDENTIALS_PROFILE"];

export interface Lasting extends Pick<SigningCredentials, "sessionToken" | "expiration"> {
  readonly $source?: Readonly<Record<string, unknown>>;
}

/** @returns what to know of them before so many seconds of reading; undefined when they last. */
export function outlasted(
  { sessionToken, expiration, $source = {} }: Lasting,
  whose: string,
  seconds: number,
  now: Date,
): string | undefined {
  const takes = `reading takes about ${duration(seconds)}`;
  const better =
    "and nothing renews them: if they end on the way, what was read is not kept. Use a profile that renews them: with role_arn, sso_session " +
    "or credential_process.";
  if (expiration === undefined)
    return sessionToken === undefined || seconds < SHORTEST_SESSION_SECONDS
      ? undefined
      : `${whose} are temporary and do not say when they end. The ${takes}, ${better}`;
  if (expiration.getTime() - now.getTime() > seconds * 1000) return undefined;
  const ends = `${whose} end at ${expiration.toISOString()}. The ${takes}`;
  return READ_ONCE.some((mark) => mark in $source)
    ? `${ends}, ${better}`
    : `${ends}: they are renewed for as long as the session behind them lasts. Where that is a sign-in (IAM Identity Center: 8 h, unless your administrator says otherwise), sign in anew first.`;
}

/** Says before a long reading whose credentials may end on the way. */
export async function announceEnds(
  places: readonly ConfirmedPool[],
  seconds: number,
  { terminal, now }: { readonly terminal: Pick<Terminal, "say">; now(): Date },
): Promise<void> {
  for (const { aws, side } of places) {
    const whose = `The credentials of the ${side.name} (${credentialsOf(side)})`;
    const text = outlasted(await aws.credentials(), whose, seconds, now());
    if (text !== undefined) terminal.say(text);
  }
}
