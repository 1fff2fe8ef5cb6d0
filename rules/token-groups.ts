import type { NameRules } from "./names";
import { type CreateHmac, type How, isWithin, LEFT_TO_COMMAND, type Stamp, stampedNames, verifyStamp } from "./stamp";
import type { GroupsMode } from "./stamp-settings";
import { isRecord, parseTokenEvent, type TokenEvent } from "./token-event";
import { EVENT_WINDOW_SECONDS } from "./token-function";

/** Whose stamps count, and for how long. */
export interface StampRules extends Pick<NameRules, "destinationUsernameAttributes" | "destinationCaseSensitive"> {
  readonly destinationUserPoolId: string;
  /** Such as `custom:migration`. */
  readonly stampAttribute: string;
  /** Those that are accepted: the current one, and the one before it. */
  readonly stampKeys: readonly string[];
  /** Seconds for which the groups in a stamp count. */
  readonly groupsWindow: number;
}

export interface TokenRules extends StampRules {
  readonly groupsMode: GroupsMode;
  /** Whether there is a bus for events. */
  readonly sendsEvents: boolean;
}

/** What is not in the event. */
export interface TokenSurroundings {
  readonly createHmac: CreateHmac;
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}

/** Why a user with a stamp has none of its groups from it. */
export const SKIPPED = {
  stamp_refused: "the stamp is of another user, name or pool, or of a key that is no longer accepted",
  unproven: "the source has not seen the password alone",
  left_to_groups: "the groups are left to the command groups",
} as const;
export type Skipped = keyof typeof SKIPPED;

/** Who has come from where: the detail of the event. Nothing in it is a name or an address. */
export interface Migrated {
  readonly sourceSub: string;
  readonly sub: string;
  readonly userPoolId: string;
  readonly how: How;
  /** When the stamp was made, ISO 8601 in UTC. */
  readonly at: string;
}

export interface TokenDecision {
  /** For Cognito: the event itself, or a copy with another response. */
  readonly answer: unknown;
  /** How many groups the token has of the stamp alone. */
  readonly added: number;
  readonly skipped?: Skipped;
  /** Groups that the user is not a member of yet. */
  readonly memberships: readonly string[];
  readonly migrated?: Migrated;
  /** Whoever has a stamp in the profile, whatever it is worth. */
  readonly user?: { readonly username: string; readonly sub: string };
}

/**
 * What a token carries of a stamp, and what else is due. A stamp that is verified, young and of a proven password adds its groups; for
 * anything else the answer is the event itself, because half an answer would take groups away. It never throws for an event's shape.
 */
export function decideToken(event: unknown, rules: TokenRules, surroundings: TokenSurroundings): TokenDecision {
  const untouched = { answer: event, added: 0, memberships: [] };
  const parsed = parseTokenEvent(event);
  if (parsed === undefined || parsed.userPoolId !== rules.destinationUserPoolId) return untouched;
  const text = parsed.attributes[rules.stampAttribute];
  if (text === undefined || text === "") return untouched;
  const user = { username: parsed.username, sub: parsed.attributes["sub"] ?? "" };
  const stamp = stampOf(parsed, text, rules, surroundings);
  if (stamp === undefined) return { ...untouched, user, skipped: "stamp_refused" };
  const migrated = rules.sendsEvents ? migratedUser(parsed, stamp, surroundings) : undefined;
  return {
    ...untouched,
    user,
    ...(rules.groupsMode === "off" ? {} : groupsOf(event, parsed, stamp, rules, surroundings)),
    ...(migrated === undefined ? {} : { migrated }),
  };
}

function stampOf(
  { username, attributes }: TokenEvent,
  text: string,
  rules: StampRules,
  { createHmac }: TokenSurroundings,
): Stamp | undefined {
  const { destinationUserPoolId: userPoolId, stampKeys } = rules;
  const names = stampedNames({ username, attributes }, rules);
  return verifyStamp(createHmac, stampKeys, text, { userPoolId, names });
}

function groupsOf(
  event: unknown,
  parsed: TokenEvent,
  stamp: Stamp,
  { stampAttribute, groupsMode, groupsWindow }: TokenRules,
  { nowSeconds }: TokenSurroundings,
): Partial<TokenDecision> {
  if (!isWithin(stamp, groupsWindow, nowSeconds)) return {};
  if (stamp.how !== "proven") return { skipped: "unproven" };
  const isLeft = stamp.groups === LEFT_TO_COMMAND;
  const stamped = stamp.groups === LEFT_TO_COMMAND ? [] : [...new Set(stamp.groups)];
  const { known, answered = known } = parsed;
  return {
    answer: withGroups(event, parsed, stamped, stampAttribute),
    added: stamped.filter((name) => !answered.groups.includes(name)).length,
    memberships: groupsMode === "token+member" ? stamped.filter((name) => !known.groups.includes(name)) : [],
    ...(isLeft ? { skipped: "left_to_groups" } : {}),
  };
}

/**
 * Roles go in exactly as they are: what an answer does not repeat, Cognito takes away.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
function withGroups(
  event: unknown,
  { known, answered = known, answer: { member, given } }: TokenEvent,
  stamped: readonly string[],
  stampAttribute: string,
): unknown {
  const { response, ...rest } = event as { readonly response?: object | null };
  const groupOverrideDetails = {
    ...answered.whole,
    groupsToOverride: [...new Set([...answered.groups, ...stamped])],
  };
  const details =
    member === "claimsOverrideDetails"
      ? { ...given, ...suppressing(given, stampAttribute), groupOverrideDetails }
      : { ...given, idTokenGeneration: idToken(given["idTokenGeneration"], stampAttribute), groupOverrideDetails };
  return { ...rest, response: { ...response, [member]: details } };
}

const idToken = (given: unknown, attribute: string): object => {
  const members = isRecord(given) ? given : {};
  return { ...members, ...suppressing(members, attribute) };
};

/** The stamp is nobody's business whom the token is shown to. */
function suppressing(given: Readonly<Record<string, unknown>>, attribute: string): { claimsToSuppress: unknown[] } {
  const { claimsToSuppress } = given;
  return { claimsToSuppress: [...new Set([...(Array.isArray(claimsToSuppress) ? claimsToSuppress : []), attribute])] };
}

function migratedUser(
  { userPoolId, attributes: { sub } }: TokenEvent,
  stamp: Stamp,
  { nowSeconds }: TokenSurroundings,
): Migrated | undefined {
  if (!sub || !isWithin(stamp, EVENT_WINDOW_SECONDS, nowSeconds)) return undefined;
  const { sourceSub, how, issuedAt } = stamp;
  return { sourceSub, sub, userPoolId, how, at: new Date(issuedAt * 1000).toISOString() };
}
