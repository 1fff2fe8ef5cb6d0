import { MIGRATION_TRIGGERS, TRIGGERS, type Trigger } from "../../rules/triggers";
import { isSame, type JsonObject, valueAt } from "../aws/json";
import { isAnothers } from "../pools/stack-outputs";
import { type Change, userPoolTarget } from "./change";

export const triggerPath = ({ lambdaConfigKey }: Pick<Trigger, "lambdaConfigKey">): readonly string[] => [
  "LambdaConfig",
  lambdaConfigKey,
];

/** @returns undefined for a change of something else. */
export const triggerOf = ({ path }: Pick<Change, "path">): Trigger | undefined =>
  TRIGGERS.find((one) => isSame(path, triggerPath(one)));

/** What the pool has for a trigger of ours. */
interface FoundTrigger {
  readonly name: string;
  /** Whether it calls a function that is not this migration's. */
  readonly isAnothers: boolean;
  /** As far as it is known what is there. */
  readonly change: Omit<Change, "after">;
}

export const triggersOn = (userPool: JsonObject, lambdaArn: string): readonly FoundTrigger[] =>
  MIGRATION_TRIGGERS.map((trigger) => {
    const path = triggerPath(trigger);
    const before = valueAt(userPool, path);
    const change = { target: userPoolTarget(userPool), path, before };
    return { name: trigger.name, isAnothers: isAnothers(before, lambdaArn), change };
  });
