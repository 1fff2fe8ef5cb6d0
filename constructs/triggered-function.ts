import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction, type LambdaFunctionConfig } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { FUNCTION_SETTINGS } from "../rules/function-settings";
import { lambdaTrustPolicy } from "../rules/policies";
import type { HandlerAsset } from "./handler-asset";

/** What both functions of the destination take alike. */
export interface FunctionProps {
  /** Of the destination user pool's account and Region. */
  readonly provider: AwsProvider;
  /** USER_POOL_NAME: roles and functions are named after it, the source role in the other account, too. */
  readonly migration: string;
  readonly userPool: DestinationUserPool;
  /** The function's zip. */
  readonly archive: Uint8Array;
  readonly lambdaRuntime: string;
  readonly lambdaMemoryMb: number;
  /** Undefined: AWS's own key encrypts the environment. */
  readonly lambdaKmsKeyArn?: string | undefined;
  readonly logRetentionDays: number;
}

interface FunctionRoleProps {
  /** Before each construct id; none for the function that there was first. */
  readonly prefix: "" | "token-";
  readonly names: { readonly role: string; readonly function: string; readonly logGroup: string };
  readonly policyName: string;
  /** @returns a policy document, as JSON. */
  readonly policy: (logGroupArn: string) => string;
}

export function functionRole(
  scope: Construct,
  { provider, userPool, logRetentionDays }: FunctionProps,
  { prefix, names, policyName, policy }: FunctionRoleProps,
) {
  const logGroup = new CloudwatchLogGroup(scope, `${prefix}log-group`, {
    provider,
    name: names.logGroup,
    retentionInDays: logRetentionDays,
  });
  const role = new IamRole(scope, `${prefix}role`, {
    provider,
    name: names.role,
    description: `Execution role of ${names.function}`,
    assumeRolePolicy: JSON.stringify(lambdaTrustPolicy()),
  });
  const { partition, region, account } = userPool;
  const rolePolicy = new IamRolePolicy(scope, `${prefix}role-policy`, {
    provider,
    name: policyName,
    role: role.name,
    policy: policy(`arn:${partition}:logs:${region}:${account}:log-group:${names.logGroup}`),
  });
  return { prefix, names, logGroup, role, rolePolicy };
}

/** What is the function's own. */
interface TriggeredFunctionProps
  extends Pick<LambdaFunctionConfig, "description" | "environment" | "lifecycle" | "reservedConcurrentExecutions"> {
  readonly asset: HandlerAsset;
  readonly logging: Readonly<Record<"logFormat" | "applicationLogLevel" | "systemLogLevel", string>>;
  /** Of the statement that lets Cognito call it for this user pool. */
  readonly statementId: string;
}

/** A function that the user pool calls, and who may call it. */
export function triggeredFunction(
  scope: Construct,
  { provider, userPool, ...props }: FunctionProps,
  { prefix, names, logGroup, role, rolePolicy }: ReturnType<typeof functionRole>,
  { asset, logging, statementId, ...own }: TriggeredFunctionProps,
): LambdaFunction {
  const fn = new LambdaFunction(scope, `${prefix}function`, {
    ...own,
    provider,
    functionName: names.function,
    role: role.arn,
    filename: asset.path,
    sourceCodeHash: asset.sha256Base64,
    handler: FUNCTION_SETTINGS.handler,
    runtime: props.lambdaRuntime,
    architectures: [...FUNCTION_SETTINGS.architectures],
    memorySize: props.lambdaMemoryMb,
    timeout: FUNCTION_SETTINGS.timeoutSeconds,
    ...(props.lambdaKmsKeyArn === undefined ? {} : { kmsKeyArn: props.lambdaKmsKeyArn }),
    loggingConfig: { ...logging, logGroup: logGroup.name },
    dependsOn: [rolePolicy],
  });
  new LambdaPermission(scope, `${prefix}permission`, {
    provider,
    statementId,
    functionName: fn.functionName,
    action: "lambda:InvokeFunction",
    principal: "cognito-idp.amazonaws.com",
    sourceArn: userPool.arn,
    sourceAccount: userPool.account,
  });
  return fn;
}

export interface DestinationUserPool {
  readonly id: string;
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}
