import { visible } from "../../config/visible";
import { changesOf, type Plan } from "../pool-change/plan";
import { problemsBeforeUpdate, refuse } from "../pool-change/problems-before-update";
import { triggerOf } from "../pool-change/triggers";
import type { UserPoolSettings } from "../pool-change/user-pool-settings";
import { isAnothers } from "../pools/stack-outputs";

/** @throws {CommandError} CHECKS_FAILED with all that speaks against the plan. */
export async function refuseProblems(
  plan: Plan,
  port: UserPoolSettings,
  { replace, lambdaArn }: { readonly replace: boolean; readonly lambdaArn: string },
): Promise<void> {
  if (plan.steps.length === 0) return;
  refuse([...(await problemsBeforeUpdate(plan, port)), ...(replace ? [] : anothersTriggers(plan, lambdaArn))]);
}

/** A trigger is given passwords, and an undo file is no proof of what was there: the operator has to agree, as with attach. */
const anothersTriggers = (plan: Plan, lambdaArn: string): string[] =>
  changesOf(plan).flatMap((change) => {
    const trigger = triggerOf(change);
    return trigger === undefined || !isAnothers(change.after, lambdaArn)
      ? []
      : `It would put another ${trigger.name} trigger onto the pool, not this migration's function: ${visible(String(change.after))}. Cognito gives it ` +
          `${trigger.receives}. If it shall be there again, give --replace.`;
  });
