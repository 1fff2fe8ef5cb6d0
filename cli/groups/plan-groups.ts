import type { GroupType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { isOfProvider } from "../../rules/carried-groups";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { listUsers } from "../aws/list-users";
import type { Turn } from "../aws/paced";
import type { Work } from "../import/import-context";
import { poolRules } from "../pools/pool-rules";
import { readStampKeys } from "../pools/stamp-keys";
import { CommandError, EXIT } from "../program/exit";
import { groupsOf, membersOf } from "./group-calls";
import { Claims } from "./group-claims";
import type { GroupPlan, Membership } from "./group-plan";
import { gatherProof, type StampedPool, writersOf } from "./group-proof";
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
  const groups = targetsOf(
    (await collect(groupsOf(source, turn))).filter((group) => !isOfProvider(nameOf(group), source.side.userPoolId)),
    settings.groupsMap,
  );
  refuseUnknown(named, [...groups.keys()]);
  const { groupsBySub, sizes } = await membershipsOf(source, groups, turn);
  const there = new Map<string, GroupThere>();
  for (const group of await collect(groupsOf(destination, turn)))
    if (groups.has(nameOf(group)))
      there.set(nameOf(group), {
        roleArn: group.RoleArn,
        isLeftAlone: group.RoleArn !== undefined && !named.includes(nameOf(group)),
        members: await usernamesIn(destination, nameOf(group), turn),
      });
  const stamps = await stampsOf(destination, settings, context);
  const sourceSubOf = await gatherProof(folder.runs(), groupsBySub, rules, writers, stamps);
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
        // `groups --revoke` notes the sub that the user has at the destination.
        else if (found?.isLeftAlone !== true && ![sub, subOf(user) ?? ""].some((one) => restored.has(group, one)))
          claims.add(membership);
      }
    }
  const { additions, disputed } = claims.settle(present);
  return {
    groups: [...groups].map(([name, ofSource]) => ({
      name,
      ...(ofSource.every((group) => nameOf(group) === name) ? {} : { atSource: ofSource.map(nameOf) }),
      exists: there.has(name),
      roleArn: ofSource.find(({ RoleArn }) => RoleArn !== undefined)?.RoleArn,
      roleArnAtDestination: there.get(name)?.roleArn,
      isLeftAlone: there.get(name)?.isLeftAlone === true,
      membersAtSource: sizes.get(name) ?? 0,
      toAdd: additions.filter((addition) => addition.group === name).length,
    })),
    additions,
    present,
    disputed,
    missing: [...groups].flatMap(([GroupName, [first]]) => (there.has(GroupName) ? [] : { ...first, GroupName })),
    writers,
    subAttribute: rules.subAttribute,
  };
}

/** Groups of the source by the name that they have at the destination; several may become one. */
type Targets = ReadonlyMap<string, readonly GroupType[]>;

function targetsOf(groups: readonly GroupType[], map: ReadonlyMap<string, string>): Targets {
  const targets = new Map<string, GroupType[]>();
  for (const group of groups) {
    const name = map.get(nameOf(group)) ?? nameOf(group);
    targets.set(name, [...(targets.get(name) ?? []), group]);
  }
  return targets;
}

/** Asked for where the function writes stamps, and nowhere else: it takes a right more. */
async function stampsOf(
  destination: ConfirmedPool,
  { migrationStamp, names }: Work["settings"],
  { terminal }: Work["context"],
): Promise<StampedPool | undefined> {
  if (migrationStamp !== "on") return undefined;
  const keys = await readStampKeys(destination, names);
  if (keys.kind === "unread") terminal.say(`Stamps are not read, and prove nothing here. ${keys.because}`);
  if (keys.kind !== "on") return undefined;
  for (const one of keys.unread) terminal.say(`Not read: ${one}`);
  return { keys, userPoolId: destination.side.userPoolId };
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

/** By the names that the groups have at the destination. */
async function membershipsOf(
  source: ConfirmedPool,
  targets: Targets,
  turn: Turn,
): Promise<{ groupsBySub: Map<string, string[]>; sizes: Map<string, number> }> {
  const groupsBySub = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  for (const [name, groups] of targets) {
    let size = 0;
    for (const group of groups)
      for await (const user of membersOf(source, nameOf(group), turn)) {
        const sub = subOf(user);
        const known = sub === undefined ? [] : (groupsBySub.get(sub) ?? []);
        if (sub === undefined || known.includes(name)) continue;
        size += 1;
        groupsBySub.set(sub, [...known, name]);
      }
    sizes.set(name, size);
  }
  return { groupsBySub, sizes };
}

const subOf = ({ Attributes = [] }: UserType): string | undefined =>
  Attributes.find(({ Name }) => Name === "sub")?.Value;

async function usernamesIn(place: ConfirmedPool, group: string, turn: Turn): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const { Username = "" } of membersOf(place, group, turn)) names.add(Username);
  return names;
}
