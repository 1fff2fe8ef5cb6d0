import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { FUNCTION_SETTINGS } from "../rules/function-settings";
import { migrationNames } from "../rules/migration-names";
import { lambdaTrustPolicy, tokenPermissions } from "../rules/policies";
import type { GroupsMode } from "../rules/stamp-settings";
import type { TokenEnvironment } from "../rules/token-environment";
import { HandlerAsset } from "./handler-asset";
import { literal } from "./hcl-text";
import type { DestinationUserPool } from "./migration-function";
import type { StampKeys } from "./stamp-keys";
import { terraformAddressOf, usernameAttributes } from "./user-pool-expressions";

export interface TokenFunctionProps {
  /** Of the destination user pool's account and Region. */
  readonly provider: AwsProvider;
  /** USER_POOL_NAME: role and function are named after it. */
  readonly migration: string;
  readonly userPool: DestinationUserPool;
  /** The token function's zip. */
  readonly archive: Uint8Array;
  /** What the migrating function signs with. */
  readonly stampKeys: StampKeys;
  readonly stampAttribute: string;
  readonly destinationCaseSensitive: boolean;
  readonly groupsMode: GroupsMode;
  /** Seconds. */
  readonly groupsWindow: number;
  /** Undefined: no event is sent. */
  readonly migratedEventBusArn?: string | undefined;
  readonly lambdaRuntime: string;
  readonly lambdaMemoryMb: number;
  /** Undefined: AWS's own key encrypts the environment. */
  readonly lambdaKmsKeyArn?: string | undefined;
  readonly logRetentionDays: number;
}

/**
 * In the destination account: the function on PreTokenGeneration, what it may do, and who may call it. It has no reserved concurrency: everybody's
 * token waits for it, and whom Lambda turns away cannot sign in.
 */
export function tokenFunction(scope: Construct, props: TokenFunctionProps): LambdaFunction {
  const { provider, userPool, groupsMode, migratedEventBusArn } = props;
  const names = migrationNames(props.migration).token;
  const logGroup = new CloudwatchLogGroup(scope, "token-log-group", {
    provider,
    name: names.logGroup,
    retentionInDays: props.logRetentionDays,
  });
  const role = new IamRole(scope, "token-role", {
    provider,
    name: names.role,
    description: `Execution role of ${names.function}`,
    assumeRolePolicy: JSON.stringify(lambdaTrustPolicy()),
  });
  const rolePolicy = new IamRolePolicy(scope, "token-role-policy", {
    provider,
    name: "log-and-send",
    role: role.name,
    policy: JSON.stringify(
      tokenPermissions({
        logGroupArn: `arn:${userPool.partition}:logs:${userPool.region}:${userPool.account}:log-group:${names.logGroup}`,
        userPoolArn: groupsMode === "token+member" ? userPool.arn : undefined,
        eventBusArn: migratedEventBusArn,
      }),
    ),
  });
  const asset = new HandlerAsset(scope, "token", props.archive, "token.zip");
  const fn = new LambdaFunction(scope, "token-function", {
    provider,
    functionName: names.function,
    description: `Pre token generation trigger of ${userPool.id}: what tokens carry of a migration`,
    role: role.arn,
    filename: asset.path,
    sourceCodeHash: asset.sha256Base64,
    handler: FUNCTION_SETTINGS.handler,
    runtime: props.lambdaRuntime,
    architectures: [...FUNCTION_SETTINGS.architectures],
    memorySize: props.lambdaMemoryMb,
    // A shorter one would end nothing earlier, and fail a sign-in that Cognito still waits for.
    timeout: FUNCTION_SETTINGS.timeoutSeconds,
    ...(props.lambdaKmsKeyArn === undefined ? {} : { kmsKeyArn: props.lambdaKmsKeyArn }),
    // Lambda's own three lines for each token, of every user, would be most of the log.
    loggingConfig: { ...FUNCTION_SETTINGS.logging, systemLogLevel: "WARN", logGroup: logGroup.name },
    environment: { variables: environmentOf(scope, props) },
    dependsOn: [rolePolicy],
  });
  new LambdaPermission(scope, "token-permission", {
    provider,
    statementId: "pre-token-generation-trigger",
    functionName: fn.functionName,
    action: "lambda:InvokeFunction",
    principal: "cognito-idp.amazonaws.com",
    sourceArn: userPool.arn,
    sourceAccount: userPool.account,
  });
  return fn;
}

function environmentOf(scope: Construct, props: TokenFunctionProps): TokenEnvironment {
  const { provider, userPool, stampKeys, migratedEventBusArn } = props;
  const pool = new DataAwsCognitoUserPool(scope, "token-user-pool", { provider, userPoolId: userPool.id });
  return {
    STAMP_ATTRIBUTE: literal(props.stampAttribute),
    STAMP_KEY: stampKeys.current,
    ...(stampKeys.before === undefined ? {} : { STAMP_KEY_BEFORE: stampKeys.before }),
    DESTINATION_USER_POOL_ID: userPool.id,
    DESTINATION_USERNAME_ATTRIBUTES: `\${${usernameAttributes(terraformAddressOf(pool))}}`,
    DESTINATION_CASE_SENSITIVE: String(props.destinationCaseSensitive),
    GROUPS_MODE: props.groupsMode,
    GROUPS_WINDOW: String(props.groupsWindow),
    ...(migratedEventBusArn === undefined ? {} : { MIGRATED_EVENT_BUS_ARN: migratedEventBusArn }),
  };
}
