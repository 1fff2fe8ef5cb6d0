import type { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";

/**
 * Terraform expressions over a user pool that is only known when Terraform plans. cdktf 0.21 has no `for`, so they are
 * written as text, without the `${` and `}` around them.
 */

/** The data source's address. */
export function addressOf(pool: DataAwsCognitoUserPool): string {
  return `data.${pool.terraformResourceType}.${pool.friendlyUniqueId}`;
}

/** Names in the schema that applications can write, with commas between them. */
export function schemaAttributes(address: string): string {
  return `join(",", sort([for a in ${address}.schema_attributes : a.name if !a.developer_only_attribute]))`;
}

/** What users sign in with instead of a username, with commas between them, or `none`. */
export function usernameAttributes(address: string): string {
  return `length(${address}.username_attributes) == 0 ? "none" : join(",", sort(${address}.username_attributes))`;
}

/** Whether the schema has an attribute. `name` holds no character that HCL would read. */
export function hasAttribute(address: string, name: string): string {
  return `contains([for a in ${address}.schema_attributes : a.name], "${name}")`;
}

/** The attributes that Cognito wants every app client to be able to write, and `always`. */
export function writableAttributes(address: string, always: string): string {
  return `sort(distinct(concat(["${always}"], [for a in ${address}.schema_attributes : a.name if a.required && a.name != "sub"])))`;
}
