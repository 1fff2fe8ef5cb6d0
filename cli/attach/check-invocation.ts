import { readFunctionPolicy } from "../aws/function-policy";
import type { Place } from "../aws/place";
import type { Decision } from "../pool-change/decision";
import { mayInvoke } from "./invoke-permission";

/** Looks whether the function is there and this pool may call it: a trigger that fails keeps everybody out who is new. */
export async function checkInvocation(
  place: Pick<Place, "aws">,
  lambdaArn: string,
  userPoolArn: string,
): Promise<Omit<Decision, "changes">> {
  const found = await readFunctionPolicy(place, lambdaArn);
  if (found.kind === "absent")
    return {
      problems: [`There is no function ${lambdaArn} that anybody may call. Deploy the destination stack first.`],
      warnings: [],
    };
  if (found.kind === "unreadable")
    return {
      problems: [],
      warnings: [`It could not be checked whether the pool may call ${lambdaArn}: ${found.reason}`],
    };
  const permission = mayInvoke(found.policy, userPoolArn);
  if (permission === "no")
    return {
      problems: [
        `${lambdaArn} does not let ${userPoolArn} call it: deploy the destination stack with this DESTINATION_USER_POOL_ARN.`,
      ],
      warnings: [],
    };
  return {
    problems: [],
    warnings:
      permission === "unclear"
        ? [`The policy of ${lambdaArn} is not the one of the destination stack: look whether the pool may call it.`]
        : [],
  };
}
