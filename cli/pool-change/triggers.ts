import { visible } from "../../config/visible";
import { type FunctionArns, TRIGGERS, type Trigger } from "../../rules/triggers";
import { isObject, isSame, type Json, type JsonObject, valueAt } from "../aws/json";
import { isAnothers } from "../pools/stack-outputs";
import { type Change, userPoolTarget } from "./change";

/** The functions whose triggers a command is about. */
export type AskedArns = Partial<FunctionArns>;

type Member = Pick<Trigger | NonNullable<Trigger["versioned"]>, "lambdaConfigKey">;

export const triggerPath = ({ lambdaConfigKey }: Member): readonly string[] => ["LambdaConfig", lambdaConfigKey];

/** Every place that says which function a trigger calls. */
export const pathsOf = (trigger: Trigger): readonly (readonly string[])[] =>
  [trigger, trigger.versioned ?? []].flat().map(triggerPath);

export const triggerOf = ({ path }: Pick<Change, "path">): Trigger | undefined =>
  TRIGGERS.find((one) => pathsOf(one).some((own) => isSame(path, own)));

/** @param value Of a trigger, with or without the version of its event. @returns the function's ARN; null where there is none. */
export const functionIn = (value: Json): Json => (isObject(value) ? (value["LambdaArn"] ?? null) : value);

/** @returns the trigger, and the function that is not ours, where a value of it names one. */
export function anothersIn(
  { path, value }: { readonly path: readonly string[]; readonly value: Json },
  arns: FunctionArns,
): { readonly trigger: Trigger; readonly shown: string } | undefined {
  const trigger = triggerOf({ path });
  const ours = trigger && arns[trigger.function];
  const arn = functionIn(value);
  return trigger !== undefined && arn !== null && (ours === undefined || isAnothers(arn, ours))
    ? { trigger, shown: visible(String(arn)) }
    : undefined;
}

/** What the pool has for those triggers whose functions are given. */
export const triggersOn = (userPool: JsonObject, arns: AskedArns) =>
  TRIGGERS.flatMap((trigger) => {
    const ours = arns[trigger.function];
    return ours === undefined ? [] : found(userPool, trigger, ours);
  });

/** @param ours The function of ours that answers it, without version or alias. */
function found(userPool: JsonObject, trigger: Trigger, ours: string) {
  const { versioned } = trigger;
  const places = pathsOf(trigger).map((path) => ({ path, before: valueAt(userPool, path) }));
  const called = places.map(({ before }) => functionIn(before)).filter((arn) => arn !== null);
  const calls = called.find((arn) => isAnothers(arn, ours)) ?? called.find((arn) => arn !== ours) ?? called[0] ?? null;
  const version = versioned && valueAt(userPool, [...triggerPath(versioned), "LambdaVersion"]);
  const otherVersion = versioned && version !== null && version !== versioned.lambdaVersion ? version : undefined;
  // What Cognito adds by itself is no change: one of the two members alone means both.
  const isInPlace = called.length > 0 && called.every((arn) => arn === ours) && otherVersion === undefined;
  const changes = (values: readonly Json[], isAlready: boolean): readonly Change[] =>
    places.map(({ path, before }, index) => {
      const after = values[index] ?? null;
      return { target: userPoolTarget(userPool), path, before: isAlready ? after : before, after };
    });
  return {
    trigger,
    ours,
    /** What the pool calls; null: nothing. Where its two members name two functions, one that is not ours. */
    calls,
    /** Whether that is a function that is not this migration's. */
    isAnothers: isAnothers(calls, ours),
    /** Of the event, where the pool says it and it is not the one that our function takes. */
    otherVersion: otherVersion === undefined ? undefined : String(otherVersion),
    /** Puts our function on it. */
    attached: () => changes([ours, { LambdaArn: ours, LambdaVersion: versioned?.lambdaVersion ?? null }], isInPlace),
    detached: () => changes([], false),
  };
}
