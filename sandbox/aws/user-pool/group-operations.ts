import { optionalText, pageSize, text } from "./input";
import type { Operations } from "./operation";
import { pageOf } from "./pages";
import { userType } from "./user-answers";

/** Groups. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html */
export const GROUP_OPERATIONS: Operations = {
  CreateGroup: (pool, body) => {
    const { Description, RoleArn, Precedence } = body as {
      Description?: string;
      RoleArn?: string;
      Precedence?: number;
    };
    const Group = pool.groups.create(text(body, "GroupName"), {
      ...(Description === undefined ? {} : { Description }),
      ...(RoleArn === undefined ? {} : { RoleArn }),
      ...(Precedence === undefined ? {} : { Precedence }),
    });
    return { Group };
  },
  GetGroup: (pool, body) => ({ Group: pool.groups.get(text(body, "GroupName")) }),
  DeleteGroup: (pool, body) => {
    pool.groups.delete(text(body, "GroupName"));
    return {};
  },
  ListGroups: (pool, body) => {
    const size = pageSize(body, "Limit", 0);
    const { items, token } = pageOf(pool.groups.all, `groups of ${pool.id}`, optionalText(body, "NextToken"), size);
    return { Groups: items, ...(token === undefined ? {} : { NextToken: token }) };
  },
  ListUsersInGroup: (pool, body) => {
    const name = text(body, "GroupName");
    const size = pageSize(body, "Limit", 0);
    const question = `users in ${name} of ${pool.id}`;
    const { items, token } = pageOf(pool.groups.membersOf(name), question, optionalText(body, "NextToken"), size);
    return {
      Users: items.map((username) => userType(pool.user(username))),
      ...(token === undefined ? {} : { NextToken: token }),
    };
  },
  AdminAddUserToGroup: (pool, body) => {
    pool.groups.add(text(body, "GroupName"), pool.user(text(body, "Username")).username);
    return {};
  },
  AdminRemoveUserFromGroup: (pool, body) => {
    pool.groups.remove(text(body, "GroupName"), pool.user(text(body, "Username")).username);
    return {};
  },
  AdminListGroupsForUser: (pool, body) => {
    const { username } = pool.user(text(body, "Username"));
    const size = pageSize(body, "Limit", 0);
    const question = `groups of ${username} in ${pool.id}`;
    const { items, token } = pageOf(pool.groups.of(username), question, optionalText(body, "NextToken"), size);
    return { Groups: items, ...(token === undefined ? {} : { NextToken: token }) };
  },
};
