import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { DestinationSettings } from "../../config/deployment";
import { FUNCTION_SETTINGS } from "../../rules/function-settings";
import type { FunctionKind } from "../../rules/triggers";
import { listed } from "./check";

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

/** What differs between a function and what ../../constructs makes of it, but for its environment and code. */
export function configurationDifferences(
  found: FunctionConfiguration,
  names: { readonly role: string; readonly logGroup: string },
  { handler, timeoutSeconds, memoryMb, logging }: ExpectedFunction,
  { partition, account }: DestinationSettings["userPool"],
): string[] {
  const { Timeout, MemorySize, Handler, Role, Layers = [], VpcConfig, LoggingConfig = {} } = found;
  const { architectures } = FUNCTION_SETTINGS;
  // Lambda's own defaults: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
  const platforms = listed(found.Architectures ?? ["x86_64"]);
  // And https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html
  const { LogFormat = "Text", LogGroup = names.logGroup } = LoggingConfig;
  const { ApplicationLogLevel: own = "INFO", SystemLogLevel: lambdas = "INFO" } = LoggingConfig;
  const rows: readonly (readonly [isAsMade: boolean, otherwise: string])[] = [
    [Timeout === timeoutSeconds, `the timeout is ${Timeout} s instead of ${timeoutSeconds}`],
    [MemorySize === memoryMb, `memory is ${MemorySize} MB instead of ${memoryMb}`],
    [Handler === handler, `the handler is ${Handler}`],
    [Role === `arn:${partition}:iam::${account}:role/${names.role}`, `the role is ${Role}`],
    [platforms === listed(architectures), `the architecture is ${platforms} instead of ${listed(architectures)}`],
    [Layers.length === 0, "it has layers"],
    // Of a function that has left its VPC Lambda tells an empty id.
    [!VpcConfig?.VpcId, `it is in ${VpcConfig?.VpcId}`],
    [LogFormat === logging.logFormat, `the log format is ${LogFormat} instead of ${logging.logFormat}`],
    [LogGroup === names.logGroup, `it writes its log to ${LogGroup} instead of ${names.logGroup}`],
    [own === logging.applicationLogLevel, `its own log level is ${own} instead of ${logging.applicationLogLevel}`],
    [lambdas === logging.systemLogLevel, `Lambda's log level is ${lambdas} instead of ${logging.systemLogLevel}`],
  ];
  return rows.flatMap(([isAsMade, otherwise]) => (isAsMade ? [] : otherwise));
}
