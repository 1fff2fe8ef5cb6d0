import type { Group } from "./groups";
import { type Body, text } from "./input";
import { type Operations, silent } from "./operation";
import { answerOf } from "./pages";
import { userType } from "./user-answers";
import type { UserPool } from "./user-pool";

const named = (body: Body): string => text(body, "GroupName");
const usernameIn = (pool: UserPool, body: Body): string => pool.user(text(body, "Username")).username;
const GROUPS = { items: "Groups", size: "Limit" } as const;

/** Groups. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html */
export const GROUP_OPERATIONS: Operations = {
  CreateGroup: (pool, body) => {
    const { Description, RoleArn, Precedence } = body as Pick<Group, "Description" | "RoleArn" | "Precedence">;
    return { Group: pool.groups.create(named(body), { Description, RoleArn, Precedence }) };
  },
  GetGroup: (pool, body) => ({ Group: pool.groups.get(named(body)) }),
  DeleteGroup: silent((pool, body) => pool.groups.delete(named(body))),
  ListGroups: (pool, body) => answerOf(body, pool.groups.all, `groups of ${pool.id}`, GROUPS),
  ListUsersInGroup: (pool, body) => {
    const question = `users in ${named(body)} of ${pool.id}`;
    const names = { items: "Users", size: "Limit" } as const;
    return answerOf(body, pool.groups.membersOf(named(body)), question, names, (name) => userType(pool.user(name)));
  },
  AdminAddUserToGroup: silent((pool, body) => pool.groups.add(named(body), usernameIn(pool, body))),
  AdminRemoveUserFromGroup: silent((pool, body) => pool.groups.remove(named(body), usernameIn(pool, body))),
  AdminListGroupsForUser: (pool, body) => {
    const username = usernameIn(pool, body);
    return answerOf(body, pool.groups.of(username), `groups of ${username} in ${pool.id}`, GROUPS);
  },
};
