import type { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import type { TerraformRemoteState } from "cdktf";
import type { DestinationSettings } from "../config/deployment";
import { SOURCE_OUTPUTS } from "./source";
import { addressOf, hasAttribute } from "./user-pool-expressions";

export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/** What only the pool itself can tell: checked when Terraform plans, before anything is made. */
export function preconditions(
  settings: DestinationSettings,
  pool: DataAwsCognitoUserPool,
  sourceState: TerraformRemoteState | undefined,
): Precondition[] {
  const { userPool } = settings;
  const checks: Precondition[] = [
    {
      condition: `\${${addressOf(pool)}.arn == "${userPool.arn}"}`,
      errorMessage: `DESTINATION_USER_POOL_ARN is not the ARN of user pool ${userPool.id} in this account and Region.`,
    },
  ];
  if (sourceState) checks.push(sameSource(settings, sourceState));
  for (const target of settings.attributeMap.values())
    checks.push({
      condition: `\${${hasAttribute(addressOf(pool), target)}}`,
      errorMessage: `ATTRIBUTE_MAP names ${target}, which the schema of ${userPool.id} does not have. Add the attribute to the pool first.`,
    });
  for (const name of settings.attributeExclude)
    checks.push({
      condition: `\${${hasAttribute(addressOf(pool), name)}}`,
      errorMessage: `ATTRIBUTE_EXCLUDE names ${name}, which the schema of ${userPool.id} does not have: it would stay behind anyway. Is another attribute meant?`,
    });
  if (settings.mfaPolicy === "sms")
    checks.push({
      condition: `\${${addressOf(pool)}.mfa_configuration != "OFF"}`,
      errorMessage: `MFA_POLICY is sms, but MFA is off in ${userPool.id}: Cognito would refuse every user with SMS MFA. Turn MFA on (optional) first.`,
    });
  if (settings.aliasAttributes?.length)
    checks.push({
      condition: `\${length(${addressOf(pool)}.username_attributes) == 0}`,
      errorMessage: `DESTINATION_ALIAS_ATTRIBUTES is set, but ${userPool.id} has UsernameAttributes, and a pool cannot have both. Unset it.`,
    });
  return checks;
}

/** Role and app client of another user pool would fail every sign-in; and a state that somebody changed shows here. */
function sameSource(
  { sourceUserPoolId, sourceRegion }: DestinationSettings,
  state: TerraformRemoteState,
): Precondition {
  const output = (name: string): string => `data.terraform_remote_state.${state.friendlyUniqueId}.outputs.${name}`;
  const { userPoolId, region } = SOURCE_OUTPUTS;
  return {
    condition: `\${${output(userPoolId)} == "${sourceUserPoolId}" && ${output(region)} == "${sourceRegion}"}`,
    errorMessage: `The source stack's state is not that of user pool ${sourceUserPoolId} in ${sourceRegion}. Are SOURCE_USER_POOL_ID and SOURCE_REGION the same for both stacks, and is the state the right one?`,
  };
}
