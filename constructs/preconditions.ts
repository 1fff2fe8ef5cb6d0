import type { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { ENVIRONMENT_MAX_BYTES, whatToShorten } from "../rules/environment-size";
import type { FunctionRules, HandlerEnvironment, RulesEnvironment } from "../rules/function-environment";
import { type NamedAttribute, namedAttributes } from "../rules/named-attributes";
import { STAMP_MAX_LENGTH, STAMP_MIN_LENGTH } from "../rules/stamp";
import { literal } from "./hcl-text";
import {
  canHoldStamp,
  hasAttribute,
  hasUsernames,
  isPool,
  mfaConfiguration,
  terraformAddressOf,
} from "./user-pool-expressions";

export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

const OTHERWISE: Readonly<Record<NamedAttribute["setting"], string>> = {
  ATTRIBUTE_MAP: ". Add the attribute to the pool first.",
  ATTRIBUTE_EXCLUDE: ": it would stay behind anyway. Is another attribute meant?",
};

/** What only the pool itself can tell: checked when Terraform plans, before anything is made. */
export function preconditions(
  rules: FunctionRules & { readonly userPool: { readonly id: string; readonly arn: string } },
  pool: DataAwsCognitoUserPool,
): Precondition[] {
  const { userPool } = rules;
  const checks: Precondition[] = [
    {
      condition: `\${${isPool(terraformAddressOf(pool), userPool.arn)}}`,
      errorMessage: `DESTINATION_USER_POOL_ARN is not the ARN of user pool ${userPool.id} in this account and Region.`,
    },
  ];
  for (const { setting, name } of namedAttributes(rules).destination)
    checks.push({
      condition: `\${${hasAttribute(terraformAddressOf(pool), name)}}`,
      errorMessage: `${setting} names ${literal(name)}, which the schema of ${userPool.id} does not have${OTHERWISE[setting]}`,
    });
  if (rules.migrationStamp === "on")
    checks.push({
      condition: `\${${canHoldStamp(terraformAddressOf(pool), rules.stampAttribute)}}`,
      errorMessage: `STAMP_ATTRIBUTE is ${literal(rules.stampAttribute)}, and ${userPool.id} has no such attribute that is a String of up to ${STAMP_MAX_LENGTH} characters that takes ${STAMP_MIN_LENGTH} too, mutable and not required: Cognito would refuse every user. Add it to the pool first.`,
    });
  if (rules.mfaPolicy === "sms")
    checks.push({
      condition: `\${${mfaConfiguration(terraformAddressOf(pool), "OFF")} != "OFF"}`,
      errorMessage: `MFA_POLICY is sms, but MFA is off in ${userPool.id}: Cognito would refuse every user with SMS MFA. Turn MFA on (optional) first.`,
    });
  if (rules.destinationAliasAttributes?.length)
    checks.push({
      condition: `\${${hasUsernames(terraformAddressOf(pool))}}`,
      errorMessage: `DESTINATION_ALIAS_ATTRIBUTES is set, but ${userPool.id} has UsernameAttributes, and a pool cannot have both. Unset it.`,
    });
  return checks;
}

/** UUIDs in the place of the keys: these are only known when they have been made, and Terraform would then not say the sum. */
const KEYS_IN_THEIR_PLACE = { LOG_USER_KEY: "0".repeat(36), STAMP_KEY: "0".repeat(72) };

/** Terraform counts characters, and bytes only by way of Base64. */
const bytesOf = (text: string): string =>
  `length(base64encode(${text})) / 4 * 3 - length(regexall("=", base64encode(${text})))`;

/**
 * Measures the whole environment when Terraform plans, the pool's schema and the source's outputs included: Lambda would
 * refuse it when half of the stack is there, with the key for the log in its message.
 */
export function environmentFits(
  scope: Construct,
  variables: HandlerEnvironment,
  settled: RulesEnvironment,
): Precondition {
  const local = (id: string, expression: unknown): string =>
    `local.${new TerraformLocal(scope, id, expression).friendlyUniqueId}`;
  const environment = local("function-environment", {
    ...variables,
    ...Object.fromEntries(Object.entries(KEYS_IN_THEIR_PLACE).filter(([name]) => name in variables)),
  });
  const ofGroups =
    variables.DESTINATION_GROUPS === undefined
      ? ""
      : ` Its groups take \${${bytesOf(`${environment}.DESTINATION_GROUPS`)}}: name those that are to travel, instead of *.`;
  const sum = local("function-environment-bytes", `\${${bytesOf(`jsonencode(${environment})`)}}`);
  return {
    condition: `\${${sum} <= ${ENVIRONMENT_MAX_BYTES}}`,
    errorMessage: `The function's environment would have \${${sum}} bytes, and Lambda takes ${ENVIRONMENT_MAX_BYTES}. Shorten ${whatToShorten(settled)}. The schema of the destination, which cannot be shortened, takes \${${bytesOf(`${environment}.DESTINATION_SCHEMA`)}}.${ofGroups}`,
  };
}
