import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { Construct } from "constructs";
import { FUNCTION_SETTINGS } from "../rules/function-settings";
import { migrationNames } from "../rules/migration-names";
import { tokenPermissions } from "../rules/policies";
import type { GroupsMode } from "../rules/stamp-settings";
import type { TokenEnvironment } from "../rules/token-environment";
import { HandlerAsset } from "./handler-asset";
import { literal } from "./hcl-text";
import type { StampKeys } from "./stamp-keys";
import { type FunctionProps, functionRole, triggeredFunction } from "./triggered-function";
import { terraformAddressOf, usernameAttributes } from "./user-pool-expressions";

export interface TokenFunctionProps extends FunctionProps {
  /** What the migrating function signs with. */
  readonly stampKeys: StampKeys;
  readonly stampAttribute: string;
  readonly destinationCaseSensitive: boolean;
  readonly groupsMode: GroupsMode;
  /** Seconds. */
  readonly groupsWindow: number;
  /** Undefined: no event is sent. */
  readonly migratedEventBusArn?: string | undefined;
}

/**
 * In the destination account: the function on PreTokenGeneration, what it may do, and who may call it. It has no reserved concurrency: everybody's
 * token waits for it, and whom Lambda turns away cannot sign in.
 */
export function tokenFunction(scope: Construct, props: TokenFunctionProps): LambdaFunction {
  const { userPool, groupsMode, migratedEventBusArn: eventBusArn } = props;
  const role = functionRole(scope, props, {
    prefix: "token-",
    names: migrationNames(props.migration).token,
    policyName: "log-and-send",
    policy: (logGroupArn) => {
      const userPoolArn = groupsMode === "token+member" ? userPool.arn : undefined;
      return JSON.stringify(tokenPermissions({ logGroupArn, userPoolArn, eventBusArn }));
    },
  });
  return triggeredFunction(scope, props, role, {
    description: `Pre token generation trigger of ${userPool.id}: what tokens carry of a migration`,
    asset: new HandlerAsset(scope, "token", props.archive, "token.zip"),
    logging: FUNCTION_SETTINGS.tokenLogging,
    environment: { variables: environmentOf(scope, props) },
    statementId: "pre-token-generation-trigger",
  });
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
