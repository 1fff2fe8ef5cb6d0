import type { GroupType } from "@aws-sdk/client-cognito-identity-provider";
import type { CommandLines } from "../../config/command-lines";
import { quoted } from "../../config/shell";
import { paceWords } from "../pools/requests-per-second";
import { plural } from "../program/plural";
import { table } from "../program/table";
import { noProof } from "./group-proof";

export interface PlannedGroup {
  /** At the destination. */
  readonly name: string;
  /** Where that is another one (GROUPS_MAP). */
  readonly atSource?: readonly string[];
  readonly exists: boolean;
  /** Of the source, and not carried over. */
  readonly roleArn: string | undefined;
  /** What members of the destination's group get from an identity pool. */
  readonly roleArnAtDestination: string | undefined;
  /** Its members would get a role, and nobody has asked for that. */
  readonly isLeftAlone: boolean;
  readonly membersAtSource: number;
  /** Memberships to restore. */
  readonly toAdd: number;
}

export interface Membership {
  readonly group: string;
  /** Whose it is at the source. */
  readonly sub: string;
  /** Of the destination. */
  readonly username: string;
}

export interface GroupPlan {
  readonly groups: readonly PlannedGroup[];
  readonly additions: readonly Membership[];
  /** In the group already: noted, so that one which is taken away later stays away. */
  readonly present: readonly Membership[];
  /** Memberships that more than one user of the destination has a claim to. */
  readonly disputed: number;
  readonly missing: readonly GroupType[];
  /** App clients that may write the carried sub, which therefore proves nothing. */
  readonly writers: readonly string[];
  readonly subAttribute: string | undefined;
}

export function describeGroups({ groups, additions, disputed, writers, subAttribute }: GroupPlan): string {
  if (groups.length === 0) return "The source has no groups.";
  const rows = groups.map((group): (string | number)[] => [
    group.atSource === undefined ? group.name : `${group.atSource.join(", ")} -> ${group.name}`,
    group.exists ? "there" : "to create",
    group.membersAtSource,
    group.toAdd,
    remarkOn(group),
  ]);
  return [
    table(["GROUP", "AT DESTINATION", "MEMBERS AT SOURCE", "TO ADD NOW", ""], rows),
    `${plural(additions.length, "membership")} to restore, only for users who are proven to come from the source.`,
    disputed > 0 &&
      `${plural(disputed, "membership")} ${disputed === 1 ? "has" : "have"} more than one claimant at the destination; ` +
        "nobody gets what is in dispute.",
    subAttribute !== undefined &&
      writers.length > 0 &&
      `${noProof(subAttribute, writers)} ` +
        "Groups are restored only for imported users and, with MIGRATION_STAMP=on, for users with a stamp. Taking it out of their WriteAttributes now does not make it proof: what was " +
        "written before cannot be told apart, so a carried sub is only worth something if no app client could ever write it. " +
        "Otherwise carry sub in another attribute, which none may write (ATTRIBUTE_MAP).",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function remarkOn({ name, roleArn, roleArnAtDestination, isLeftAlone }: PlannedGroup): string {
  if (roleArnAtDestination !== undefined)
    return `members get ${roleArnAtDestination}${isLeftAlone ? `; left alone without ${quoted(groupWord(name))}` : ""}`;
  return roleArn === undefined ? "" : "its role stays behind";
}

export interface GroupsOptions {
  readonly apply: boolean;
  readonly json: boolean;
  /** Groups of the destination with a role that members may come into nevertheless. */
  readonly named: readonly string[];
  readonly requestsPerSecond: number;
}

export const applyCommand = ({ named, requestsPerSecond }: GroupsOptions, commands: CommandLines): string =>
  commands.program("groups", ...named.map(groupWord), "--apply", ...paceWords(requestsPerSecond));

/** One word, so that a name which begins with a dash is no option. A group's name may have any character that is no space. */
const groupWord = (name: string): string => `--group=${name}`;
