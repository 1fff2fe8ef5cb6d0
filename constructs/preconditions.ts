import type { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import type { FunctionRules } from "../rules/function-environment";
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
