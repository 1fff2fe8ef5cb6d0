import { valueAt } from "../aws/json";
import { CommandError, EXIT } from "../program/exit";
import { targetText } from "./change";
import { unknownSetting } from "./merge";
import type { Plan } from "./plan";
import type { UserPoolSettings } from "./user-pool-settings";

/** @returns every reason why AWS would refuse this plan, or lose something by it. */
export async function problemsBeforeUpdate(
  { steps, problems }: Plan,
  port: UserPoolSettings,
): Promise<readonly string[]> {
  const found = [...problems];
  for (const { target, request } of steps) {
    for (const path of await port.unsendable(target, request))
      found.push(`${targetText(target)}: ${unknownSetting(path, target.kind)}`);
  }
  const running = steps.some(({ target }) => target.kind === "user-pool") ? await port.runningImport() : undefined;
  if (running !== undefined)
    found.push(
      `Import job ${running} is running: until it ends, Cognito lets nobody change the user pool (UserImportInProgressException).`,
    );
  return found;
}

/** @throws {CommandError} CHECKS_FAILED with all of them. */
export function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `  - ${problem}`);
  throw new CommandError(EXIT.CHECKS_FAILED, `Refused, and nothing was changed:\n${lines.join("\n")}`);
}

/**
 * An update that names no feature plan puts a pool on the default one, by AWS's page, and every plan has its own price.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 */
export const tierNotTold = ({ steps }: Pick<Plan, "steps">): readonly string[] =>
  steps.some(({ target, described }) => target.kind === "user-pool" && valueAt(described, ["UserPoolTier"]) === null)
    ? [
        "AWS does not report which feature plan the user pool has (UserPoolTier), and an update may put it on ESSENTIALS, which may cost more. " +
          "Choose the plan in the AWS console, so that AWS reports it.",
      ]
    : [];
