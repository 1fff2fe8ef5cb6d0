import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { listUsers } from "../aws/list-users";
import type { Turn } from "../aws/paced";
import type { Work } from "../import/import-context";
import { poolRules } from "../pools/pool-rules";
import { CommandError, EXIT } from "../program/exit";
import { groupsOf, membersOf } from "./group-calls";
import { Claims } from "./group-claims";
import type { GroupPlan, Membership } from "./group-plan";
import { gatherProof, writersOf } from "./group-proof";
import { RestoredMemberships } from "./restored-memberships";

/** A group of the destination that has the name of one of the source. */
interface GroupThere {
  readonly roleArn: string | undefined;
  readonly isLeftAlone: boolean;
  /** Usernames. */
  readonly members: ReadonlySet<string>;
}

/**
 * Finds the memberships that users have at the source and not at the destination, for users of whom it is certain who they are.
 *
 * @param named Groups of the destination with a role that members may come into nevertheless.
 * @throws {CommandError} USAGE when a name that the operator has given is none of the source's groups.
 */
export async function planGroups(
  named: readonly string[],
  { context, places: { source, destination }, settings, folder, turn }: Work,
): Promise<GroupPlan> {
  const rules = poolRules(source.userPool, destination.userPool, settings);
  const writers = rules.subAttribute === undefined ? [] : await writersOf(destination, rules.subAttribute);
  // A group for each identity provider is made and filled by Cognito itself.
  const groups = (await collect(groupsOf(source, turn))).filter((group) => !isProviderGroup(group, source));
  refuseUnknown(named, groups.map(nameOf));
  const { groupsBySub, sizes } = await membershipsOf(source, groups, turn);
  const there = new Map<string, GroupThere>();
  for (const group of await collect(groupsOf(destination, turn)))
    if (groups.some(({ GroupName }) => GroupName === group.GroupName))
      there.set(nameOf(group), {
        roleArn: group.RoleArn,
        isLeftAlone: group.RoleArn !== undefined && !named.includes(nameOf(group)),
        members: await usernamesIn(destination, nameOf(group), turn),
      });
  const sourceSubOf = await gatherProof(folder.runs(), groupsBySub, rules, writers);
  const restored = new RestoredMemberships(folder.restoredFile());
  const claims = new Claims();
  const present: Membership[] = [];
  for await (const users of listUsers(destination, { turn, signal: context.signal }))
    for (const user of users) {
      const sub = sourceSubOf(user);
      if (sub === undefined) continue;
      for (const group of groupsBySub.get(sub) ?? []) {
        const membership = { group, sub, username: user.Username ?? "" };
        const found = there.get(group);
        if (found?.members.has(membership.username)) present.push(membership);
        else if (found?.isLeftAlone !== true && !restored.has(group, sub)) claims.add(membership);
      }
    }
  const { additions, disputed } = claims.settle(present);
  return {
    groups: groups.map((group) => ({
      name: nameOf(group),
      exists: there.has(nameOf(group)),
      roleArn: group.RoleArn,
      roleArnAtDestination: there.get(nameOf(group))?.roleArn,
      isLeftAlone: there.get(nameOf(group))?.isLeftAlone === true,
      membersAtSource: sizes.get(nameOf(group)) ?? 0,
      toAdd: additions.filter((addition) => addition.group === group.GroupName).length,
    })),
    additions,
    present,
    disputed,
    missing: groups.filter((group) => !there.has(nameOf(group))),
    writers,
    subAttribute: rules.subAttribute,
  };
}

function refuseUnknown(named: readonly string[], known: readonly string[]): void {
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new CommandError(
      EXIT.USAGE,
      `--group: found ${unknown.map((name) => JSON.stringify(name)).join(", ")}, expected one of the source's groups: ${known.join(", ")}.`,
    );
}

const nameOf = ({ GroupName = "" }: GroupType): string => GroupName;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function membershipsOf(
  source: ConfirmedPool,
  groups: readonly GroupType[],
  turn: Turn,
): Promise<{ groupsBySub: Map<string, string[]>; sizes: Map<string, number> }> {
  const groupsBySub = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  for (const group of groups) {
    let size = 0;
    for await (const { Attributes = [] } of membersOf(source, nameOf(group), turn)) {
      const sub = Attributes.find(({ Name }) => Name === "sub")?.Value;
      if (sub === undefined) continue;
      size += 1;
      groupsBySub.set(sub, [...(groupsBySub.get(sub) ?? []), nameOf(group)]);
    }
    sizes.set(nameOf(group), size);
  }
  return { groupsBySub, sizes };
}

/** `<user pool id>_<provider>`. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html */
const isProviderGroup = (group: GroupType, { side }: ConfirmedPool): boolean =>
  nameOf(group).startsWith(`${side.userPoolId}_`);

async function usernamesIn(place: ConfirmedPool, group: string, turn: Turn): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const { Username = "" } of membersOf(place, group, turn)) names.add(Username);
  return names;
}
