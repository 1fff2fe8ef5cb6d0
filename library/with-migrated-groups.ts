import { createHmac } from "node:crypto";
import { decideToken, type TokenRules } from "../rules/token-groups";

/** What the migration's settings say, for a function of one's own. */
export interface MigratedGroupsOptions {
  /** Of the destination user pool. */
  readonly userPoolId: string;
  /** STAMP_ATTRIBUTE: `custom:migration` unless it was set. */
  readonly stampAttribute?: string;
  /** The current key of the stamp, and the one before it while it is rotated. Whoever has one can make users members of any group that travels. */
  readonly stampKeys: readonly string[];
  /** GROUPS_WINDOW, in seconds: 86400 unless it was set. */
  readonly groupsWindowSeconds?: number;
  /** What users of the destination sign in with instead of a username; empty: they have usernames. */
  readonly usernameAttributes: readonly ("email" | "phone_number")[];
  /** DESTINATION_CASE_SENSITIVE. */
  readonly caseSensitive: boolean;
  /** Milliseconds since 1970; for tests. */
  readonly now?: number;
}

/**
 * The token function's groups, for a pool that has a function on PreTokenGeneration already: call it last, on the event with your answer in it. It
 * takes events of version 1, 2 and 3. It sends nothing, makes no membership, does not change the event, and never throws.
 *
 * @returns the event itself, or a copy whose answer has the stamp's groups beside those that are there, with their roles, and without the stamp's claim.
 */
export function withMigratedGroups<Event>(event: Event, options: MigratedGroupsOptions): Event {
  try {
    const rules: TokenRules = {
      destinationUserPoolId: options.userPoolId,
      destinationUsernameAttributes: options.usernameAttributes,
      destinationCaseSensitive: options.caseSensitive,
      stampAttribute: options.stampAttribute ?? "custom:migration",
      // An empty key is a variable that is not set, and would be everybody's.
      stampKeys: options.stampKeys.filter((key) => key.length >= SHORTEST_KEY),
      groupsWindow: options.groupsWindowSeconds ?? 86_400,
      groupsMode: "token",
      sendsEvents: false,
    };
    const nowSeconds = Math.floor((options.now ?? Date.now()) / 1000);
    return decideToken(event, rules, { createHmac, nowSeconds }).answer as Event;
  } catch {
    // Without its groups a token is worth less; without a token nobody signs in.
    return event;
  }
}

const SHORTEST_KEY = 32;
