import { TRIGGERS } from "../../../rules/triggers";
import type { TriggerAnswer } from "../user-migration";
import type { UserPool } from "./user-pool";

/**
 * Has the function answer that the pool has for events of this source.
 *
 * @returns undefined where the pool has none.
 */
export async function callTrigger(
  pool: UserPool,
  triggerSource: string,
  event: object,
): Promise<TriggerAnswer | undefined> {
  const trigger = TRIGGERS.find(({ sources }) => Object.values(sources).includes(triggerSource));
  const triggers = (pool.settings.LambdaConfig ?? {}) as Readonly<Record<string, string>>;
  const lambdaArn = trigger && triggers[trigger.lambdaConfigKey];
  return lambdaArn === undefined ? undefined : await pool.invokeTrigger(lambdaArn, event);
}
