import type { Group } from "./groups";

/** What groups make of a token, as Cognito sees it before a function changes it. */
export interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | null;
}

/**
 * The lowest precedence decides the preferred role, and groups of the same precedence with different roles decide none.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GroupType.html
 */
export function groupConfigurationOf(groups: readonly Group[]): GroupConfiguration {
  const rank = ({ Precedence = Number.POSITIVE_INFINITY }: Group): number => Precedence;
  const withRole = groups.filter(({ RoleArn }) => RoleArn !== undefined);
  const first = Math.min(...withRole.map(rank));
  const preferred = new Set(withRole.filter((group) => rank(group) === first).map(({ RoleArn }) => RoleArn));
  return {
    groupsToOverride: groups.map(({ GroupName }) => GroupName),
    iamRolesToOverride: [...new Set(withRole.map(({ RoleArn = "" }) => RoleArn))],
    preferredRole: preferred.size === 1 ? ([...preferred][0] ?? null) : null,
  };
}
