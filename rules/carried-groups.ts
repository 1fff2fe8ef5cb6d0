import { EVERY_GROUP, type GroupMap } from "./group-names";

export interface GroupRules {
  /** Of the source, by name; `*` among them is every one. None: groups are nobody's business here. */
  readonly groups: readonly string[];
  /** Source group name to destination group name. */
  readonly groupsMap: GroupMap;
  /** Groups of the source without which nobody may arrive. */
  readonly groupsOrRefuse: readonly string[];
  /** Groups of the destination that may be filled. */
  readonly destinationGroups: readonly string[];
  readonly sourceUserPoolId: string;
  readonly destinationUserPoolId: string;
}

/** Where a user's groups go: names of the destination, and how many of the source stay behind, by reason. */
export interface CarriedGroups {
  readonly names: readonly string[];
  /** Not in GROUPS. */
  readonly unlisted: number;
  /** Not at the destination, there with an IAM role that nobody has named, or one that GROUPS keeps for the groups that it names. */
  readonly unknown: number;
  /** Made by Cognito for the users of an identity provider. */
  readonly provider: number;
}

/**
 * Cognito puts users of a provider into a group of this name by itself; whoever comes with a password is none of them.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html
 */
export const isOfProvider = (name: string, userPoolId: string): boolean => name.startsWith(`${userPoolId}_`);

/** Which groups of the destination the settings let be filled. */
export interface FillableGroups {
  /** One by one: a group that gives an IAM role has to be. Only source groups that GROUPS names fill them. */
  readonly named: readonly string[];
  /** All that give no role, too. */
  readonly every: boolean;
}

/** What GROUPS and GROUPS_MAP say of the destination's groups. */
export function fillable({ groups, groupsMap }: Pick<GroupRules, "groups" | "groupsMap">): FillableGroups {
  const named = groups.filter((name) => name !== EVERY_GROUP).map((name) => groupsMap.get(name) ?? name);
  return { named: [...new Set(named)], every: groups.includes(EVERY_GROUP) };
}

/**
 * Whether a source group may go where it would. A destination group that GROUPS reaches by a name may give a role, and that name is the
 * operator's consent for the members of that group alone: whoever comes by `*`, under the same name or by the map, stays out of it.
 */
export function mayFill(group: string, rules: Pick<GroupRules, "groups" | "groupsMap">): boolean {
  if (rules.groups.includes(group) && group !== EVERY_GROUP) return true;
  return rules.groups.includes(EVERY_GROUP) && !fillable(rules).named.includes(rules.groupsMap.get(group) ?? group);
}

/** @param groups Of the user, at the source. */
export function carriedGroups(groups: readonly string[], rules: GroupRules): CarriedGroups {
  const names = new Set<string>();
  const behind = { unlisted: 0, unknown: 0, provider: 0 };
  for (const group of new Set(groups)) {
    const fate = fateOf(group, rules);
    if ("name" in fate) names.add(fate.name);
    else behind[fate.why] += 1;
  }
  return { names: [...names], ...behind };
}

type Fate = { readonly name: string } | { readonly why: "unlisted" | "unknown" | "provider" };

function fateOf(group: string, rules: GroupRules): Fate {
  const { groups, groupsMap, destinationGroups } = rules;
  if (isOfProvider(group, rules.sourceUserPoolId)) return { why: "provider" };
  if (!groups.includes(group) && !groups.includes(EVERY_GROUP)) return { why: "unlisted" };
  const name = groupsMap.get(group) ?? group;
  if (isOfProvider(name, rules.destinationUserPoolId)) return { why: "provider" };
  return destinationGroups.includes(name) && mayFill(group, rules) ? { name } : { why: "unknown" };
}

/**
 * Whether a user may have a group without which nobody may arrive, and would arrive without it.
 *
 * @param groups Undefined: nobody knows them.
 */
export function lacksRequiredGroup(groups: readonly string[] | undefined, rules: GroupRules): boolean {
  const required = rules.groupsOrRefuse;
  if (groups === undefined) return required.length > 0;
  return required.some((group) => groups.includes(group) && !("name" in fateOf(group, rules)));
}
