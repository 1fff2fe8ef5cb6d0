import type { TerraformDataSource } from "cdktf";
import type { MfaConfiguration } from "../rules/attribute-rules";
import type { FillableGroups } from "../rules/carried-groups";
import { STAMP_MAX_LENGTH, STAMP_MIN_LENGTH } from "../rules/stamp";
import { quoted } from "./hcl-text";

/**
 * Terraform expressions over a user pool that is only known when Terraform plans. cdktf 0.21 has no `for`, so they are
 * written as text, without the `${` and `}` around them.
 *
 * What AWS leaves out of its answer is null here, and Terraform's functions refuse null. Only the pool's id and ARN, and an
 * attribute's name and type, are always there.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
 */

export const terraformAddressOf = (data: TerraformDataSource): string =>
  `data.${data.terraformResourceType}.${data.friendlyUniqueId}`;

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
export const usernameAttributes = (address: string): string =>
  `coalesce(join(",", sort(${usernameAttributesOf(address)})), "none")`;

export const hasUsernames = (address: string): string => `length(${usernameAttributesOf(address)}) == 0`;

/** @param otherwise What holds when AWS does not say. */
export const mfaConfiguration = (address: string, otherwise: MfaConfiguration): string =>
  `coalesce(${address}.mfa_configuration, "${otherwise}")`;

export const isPool = (address: string, arn: string): string => `${address}.arn == "${arn}"`;

export const hasAttribute = (address: string, name: string): string =>
  `contains([for a in ${schemaOf(address)} : a.name], ${quoted(name)})`;

/** Whether an attribute can take a stamp, and give it up again: a String of the right lengths, mutable and not required. */
export function canHoldStamp(address: string, name: string): string {
  const isLongEnough = `try(tonumber(a.string_attribute_constraints[0].max_length) >= ${STAMP_MAX_LENGTH}, true)`;
  const isShortEnough = `try(tonumber(a.string_attribute_constraints[0].min_length) <= ${STAMP_MIN_LENGTH}, true)`;
  const isRight = `a.attribute_data_type == "String" && ${isLongEnough} && ${isShortEnough} && coalesce(a.mutable, true) && !${IS_REQUIRED}`;
  return `length([for a in ${schemaOf(address)} : a.name if a.name == ${quoted(name)} && ${isRight}]) > 0`;
}

/**
 * The names of the groups that may be filled, as JSON. One with a role gives rights in an AWS account: it counts only where somebody
 * has named it.
 */
export function fillableGroups(address: string, { named, every }: FillableGroups): string {
  const isNamed = `contains([${named.map(quoted).join(", ")}], g.group_name)`;
  const isFillable = every ? `(g.role_arn == null ? "" : g.role_arn) == "" || ${isNamed}` : isNamed;
  return `jsonencode(sort([for g in coalesce(${address}.groups, []) : g.group_name if ${isFillable}]))`;
}

/** The attributes that Cognito wants every app client to be able to write, and `always`. */
export const writableAttributes = (address: string, always: string): string =>
  `sort(distinct(concat(["${always}"], [for a in ${schemaOf(address)} : a.name if ${IS_REQUIRED} && a.name != "sub"])))`;
