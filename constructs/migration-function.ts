import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCognitoUserGroups } from "@cdktf/provider-aws/lib/data-aws-cognito-user-groups";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { DataResource, Fn } from "cdktf";
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
import { lambdaPermissions, lambdaTrustPolicy } from "../rules/policies";
import { environmentFits } from "./environment-size";
import { HandlerAsset } from "./handler-asset";
import { literal } from "./hcl-text";
import { preconditions } from "./preconditions";
import type { SourceOutputs } from "./source-access";
import type { StampKeys } from "./stamp-keys";
import { fillableGroups, schemaText, terraformAddressOf, usernameAttributes } from "./user-pool-expressions";

/** The user pool that users move to. */
export interface DestinationUserPool {
  readonly id: string;
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export interface MigrationFunctionProps extends FunctionRules {
  /** Of the destination user pool's account and Region. */
  readonly provider: AwsProvider;
  /** USER_POOL_NAME: roles and function are named after it, in both accounts. */
  readonly migration: string;
  readonly userPool: DestinationUserPool;
  readonly source: SourceOutputs;
  /** The function's zip. */
  readonly archive: Uint8Array;
  readonly lambdaRuntime: string;
  readonly lambdaMemoryMb: number;
  /** Undefined: no limit. */
  readonly lambdaReservedConcurrency?: number | undefined;
  readonly logRetentionDays: number;
  /** Undefined: a key of AWS encrypts the environment. */
  readonly lambdaKmsKeyArn?: string | undefined;
  /** Undefined: no stamps are made. */
  readonly stampKeys?: StampKeys | undefined;
}

/** In the destination account: the function, what it may do, and who may call it. The user pool itself stays untouched. */
export function migrationFunction(scope: Construct, props: MigrationFunctionProps): LambdaFunction {
  const { provider, userPool, source } = props;
  const names = migrationNames(props.migration);
  const pool = new DataAwsCognitoUserPool(scope, "user-pool", { provider, userPoolId: userPool.id });

  const logGroup = new CloudwatchLogGroup(scope, "log-group", {
    provider,
    name: names.logGroup,
    retentionInDays: props.logRetentionDays,
  });
  const role = new IamRole(scope, "role", {
    provider,
    name: names.lambdaRole,
    description: `Execution role of ${names.function}`,
    assumeRolePolicy: JSON.stringify(lambdaTrustPolicy()),
  });
  const rolePolicy = new IamRolePolicy(scope, "role-policy", {
    provider,
    name: "assume-source-role-and-log",
    role: role.name,
    // Not JSON with a reference in it: what the source's state says could then be more than one value.
    policy: Fn.jsonencode(
      lambdaPermissions({
        sourceRoleArn: source.roleArn,
        logGroupArn: `arn:${userPool.partition}:logs:${userPool.region}:${userPool.account}:log-group:${names.logGroup}`,
      }),
    ),
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
    LOG_USER_KEY: logUserKey(scope),
    ...(props.stampKeys === undefined ? {} : { STAMP_KEY: props.stampKeys.current }),
    ...(props.groups.length === 0 ? {} : { DESTINATION_GROUPS: destinationGroups(scope, props) }),
  };
  const fn = new LambdaFunction(scope, "function", {
    provider,
    functionName: names.function,
    description: `User migration trigger of ${userPool.id}: moves users from ${props.sourceUserPoolId} at sign-in`,
    role: role.arn,
    filename: asset.path,
    sourceCodeHash: asset.sha256Base64,
    handler: FUNCTION_SETTINGS.handler,
    runtime: props.lambdaRuntime,
    architectures: [...FUNCTION_SETTINGS.architectures],
    memorySize: props.lambdaMemoryMb,
    timeout: FUNCTION_SETTINGS.timeoutSeconds,
    ...(props.lambdaReservedConcurrency === undefined
      ? {}
      : { reservedConcurrentExecutions: props.lambdaReservedConcurrency }),
    loggingConfig: { ...FUNCTION_SETTINGS.logging, logGroup: logGroup.name },
    ...(props.lambdaKmsKeyArn === undefined ? {} : { kmsKeyArn: props.lambdaKmsKeyArn }),
    environment: { variables },
    dependsOn: [rolePolicy],
    lifecycle: { precondition: [...preconditions(props, pool), environmentFits(scope, variables, settled)] },
  });
  new LambdaPermission(scope, "permission", {
    provider,
    statementId: "user-migration-trigger",
    functionName: fn.functionName,
    action: "lambda:InvokeFunction",
    principal: "cognito-idp.amazonaws.com",
    sourceArn: userPool.arn,
    sourceAccount: userPool.account,
  });
  return fn;
}

/**
 * A random key that Terraform makes once and keeps in this stack's state, and in the function's environment. It is built
 * into Terraform, so it takes no provider. `triggers_replace`, because that is taken as it is: what goes through `input` comes
 * back as an output that no plan knows to be sensitive.
 * https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
function logUserKey(scope: Construct): string {
  const key = new DataResource(scope, "log-user-key", {
    triggersReplace: { key: Fn.sensitive(Fn.uuid()) },
    lifecycle: { ignoreChanges: ["triggers_replace"] },
  });
  return Fn.sensitive(key.interpolationForAttribute("triggers_replace.key"));
}

/** Read when Terraform plans: a group that is made later travels after the next apply. */
function destinationGroups(scope: Construct, { provider, userPool, ...rules }: MigrationFunctionProps): string {
  const groups = new DataAwsCognitoUserGroups(scope, "user-groups", { provider, userPoolId: userPool.id });
  return `\${${fillableGroups(terraformAddressOf(groups), fillable(rules))}}`;
}

/** Names of attributes may look like references. */
const literals = (environment: RulesEnvironment): RulesEnvironment =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, literal(value)]));
