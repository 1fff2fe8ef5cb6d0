import type { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import type { MfaConfiguration } from "../rules/attribute-rules";
import { quoted } from "./hcl-text";

/**
 * Terraform expressions over a user pool that is only known when Terraform plans. cdktf 0.21 has no `for`, so they are
 * written as text, without the `${` and `}` around them.
 *
 * What AWS leaves out of its answer is null here, and Terraform's functions refuse null. Only the pool's id and ARN, and an
 * attribute's name and type, are always there.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
 */

/** The data source's address. */
export function terraformAddressOf(pool: DataAwsCognitoUserPool): string {
  return `data.${pool.terraformResourceType}.${pool.friendlyUniqueId}`;
}

const arnOf = (address: string): string => `${address}.arn`;
const schemaOf = (address: string): string => `coalesce(${address}.schema_attributes, [])`;
const usernameAttributesOf = (address: string): string => `coalesce(${address}.username_attributes, [])`;

/** What is missing, null or no whole number is no limit: constraints are text in the API. */
const limit = (ofNumber: string, ofText: string): string =>
  `try(regex("^-?[0-9]+$", a.attribute_data_type == "Number" ? a.number_attribute_constraints[0].${ofNumber} : a.string_attribute_constraints[0].${ofText}), "-")`;

const IS_REQUIRED = "coalesce(a.required, false)";

const DEFINITION = `join(" ", concat([a.attribute_data_type, ${limit("min_value", "min_length")}, ${limit("max_value", "max_length")}], ${IS_REQUIRED} && a.name != "sub" ? ["required"] : []))`;

/** The attributes that applications can write, by definition, as ../rules/schema.ts reads them. Each pool makes `sub` itself. */
export function schemaText(address: string): string {
  const byDefinition = `{for a in ${schemaOf(address)} : ${DEFINITION} => a.name... if !coalesce(a.developer_only_attribute, false)}`;
  return `jsonencode({for definition, names in ${byDefinition} : definition => sort(names)})`;
}

/** What users sign in with instead of a username, with commas between them, or `none`. */
export function usernameAttributes(address: string): string {
  return `coalesce(join(",", sort(${usernameAttributesOf(address)})), "none")`;
}

export function hasUsernames(address: string): string {
  return `length(${usernameAttributesOf(address)}) == 0`;
}

/** @param otherwise What holds when AWS does not say. */
export function mfaConfiguration(address: string, otherwise: MfaConfiguration): string {
  return `coalesce(${address}.mfa_configuration, "${otherwise}")`;
}

export function isPool(address: string, arn: string): string {
  return `${arnOf(address)} == "${arn}"`;
}

/** Whether the schema has an attribute. */
export function hasAttribute(address: string, name: string): string {
  return `contains([for a in ${schemaOf(address)} : a.name], ${quoted(name)})`;
}

/** The attributes that Cognito wants every app client to be able to write, and `always`. */
export function writableAttributes(address: string, always: string): string {
  return `sort(distinct(concat(["${always}"], [for a in ${schemaOf(address)} : a.name if ${IS_REQUIRED} && a.name != "sub"])))`;
}
