import type { DestinationSettings } from "../../config/deployment";
import { FUNCTION_SETTINGS } from "../../rules/function-settings";
import { lambdaPermissions, type PolicyDocument, tokenPermissions } from "../../rules/policies";
import type { FunctionKind } from "../../rules/triggers";

/** What the stack gives a function, but for its names, environment and code. */
export interface ExpectedFunction {
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly logging: {
    readonly logFormat: string;
    readonly applicationLogLevel: string;
    readonly systemLogLevel: string;
  };
  /** Undefined: the function shares what the account has. */
  readonly reservedConcurrency: number | undefined;
}

const { handler, timeoutSeconds, logging, tokenLogging } = FUNCTION_SETTINGS;

export const EXPECTED: Readonly<Record<FunctionKind, (settings: DestinationSettings) => ExpectedFunction>> = {
  migration: ({ lambdaMemoryMb: memoryMb, lambdaReservedConcurrency: reservedConcurrency }) => ({
    handler,
    timeoutSeconds,
    memoryMb,
    logging,
    reservedConcurrency,
  }),
  token: ({ lambdaMemoryMb: memoryMb }) => ({
    handler,
    timeoutSeconds,
    memoryMb,
    logging: tokenLogging,
    // Whom Lambda turns away cannot sign in.
    reservedConcurrency: undefined,
  }),
};

export interface RoleOf {
  readonly logGroupArn: string;
  /** Undefined: nobody knows it here. */
  readonly sourceRoleArn: string | undefined;
}

/** What the role of a function may do. @returns undefined while nobody knows the source role. */
export const EXPECTED_PERMISSIONS: Readonly<
  Record<FunctionKind, (settings: DestinationSettings, role: RoleOf) => PolicyDocument | undefined>
> = {
  migration: (_, { sourceRoleArn, logGroupArn }) =>
    sourceRoleArn === undefined ? undefined : lambdaPermissions({ sourceRoleArn, logGroupArn }),
  token: ({ groupsMode, userPool, migratedEventBusArn }, { logGroupArn }) =>
    tokenPermissions({
      logGroupArn,
      userPoolArn: groupsMode === "token+member" ? userPool.arn : undefined,
      eventBusArn: migratedEventBusArn,
    }),
};
