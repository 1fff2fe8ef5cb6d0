import { TRIGGERS } from "../../rules/triggers";

/** What LambdaConfig has once all triggers of this migration are attached. */
export const attachedTo = (lambdaArn: string): Readonly<Record<string, string>> =>
  Object.fromEntries(TRIGGERS.map(({ lambdaConfigKey }) => [lambdaConfigKey, lambdaArn]));

export const isTriggerOfOurs = (name: string): boolean =>
  TRIGGERS.some(({ lambdaConfigKey }) => lambdaConfigKey === name);
