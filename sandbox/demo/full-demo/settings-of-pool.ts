import { isDeepStrictEqual } from "node:util";
import { attachedTo } from "../../accounts/triggers";
import type { Side } from "../../accounts/world";
import { holds } from "../assertion";

/** All that UpdateUserPool and UpdateUserPoolClient could have changed. */
export interface PoolSettings {
  readonly name: string;
  readonly mfa: object;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly clients: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function settingsOfPool({ userPool }: Side): PoolSettings {
  const { name, mfa, settings, clients } = userPool;
  return structuredClone({
    name,
    mfa,
    settings,
    clients: Object.fromEntries(clients.all.map((client) => [client.ClientId, client.settings])),
  });
}

/** The same settings with another trigger, and other flows of one app client. */
export function withTrigger(
  before: PoolSettings,
  clientId: string,
  lambdaArn: string | undefined,
  flows: readonly string[],
): PoolSettings {
  return {
    ...before,
    settings: { ...before.settings, LambdaConfig: lambdaArn === undefined ? {} : attachedTo({ migration: lambdaArn }) },
    clients: { ...before.clients, [clientId]: { ...before.clients[clientId], ExplicitAuthFlows: [...flows].sort() } },
  };
}

/** @throws {Broken} naming what differs. */
export function settingsAre(side: Side, expected: PoolSettings, claim: string): void {
  const found = sortedFlows(settingsOfPool(side));
  const wanted = sortedFlows(expected);
  const pairs: (readonly [name: string, unknown, unknown])[] = [
    ["name", found.name, wanted.name],
    ["MFA", found.mfa, wanted.mfa],
    ["app clients", found.clients, wanted.clients],
    ...[...new Set([...Object.keys(found.settings), ...Object.keys(wanted.settings)])].map(
      (name) => [name, found.settings[name], wanted.settings[name]] as const,
    ),
  ];
  const different = pairs.filter(([, one, other]) => !isDeepStrictEqual(one, other)).map(([name]) => name);
  holds(different.length === 0, `${claim}; different are ${different.join(", ")}`);
}

/** The order of flows means nothing. */
function sortedFlows(pool: PoolSettings): PoolSettings {
  const clients = Object.entries(pool.clients).map(([id, settings]) => {
    const flows = settings["ExplicitAuthFlows"];
    return [id, Array.isArray(flows) ? { ...settings, ExplicitAuthFlows: [...flows].sort() } : settings] as const;
  });
  return { ...pool, clients: Object.fromEntries(clients) };
}
