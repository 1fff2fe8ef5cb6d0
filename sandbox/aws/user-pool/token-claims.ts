import type { AppClient } from "./app-clients";
import type { Group } from "./groups";
import { type Attributes, isTrue } from "./schema";
import type { User } from "./user";

export type Claims = Readonly<Record<string, unknown>>;

/** Claims that are not the same in every token of the pool: a function may change most of them. */
export interface TokenClaims {
  readonly id: Claims;
  readonly access: Claims;
}

/** Of a sign-in by the API. https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html */
export const SCOPE = "aws.cognito.signin.user.admin";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html */
export function claimsOf(user: User, client: AppClient, groups: GroupConfiguration): TokenClaims {
  return {
    id: { ...idAttributes(user, client), ...groupClaims(groups).id },
    access: { scope: SCOPE, ...groupClaims(groups).access },
  };
}

/** Roles are told by the ID token alone, and nothing of groups where there are none. */
export function groupClaims({ groupsToOverride, iamRolesToOverride, preferredRole }: GroupConfiguration): TokenClaims {
  const access = groupsToOverride.length === 0 ? {} : { "cognito:groups": groupsToOverride };
  return {
    access,
    id: {
      ...access,
      ...(iamRolesToOverride.length === 0 ? {} : { "cognito:roles": iamRolesToOverride }),
      ...(preferredRole === null ? {} : { "cognito:preferred_role": preferredRole }),
    },
  };
}

function idAttributes(user: User, client: AppClient): Claims {
  return Object.fromEntries(
    Object.entries(readable(user.attributes, client)).map(([name, value]) =>
      name.endsWith("_verified") ? [name, isTrue(value)] : [name, value],
    ),
  );
}

/**
 * What of a user this app client may read: everything, where it has no list. AWS says the standard attributes then; who must not see one
 * should not trust that. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export function readable(attributes: Attributes, { settings: { ReadAttributes: list } }: AppClient): Attributes {
  if (list === undefined) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name === "sub" || list.includes(name)));
}

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
