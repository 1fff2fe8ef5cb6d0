import type { Agent } from "node:https";
import type { MigrationTrigger } from "../../rules/triggers";

/** What Lambda passes beside the event, as far as it is used. */
export interface Context {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export type Handler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * What each file of handler/triggers/ exports as `createFunction`.
 *
 * @param agent Connections of the function.
 * @param opened Those that were opened ahead; INIT waits for them.
 */
export type CreateFunction = (
  env: Readonly<Record<string, string | undefined>>,
  agent: Agent,
  opened: readonly Promise<void>[],
) => Promise<Handler>;

/**
 * Hands each event to the code of its trigger. The first trigger's is loaded now, any other's when its first event comes: nobody who migrates
 * waits for it. The first gets what is no trigger's, too, and fails as it says.
 */
export async function dispatch(
  [first, ...others]: readonly [MigrationTrigger, ...MigrationTrigger[]],
  load: (entry: string) => Promise<Handler>,
): Promise<Handler> {
  const loaded = new Map([[first.entry, await load(first.entry)]]);
  return async (event, context) => {
    const source = (event as { readonly triggerSource?: unknown } | null | undefined)?.triggerSource;
    const { entry } = others.find(({ sources }) => Object.values<unknown>(sources).includes(source)) ?? first;
    const handler = loaded.get(entry) ?? (await load(entry));
    loaded.set(entry, handler);
    return await handler(event, context);
  };
}
