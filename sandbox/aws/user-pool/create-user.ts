import { randomUUID } from "node:crypto";
import { AwsException, invalidParameter } from "./exception";
import { type Attributes, conform, type SchemaAttribute, type Write } from "./schema";
import type { User } from "./user";
import { aliasesOf, folded, foldedAttributes, type Naming, usernameAttributeOf } from "./user-names";
import type { UserStore } from "./user-store";

/** What of a user pool a new user is made by. */
export interface PoolOfUsers {
  readonly naming: Naming;
  readonly schema: readonly SchemaAttribute[];
  readonly users: UserStore;
  readonly now: () => Date;
}

export interface NewUser {
  /**
   * As it was typed: in a pool with username attributes an address or a number. So it is in a file to import, as AWS's own
   * solution writes it: https://github.com/aws-solutions/cognito-user-profiles-export-reference-architecture
   */
  readonly name: string;
  readonly attributes: Attributes;
  readonly password: string | undefined;
  readonly status: string;
  readonly mfa?: readonly string[];
  /** Takes an alias away from whoever has it. */
  readonly forceAliasCreation?: boolean;
}

/**
 * Makes a user as every way of making one does: by AdminCreateUser, SignUp, import and migration.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html
 *
 * @throws UsernameExistsException, AliasExistsException, InvalidParameterException
 */
export function createUser(pool: PoolOfUsers, wanted: NewUser, write: Write): User {
  return addUser(pool, preparedUser(pool, wanted, write), wanted.forceAliasCreation ?? false);
}

/** A user as {@link createUser} makes one, who is not there yet: a function may still refuse or change them. @throws as it does, but for aliases. */
export function preparedUser(pool: PoolOfUsers, { name, ...wanted }: NewUser, write: Write): User {
  const given = foldedAttributes(pool.naming, wanted.attributes);
  const { username, attributes } = named(pool, name, given);
  conform(pool.schema, attributes, write);
  if (pool.users.find(name) !== undefined)
    throw new AwsException("UsernameExistsException", "User account already exists");
  const sub = pool.naming.usernameAttributes.length > 0 ? username : randomUUID();
  const now = pool.now();
  return {
    username,
    attributes: { sub, ...attributes },
    password: wanted.password,
    status: wanted.status,
    enabled: true,
    mfa: wanted.mfa ?? [],
    created: now,
    modified: now,
  };
}

/** @throws UsernameExistsException, also for somebody who came while a function was asked; AliasExistsException. */
export function addUser(pool: PoolOfUsers, user: User, forceAliasCreation: boolean): User {
  if (pool.users.find(user.username) !== undefined)
    throw new AwsException("UsernameExistsException", "User account already exists");
  claimAliases(pool, user.username, user.attributes, forceAliasCreation);
  return pool.users.add(user);
}

function named({ naming }: PoolOfUsers, name: string, given: Attributes): { username: string; attributes: Attributes } {
  if (naming.usernameAttributes.length > 0) {
    const attribute = usernameAttributeOf(naming, name);
    if (attribute === undefined)
      throw invalidParameter(
        `Username should be ${naming.usernameAttributes.map((one) => one.replace("_", " ")).join(" or ")}.`,
      );
    const value = folded(naming, name);
    if (given[attribute] !== undefined && given[attribute] !== value)
      throw invalidParameter(`Username and ${attribute} must be the same.`);
    return { username: randomUUID(), attributes: { ...given, [attribute]: value } };
  }
  if (/\s/.test(name)) throw invalidParameter("Username must have no spaces.");
  if (naming.aliasAttributes.includes("email") && name.includes("@"))
    throw invalidParameter("Username cannot be of email format, since user pool is configured for email alias.");
  if (naming.aliasAttributes.includes("phone_number") && /^\+\d+$/.test(name))
    throw invalidParameter(
      "Username cannot be of phone number format, since user pool is configured for phone number alias.",
    );
  return { username: folded(naming, name), attributes: given };
}

/**
 * Makes sure that nobody else has one of these names.
 *
 * @param username Of the user who is to have them.
 * @throws AliasExistsException, or UsernameExistsException for a username attribute.
 */
export function claimAliases(pool: PoolOfUsers, username: string, attributes: Attributes, force: boolean): void {
  for (const alias of aliasesOf(pool.naming, attributes)) {
    const owner = pool.users.find(alias);
    if (owner === undefined || owner.username === username) continue;
    const attribute =
      Object.keys(attributes).find((name) => folded(pool.naming, attributes[name] ?? "") === alias) ?? "";
    if (pool.naming.usernameAttributes.includes(attribute))
      throw new AwsException("UsernameExistsException", `An account with the given ${attribute} already exists.`);
    if (!force) throw new AwsException("AliasExistsException", `An account with the ${attribute} already exists.`);
    const { [attribute]: _, [`${attribute}_verified`]: __, ...rest } = owner.attributes;
    pool.users.change(owner, {
      attributes:
        attribute === "preferred_username" ? rest : { ...owner.attributes, [`${attribute}_verified`]: "false" },
    });
  }
}
