import { invokePolicy } from "../../rules/policies";
import { hasStatementsOf, isSamePolicy } from "../../rules/policy-comparison";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { readFunctionPolicy } from "../aws/function-policy";
import { type Objections, problem, together, warning } from "../pool-change/change";

/**
 * Looks whether the function is there and this pool may call it: a trigger that fails keeps everybody out who is new. What does not say
 * what the destination stack says is a problem, whatever else it may allow.
 */
export async function checkInvocation(
  place: Pick<ConfirmedPool, "aws">,
  lambdaArn: string,
  userPoolArn: string,
): Promise<Objections> {
  const found = await readFunctionPolicy(place, lambdaArn);
  if (found.kind === "absent")
    return problem(`There is no function ${lambdaArn} that anybody may call. Deploy the destination stack first.`);
  if (found.kind === "unreadable")
    return warning(`It could not be checked whether the pool may call ${lambdaArn}: ${found.reason}`);
  const expected = invokePolicy({ lambdaArn, userPoolArn });
  if (isSamePolicy(found.policy, expected)) return together([]);
  return hasStatementsOf(found.policy, expected)
    ? warning(
        `The policy of ${lambdaArn} lets the pool call it, and has more statements than the destination stack makes: look who else may call it.`,
      )
    : problem(
        `${lambdaArn} does not let ${userPoolArn} call it as the destination stack does: deploy that stack with this DESTINATION_USER_POOL_ARN.`,
      );
}
