import { AdminGetUserCommand, type UserType } from "@aws-sdk/client-cognito-identity-provider";
import { canBeUsername } from "../../rules/migrate-user";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { ifThere } from "../aws/if-there";
import { listUsers } from "../aws/list-users";
import { knownUser } from "../pools/user-matching";
import type { FoundUser } from "./facts";

type Pool = Pick<ConfirmedPool, "aws" | "side">;

/** Of those who share an address: enough to say that they do. */
const MOST = 60;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Finds all who have one of these names, whether it signs them in or not. ListUsers looks for one attribute at a time, and for an exact value.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
export async function usersOf(pool: Pool, names: readonly string[], signal: AbortSignal): Promise<FoundUser[]> {
  const found = new Map<string, FoundUser>();
  for (const filter of new Set(names.filter(canBeUsername).flatMap(filtersFor))) {
    let count = 0;
    for await (const users of listUsers(pool, { filter, signal })) {
      for (const user of users) found.set(user.Username ?? "", foundUser(user, undefined));
      count += users.length;
      if (count >= MOST) break;
    }
  }
  return [...found.values()];
}

/** A user pool with a sense of case may have the name in small letters. */
export const filtersFor = (name: string): readonly string[] =>
  [...new Set([name, name.toLowerCase()])].flatMap((one) => {
    const value = one.replaceAll(/["\\]/g, "\\$&");
    const attributes = [
      "username",
      "preferred_username",
      ...(UUID.test(one) ? ["sub"] : []),
      ...(one.includes("@") ? ["email"] : []),
      ...(/^\+\d+$/.test(one) ? ["phone_number"] : []),
    ];
    return attributes.map((attribute) => `${attribute} = "${value}"`);
  });

/**
 * Whom a name signs in: AdminGetUser takes the same names as a sign-in, and knows the second factors.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
 *
 * @returns undefined when it is nobody.
 */
export async function signedInBy(
  { aws, side }: Pool,
  name: string,
  signal: AbortSignal,
): Promise<FoundUser | undefined> {
  if (!canBeUsername(name)) return undefined;
  const user = await ifThere(["UserNotFoundException"], () =>
    aws
      .cognito()
      .send(new AdminGetUserCommand({ UserPoolId: side.userPoolId, Username: name }), { abortSignal: signal }),
  );
  if (user === undefined) return undefined;
  const { UserAttributes: Attributes = [], UserMFASettingList = [] } = user;
  return foundUser({ ...user, Attributes }, UserMFASettingList);
}

function foundUser(user: UserType, factors: readonly string[] | undefined): FoundUser {
  return {
    ...knownUser(user),
    status: user.UserStatus ?? "",
    enabled: user.Enabled === true,
    created: user.UserCreateDate,
    modified: user.UserLastModifiedDate,
    factors,
  };
}
