import type { Facts, FoundUser, SideFacts } from "../../cli/explain/facts";
import type { PoolRules } from "../../cli/pools/pool-rules";
import { commandLines } from "../../config/command-lines";
import type { MigrationRules } from "../../rules/hand-over";
import { fateRules } from "./fate-rules";
import { USER_POOL_ID } from "./migration";
import { schema } from "./schema";
import { SOURCE_USER_POOL_ID } from "./settings";

const DAY = new Date("2026-03-01T08:00:00Z");

/** Nobody special: a user with a password of the own. */
export function found(username: string, over: Partial<FoundUser> = {}): FoundUser {
  return {
    username,
    status: "CONFIRMED",
    enabled: true,
    created: DAY,
    modified: DAY,
    factors: [],
    ...over,
    attributes: { sub: `sub-of-${username}`, ...over.attributes },
  };
}

/** One pool. @param signedIn Whom the name as typed signs in there; `handedOn` is the same unless given. */
export function side(
  signedIn: FoundUser | undefined,
  others: readonly FoundUser[] = [],
  handedOn: FoundUser | undefined = signedIn,
): SideFacts {
  return { typed: signedIn, handedOn, users: [...(signedIn === undefined ? [] : [signedIn]), ...others] };
}

export interface Scene extends Partial<Omit<Facts, "rules" | "function">> {
  readonly rules?: Partial<PoolRules>;
  readonly policies?: Partial<MigrationRules>;
  readonly function?: Facts["function"];
}

/** Two pools with usernames and a function that is attached, in which nobody of the name is, but for this. */
export function factsOf({ rules: given = {}, policies = {}, ...over }: Scene): Facts {
  const rules: PoolRules = {
    ...fateRules(),
    destinationAliasAttributes: [],
    destinationSchema: schema(["email", "phone_number", "preferred_username", "custom:source_sub"]),
    attributeMap: new Map(),
    attributeExclude: new Set(),
    subAttribute: undefined,
    ...given,
  };
  return {
    name: "jane",
    commands: commandLines(),
    sourceMfaConfiguration: "OPTIONAL",
    destinationUserPoolId: USER_POOL_ID,
    source: side(undefined),
    destination: side(undefined),
    trigger: "attached",
    function: {
      kind: "read",
      logUserKey: "a-key-that-nobody-may-see-in-any-text",
      rules: {
        ...rules,
        sourceUserPoolId: SOURCE_USER_POOL_ID,
        destinationUserPoolId: USER_POOL_ID,
        sourceMfaConfiguration: "OPTIONAL",
        mfaPolicy: "reject",
        forgotPassword: "migrate",
        unprovenPassword: "migrate",
        ...policies,
      },
    },
    log: { since: DAY, entries: [], keptDays: 90 },
    stamps: undefined,
    now: DAY,
    unread: [],
    ...over,
    rules,
  };
}
