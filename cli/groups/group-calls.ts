import {
  AdminAddUserToGroupCommand,
  CreateGroupCommand,
  type GroupType,
  paginateListGroups,
  paginateListUsersInGroup,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { ifThere } from "../aws/if-there";
import { PAGE_SIZE } from "../aws/list-users";
import { paced, type Turn } from "../aws/paced";

export async function* groupsOf({ aws, side }: ConfirmedPool, turn: Turn): AsyncGenerator<GroupType> {
  const pages = paginateListGroups({ client: aws.cognito(), pageSize: PAGE_SIZE }, { UserPoolId: side.userPoolId });
  for await (const { Groups = [] } of paced(pages, turn, "NextToken")) yield* Groups;
}

/** One request for 60 members, where AdminListGroupsForUser would be one for each user. */
export async function* membersOf({ aws, side }: ConfirmedPool, group: string, turn: Turn): AsyncGenerator<UserType> {
  const pages = paginateListUsersInGroup(
    { client: aws.cognito(), pageSize: PAGE_SIZE },
    { UserPoolId: side.userPoolId, GroupName: group },
  );
  for await (const { Users = [] } of paced(pages, turn, "NextToken")) yield* Users;
}

/** Without the role: it is one of the source's account, and would give the group's members what nobody has decided here. */
export async function createGroup(
  { aws, side }: ConfirmedPool,
  { GroupName, Description, Precedence }: GroupType,
): Promise<void> {
  const UserPoolId = side.userPoolId;
  await aws.cognito().send(new CreateGroupCommand({ UserPoolId, GroupName, Description, Precedence }));
}

/** @returns false when the user is no longer there. */
export async function addToGroup({ aws, side }: ConfirmedPool, group: string, username: string): Promise<boolean> {
  const addition = { UserPoolId: side.userPoolId, GroupName: group, Username: username };
  const answer = await ifThere(["UserNotFoundException"], () =>
    aws.cognito().send(new AdminAddUserToGroupCommand(addition)),
  );
  return answer !== undefined;
}
