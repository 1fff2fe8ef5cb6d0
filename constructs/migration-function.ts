import { DataAwsCognitoUserGroups } from "@cdktf/provider-aws/lib/data-aws-cognito-user-groups";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { fillable } from "../rules/carried-groups";
import {
  type FunctionRules,
  type HandlerEnvironment,
  type RulesEnvironment,
  rulesEnvironment,
} from "../rules/function-environment";
import { FUNCTION_SETTINGS } from "../rules/function-settings";
import { migrationNames } from "../rules/migration-names";
import { lambdaPermissions } from "../rules/policies";
import { HandlerAsset } from "./handler-asset";
import { literal } from "./hcl-text";
import { environmentFits, preconditions } from "./preconditions";
import type { SourceOutputs } from "./source-access";
import { keptKey, type StampKeys } from "./stamp-keys";
import { type FunctionProps, functionRole, triggeredFunction } from "./triggered-function";
import { fillableGroups, schemaText, terraformAddressOf, usernameAttributes } from "./user-pool-expressions";

export interface MigrationFunctionProps extends FunctionProps, FunctionRules {
  readonly source: SourceOutputs;
  /** Undefined: no limit. */
  readonly lambdaReservedConcurrency?: number | undefined;
  /** Undefined: no stamps are made. */
  readonly stampKeys?: StampKeys | undefined;
}

/** In the destination account: the function, what it may do, and who may call it. The user pool itself stays untouched. */
export function migrationFunction(scope: Construct, props: MigrationFunctionProps): LambdaFunction {
  const { provider, userPool, source, lambdaReservedConcurrency } = props;
  const { lambdaRole, function: name, logGroup } = migrationNames(props.migration);
  const pool = new DataAwsCognitoUserPool(scope, "user-pool", { provider, userPoolId: userPool.id });
  const role = functionRole(scope, props, {
    prefix: "",
    names: { role: lambdaRole, function: name, logGroup },
    policyName: "assume-source-role-and-log",
    // Not JSON with a reference in it: what the source's state says could then be more than one value.
    policy: (logGroupArn) => Fn.jsonencode(lambdaPermissions({ sourceRoleArn: source.roleArn, logGroupArn })),
  });
  const asset = new HandlerAsset(scope, "handler", props.archive);
  const settled = rulesEnvironment(props);
  const variables: HandlerEnvironment = {
    ...literals(settled),
    SOURCE_ROLE_ARN: source.roleArn,
    SOURCE_APP_CLIENT_ID: source.appClientId,
    SOURCE_MFA_CONFIGURATION: source.mfaConfiguration,
    SOURCE_USERNAME_ATTRIBUTES: source.usernameAttributes,
    DESTINATION_SCHEMA: `\${${schemaText(terraformAddressOf(pool))}}`,
    DESTINATION_USERNAME_ATTRIBUTES: `\${${usernameAttributes(terraformAddressOf(pool))}}`,
    LOG_USER_KEY: keptKey(scope, "log-user-key", Fn.uuid()),
    ...(props.stampKeys === undefined ? {} : { STAMP_KEY: props.stampKeys.current }),
    ...(props.groups.length === 0 ? {} : { DESTINATION_GROUPS: destinationGroups(scope, props) }),
  };
  return triggeredFunction(scope, props, role, {
    description: `User migration trigger of ${userPool.id}: moves users from ${props.sourceUserPoolId} at sign-in`,
    asset,
    logging: FUNCTION_SETTINGS.logging,
    ...(lambdaReservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: lambdaReservedConcurrency }),
    environment: { variables },
    lifecycle: { precondition: [...preconditions(props, pool), environmentFits(scope, variables, settled)] },
    statementId: "user-migration-trigger",
  });
}

/** Read when Terraform plans: a group that is made later travels after the next apply. */
function destinationGroups(scope: Construct, { provider, userPool, ...rules }: MigrationFunctionProps): string {
  const groups = new DataAwsCognitoUserGroups(scope, "user-groups", { provider, userPoolId: userPool.id });
  return `\${${fillableGroups(terraformAddressOf(groups), fillable(rules))}}`;
}

/** Names of attributes may look like references. */
const literals = (environment: RulesEnvironment): RulesEnvironment =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, literal(value)]));
