import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { listUsers } from "../aws/list-users";
import type { Place } from "../aws/place";
import type { WorkFolder } from "../import/work-folder";
import type { Places } from "../pools/confirmed-pools";
import { poolRules } from "../pools/pool-rules";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { paceOf } from "../program/pace";
import { plural } from "../program/plural";
import { startProgress } from "../program/progress";
import { addToGroup, createGroup, groupsOf, membersOf } from "./group-calls";
import { Claims } from "./group-claims";
import { describeGroups, type GroupPlan, type Membership } from "./group-plan";
import { Proof, writersOf } from "./group-proof";
import { RestoredMemberships } from "./restored-memberships";

export interface GroupsProps {
  /** `named`: existing groups with a role that members may come into nevertheless. */
  readonly options: { readonly named: readonly string[] };
  readonly context: Context;
  readonly places: Places;
  readonly settings: DestinationSettings;
  readonly folder: WorkFolder;
  readonly turn: () => Promise<void>;
}

/** A group of the destination that has the name of one of the source. */
interface GroupThere {
  readonly roleArn: string | undefined;
  readonly isLeftAlone: boolean;
  /** Usernames. */
  readonly members: ReadonlySet<string>;
}

/** AdminAddUserToGroup shares 25 requests per second, which cannot be raised. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const ADDITIONS_PER_SECOND = 10;

/** Finds the memberships that users have at the source and not at the destination, for users of whom it is certain who they are. */
export async function planGroups(props: GroupsProps): Promise<GroupPlan> {
  const { options, context, places, settings, folder, turn } = props;
  const { named } = options;
  const { source, destination } = places;
  const { attributeMap, attributeExclude } = settings;
  const rules = poolRules(source.userPool, destination.userPool, {
    attributeMap,
    attributeExclude: new Set(attributeExclude),
  });
  const writers = rules.subAttribute === undefined ? [] : await writersOf(destination, rules.subAttribute);
  const atSource = await membershipsOf(source, turn);
  const there = new Map<string, GroupThere>();
  for (const group of await collect(groupsOf(destination, turn)))
    if (atSource.groups.some(({ GroupName }) => GroupName === group.GroupName))
      there.set(nameOf(group), {
        roleArn: group.RoleArn,
        isLeftAlone: group.RoleArn !== undefined && !named.includes(nameOf(group)),
        members: await usernamesIn(destination, nameOf(group), turn),
      });
  const proof = await Proof.gather(folder.runs(), atSource.groupsBySub, rules, writers);
  const restored = new RestoredMemberships(folder.restoredFile());
  const claims = new Claims();
  const present: Membership[] = [];
  for await (const { users } of listUsers(destination, { turn, signal: context.signal }))
    for (const user of users) {
      const sub = proof.sourceSubOf(user);
      if (sub === undefined) continue;
      for (const group of atSource.groupsBySub.get(sub) ?? []) {
        const membership = { group, sub, username: user.Username ?? "" };
        const found = there.get(group);
        if (found?.members.has(membership.username)) present.push(membership);
        else if (found?.isLeftAlone !== true && !restored.has(group, sub)) claims.add(membership);
      }
    }
  const { additions, disputed } = claims.settle(present);
  return {
    groups: atSource.groups.map((group) => ({
      name: nameOf(group),
      exists: there.has(nameOf(group)),
      roleArn: group.RoleArn,
      roleArnAtDestination: there.get(nameOf(group))?.roleArn,
      isLeftAlone: there.get(nameOf(group))?.isLeftAlone === true,
      membersAtSource: atSource.sizes.get(nameOf(group)) ?? 0,
      toAdd: additions.filter((addition) => addition.group === group.GroupName).length,
    })),
    additions,
    present,
    disputed,
    missing: atSource.groups.filter((group) => !there.has(nameOf(group))),
    writers,
    subAttribute: rules.subAttribute,
  };
}

/** @throws {CommandError} USAGE when a name that the operator has given is none of the source's groups. */
export async function refuseUnknownGroups({ options, places, turn }: GroupsProps): Promise<void> {
  if (options.named.length === 0) return;
  const known = (await collect(groupsOf(places.source, turn))).map(nameOf);
  const unknown = options.named.filter((name) => !known.includes(name));
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
  source: Place,
  turn: () => Promise<void>,
): Promise<{ groups: GroupType[]; groupsBySub: Map<string, string[]>; sizes: Map<string, number> }> {
  const groupsBySub = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  // A group for each identity provider is made and filled by Cognito itself.
  const groups = (await collect(groupsOf(source, turn))).filter((group) => !isProviderGroup(group, source));
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
  return { groups, groupsBySub, sizes };
}

/** `<user pool id>_<provider>`. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html */
const isProviderGroup = (group: GroupType, { side }: Place): boolean => nameOf(group).startsWith(`${side.userPoolId}_`);

async function usernamesIn(place: Place, group: string, turn: () => Promise<void>): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const { Username = "" } of membersOf(place, group, turn)) names.add(Username);
  return names;
}

/** Creates what is missing and adds the members, one request each. Can be stopped and done again at any moment. */
export async function applyGroups({ context, places, folder }: GroupsProps, plan: GroupPlan): Promise<void> {
  const { terminal, signal } = context;
  const { destination } = places;
  terminal.say(describeGroups(plan));
  const turn = paceOf(ADDITIONS_PER_SECOND);
  for (const group of plan.missing) {
    await turn();
    await createGroup(destination, group);
    terminal.say(`Group ${nameOf(group)} created.`);
  }
  const restored = new RestoredMemberships(folder.restoredFile());
  const progress = startProgress(terminal, "memberships", plan.additions.length);
  let done = 0;
  try {
    for (const { group, sub } of plan.present) restored.addWithoutSync(group, sub);
    for (const { group, sub, username } of plan.additions) {
      signal.throwIfAborted();
      await turn();
      if (await addToGroup(destination, group, username)) restored.add(group, sub);
      done += 1;
      progress.update(done);
    }
  } finally {
    progress.stop();
    restored.close();
  }
  terminal.say(`${plural(done, "membership")} restored.`);
}
