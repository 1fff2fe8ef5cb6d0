import { isSamePolicy } from "../../rules/policy-comparison";
import { type Finding, failed, listed, passed, warning } from "./check";
import type { RoleFacts } from "./facts";

/**
 * Whether a role may do what it should, and nothing else. A boundary allows nothing by itself; it can only take away.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function roleFinding(
  { permissions, attached, permissionsBoundary }: RoleFacts,
  { whose, may, expected, remedy }: { whose: string; may: string; expected: unknown; remedy: string },
): Finding {
  if (attached.length > 0) return failed(`${whose} has managed policies: ${listed(attached)}.`, remedy);
  if (permissions.length !== 1)
    return failed(`${whose} has ${permissions.length} inline policies instead of one.`, remedy);
  if (!isSamePolicy(permissions[0], expected))
    return failed(
      `The policy of ${whose[0]?.toLowerCase()}${whose.slice(1)} is not the one that the stack makes.`,
      remedy,
    );
  if (permissionsBoundary === undefined) return passed(`${whose} may ${may}, and nothing else.`);
  return warning(
    `${whose} has the stack's policy, but its permissions boundary ${permissionsBoundary} was not evaluated, and may refuse what that allows.`,
    "Look whether the boundary allows these actions, or take it away.",
  );
}
