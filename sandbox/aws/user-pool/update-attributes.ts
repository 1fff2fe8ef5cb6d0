import { claimAliases } from "./create-user";
import { invalidParameter } from "./exception";
import { type Attributes, conform } from "./schema";
import type { User } from "./user";
import { foldedAttributes } from "./user-names";
import type { UserPool } from "./user-pool";

/**
 * A new address is unverified unless the same request says otherwise, and an empty value removes an attribute.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html
 */
export function updatedAttributes(pool: UserPool, user: User, given: Attributes): Partial<User> {
  if (Object.keys(given).length === 0) throw invalidParameter("UserAttributes must not be empty");
  const changes = { ...foldedAttributes(pool.naming, given) };
  for (const name of ["email", "phone_number"])
    if (changes[name] !== undefined && changes[name] !== user.attributes[name]) changes[`${name}_verified`] ??= "false";
  conform(pool.schema, changes, "update");
  for (const { Name, Required } of pool.schema)
    if (Required && changes[Name ?? ""] === "")
      throw invalidParameter(`Attributes did not conform to the schema: ${Name}: The attribute is required`);
  const after = Object.fromEntries(
    Object.entries({ ...user.attributes, ...changes }).filter(([, value]) => value !== ""),
  );
  claimAliases(pool, user.username, after, false);
  return { attributes: after };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html */
export const withoutAttributes = (pool: UserPool, user: User, names: readonly string[]): Partial<User> =>
  updatedAttributes(pool, user, Object.fromEntries(names.map((name) => [name, ""])));
