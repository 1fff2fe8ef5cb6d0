import { visible } from "../../config/visible";
import { isSame } from "../aws/json";
import { TRIGGER_PATH } from "../pool-change/change";
import type { Plan } from "../pool-change/plan";
import { problemsBeforeUpdate } from "../pool-change/problems-before-update";
import type { UserPoolSettings } from "../pool-change/user-pool-settings";
import { isAnothers } from "../pools/stack-outputs";
import { CommandError, EXIT } from "../program/exit";

/** @throws {CommandError} CHECKS_FAILED with all that speaks against the plan. */
export async function refuseProblems(
  plan: Plan,
  port: UserPoolSettings,
  { replace, lambdaArn }: { readonly replace: boolean; readonly lambdaArn: string },
): Promise<void> {
  if (plan.steps.length === 0) return;
  const problems = [...(await problemsBeforeUpdate(plan, port)), ...(replace ? [] : anothersTriggers(plan, lambdaArn))];
  if (problems.length > 0)
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      `Refused, and nothing was changed:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
}

/** A trigger is given passwords, and an undo file is no proof of what was there: the operator has to agree, as with attach. */
const anothersTriggers = ({ steps }: Plan, lambdaArn: string): string[] =>
  steps
    .filter(({ change }) => isSame(change.path, TRIGGER_PATH) && isAnothers(change.after, lambdaArn))
    .map(
      ({ change }) =>
        `It would put another user migration trigger onto the pool, not this migration's function: ${visible(String(change.after))}. Cognito gives it ` +
        "the passwords of all users whom the pool does not know. If it shall be there again, give --replace.",
    );
