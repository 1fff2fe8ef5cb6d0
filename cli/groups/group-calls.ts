import {
  AdminAddUserToGroupCommand,
  CreateGroupCommand,
  type GroupType,
  ListGroupsCommand,
  ListUsersInGroupCommand,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { ConfirmedPool } from "../aws/confirmed-pool";

type Turn = () => Promise<void>;

export async function* groupsOf({ aws, side }: ConfirmedPool, turn: Turn): AsyncGenerator<GroupType> {
  let token: string | undefined;
  do {
    await turn();
    const { Groups = [], NextToken } = await aws.cognito().send(
      new ListGroupsCommand({
        UserPoolId: side.userPoolId,
        Limit: 60,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    yield* Groups;
    token = NextToken;
  } while (token !== undefined);
}

/** One request for 60 members, where AdminListGroupsForUser would be one for each user. */
export async function* membersOf({ aws, side }: ConfirmedPool, group: string, turn: Turn): AsyncGenerator<UserType> {
  let token: string | undefined;
  do {
    await turn();
    const { Users = [], NextToken } = await aws.cognito().send(
      new ListUsersInGroupCommand({
        UserPoolId: side.userPoolId,
        GroupName: group,
        Limit: 60,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    yield* Users;
    token = NextToken;
  } while (token !== undefined);
}

/** Without the role: it is one of the source's account, and would give the group's members what nobody has decided here. */
export async function createGroup(
  { aws, side }: ConfirmedPool,
  { GroupName, Description, Precedence }: GroupType,
): Promise<void> {
  await aws.cognito().send(
    new CreateGroupCommand({
      UserPoolId: side.userPoolId,
      GroupName,
      ...(Description === undefined ? {} : { Description }),
      ...(Precedence === undefined ? {} : { Precedence }),
    }),
  );
}

/** @returns false when the user is no longer there. */
export async function addToGroup({ aws, side }: ConfirmedPool, group: string, username: string): Promise<boolean> {
  try {
    await aws
      .cognito()
      .send(new AdminAddUserToGroupCommand({ UserPoolId: side.userPoolId, GroupName: group, Username: username }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "UserNotFoundException") return false;
    throw error;
  }
}
