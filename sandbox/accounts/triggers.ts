import { type FunctionArns, MIGRATION_TRIGGERS, TRIGGERS } from "../../rules/triggers";

/** What LambdaConfig has once all triggers of these functions are attached. */
export const attachedTo = (arns: FunctionArns): Readonly<Record<string, string>> =>
  Object.fromEntries(
    TRIGGERS.flatMap(({ function: kind, lambdaConfigKey }) => {
      const arn = arns[kind];
      return arn === undefined ? [] : [[lambdaConfigKey, arn]];
    }),
  );

export const isTriggerOfOurs = (name: string): boolean =>
  MIGRATION_TRIGGERS.some(({ lambdaConfigKey }) => lambdaConfigKey === name);
