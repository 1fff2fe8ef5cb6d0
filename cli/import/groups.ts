import { join } from "node:path";
import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { listUsers } from "../aws/list-users";
import type { Context } from "../command";
import { paceOf } from "../pace";
import { startProgress } from "../progress";
import { table } from "../table";
import { matchingRules } from "../user-matching";
import type { Place, Places } from "../who-and-where";
import { addToGroup, createGroup, groupsOf, membersOf } from "./group-calls";
import { Proof, writersOf } from "./group-proof";
import { plural } from "./plan";
import { RestoredMemberships } from "./restored-memberships";
import type { WorkFolder } from "./work-folder";

export interface GroupsProps {
  readonly context: Context;
  readonly places: Places;
  readonly settings: DestinationSettings;
  readonly folder: WorkFolder;
  readonly turn: () => Promise<void>;
}

export interface PlannedGroup {
  readonly name: string;
  readonly exists: boolean;
  /** Of the source, and not carried over. */
  readonly roleArn: string | undefined;
  readonly membersAtSource: number;
  /** Memberships to restore. */
  readonly toAdd: number;
}

export interface GroupPlan {
  readonly groups: readonly PlannedGroup[];
  readonly additions: readonly { readonly group: string; readonly username: string }[];
  /** In the group already: noted, so that one which is taken away later stays away. */
  readonly present: readonly { readonly group: string; readonly username: string }[];
  readonly missing: readonly GroupType[];
  /** App clients that may write the carried sub, which therefore proves nothing. */
  readonly writers: readonly string[];
  readonly subAttribute: string | undefined;
}

const restoredFile = ({ directory }: WorkFolder): string => join(directory, "restored-memberships");

/** AdminAddUserToGroup shares 25 requests per second, which cannot be raised. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const ADDITIONS_PER_SECOND = 10;

/** Finds the memberships that users have at the source and not at the destination, for users of whom it is certain who they are. */
export async function planGroups(props: GroupsProps): Promise<GroupPlan> {
  const { context, places, settings, folder, turn } = props;
  const { source, destination } = places;
  const rules = matchingRules(destination.userPool, settings.attributeMap);
  const writers = rules.subAttribute === undefined ? [] : await writersOf(destination, rules.subAttribute);
  const atSource = await membershipsOf(source, turn);
  const there = new Map<string, ReadonlySet<string>>();
  for (const group of await collect(groupsOf(destination, turn)))
    if (atSource.groups.some(({ GroupName }) => GroupName === group.GroupName))
      there.set(nameOf(group), await usernamesIn(destination, nameOf(group), turn));
  const proof = await Proof.gather(folder.runs(), atSource.groupsBySub, rules, writers);
  const restored = new RestoredMemberships(restoredFile(folder));
  const additions: { group: string; username: string }[] = [];
  const present: { group: string; username: string }[] = [];
  for await (const { users } of listUsers(destination, { turn, signal: context.signal }))
    for (const user of users) {
      const sub = proof.sourceSubOf(user);
      const username = user.Username ?? "";
      for (const group of (sub === undefined ? undefined : atSource.groupsBySub.get(sub)) ?? [])
        if (there.get(group)?.has(username)) present.push({ group, username });
        else if (!restored.has(group, username)) additions.push({ group, username });
    }
  return {
    groups: atSource.groups.map((group) => ({
      name: nameOf(group),
      exists: there.has(nameOf(group)),
      roleArn: group.RoleArn,
      membersAtSource: atSource.sizes.get(nameOf(group)) ?? 0,
      toAdd: additions.filter((addition) => addition.group === group.GroupName).length,
    })),
    additions,
    present,
    missing: atSource.groups.filter((group) => !there.has(nameOf(group))),
    writers,
    subAttribute: rules.subAttribute,
  };
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

export function describeGroups({ groups, additions, writers, subAttribute }: GroupPlan): string {
  if (groups.length === 0) return "The source has no groups.";
  const rows = groups.map(({ name, exists, membersAtSource, toAdd, roleArn }): (string | number)[] => [
    name,
    exists ? "there" : "to create",
    membersAtSource,
    toAdd,
    roleArn === undefined ? "" : "its role stays behind",
  ]);
  const proof =
    subAttribute === undefined || writers.length === 0
      ? []
      : [
          `${subAttribute} is no proof of who somebody was: ${plural(writers.length, "app client")} may write it (${writers.join(", ")}). ` +
            "Take it out of their WriteAttributes. Until then groups are restored for imported users only.",
        ];
  return [
    table(["GROUP", "AT DESTINATION", "MEMBERS AT SOURCE", "TO ADD NOW", ""], rows),
    `${plural(additions.length, "membership")} to restore, for users at the destination of whom it is certain that they came from the source.`,
    ...proof,
  ].join("\n\n");
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
  const restored = new RestoredMemberships(restoredFile(folder));
  const progress = startProgress(terminal, "memberships", plan.additions.length);
  let done = 0;
  try {
    for (const { group, username } of plan.present) restored.addWithoutSync(group, username);
    for (const { group, username } of plan.additions) {
      signal.throwIfAborted();
      await turn();
      if (await addToGroup(destination, group, username)) restored.add(group, username);
      done += 1;
      progress.update(done);
    }
  } finally {
    progress.stop();
    restored.close();
  }
  terminal.say(`${plural(done, "membership")} restored.`);
}
