import type { DestinationSettings } from "../../config/deployment";
import { FUNCTION_SETTINGS } from "../../rules/function-settings";
import { listed } from "./check";
import type { CheckedFunction } from "./checked-function";
import type { DeployedFunction } from "./facts";

/** What differs between a function and what ../../constructs makes of it, but for its environment and code. */
export function configurationDifferences(
  fn: CheckedFunction,
  { configuration, reservedConcurrency }: DeployedFunction,
  settings: DestinationSettings,
): string[] {
  const { Timeout, MemorySize, Handler, Role, Layers = [], VpcConfig, LoggingConfig = {} } = configuration;
  const { handler, timeoutSeconds, architectures } = FUNCTION_SETTINGS;
  const { lambdaMemoryMb: memoryMb, lambdaReservedConcurrency, userPool } = settings;
  const names = fn.namesOf(settings);
  const isMigrating = fn.kind === "migration";
  const logging = isMigrating ? FUNCTION_SETTINGS.logging : FUNCTION_SETTINGS.tokenLogging;
  // The token function shares what the account has: whom Lambda turns away cannot sign in.
  const reserved = reservedConcurrency ?? "none";
  const toReserve = (isMigrating ? lambdaReservedConcurrency : undefined) ?? "none";
  // Lambda's own defaults: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
  const platforms = listed(configuration.Architectures ?? ["x86_64"]);
  // And https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html
  const { LogFormat = "Text", LogGroup = names.logGroup } = LoggingConfig;
  const { ApplicationLogLevel: own = "INFO", SystemLogLevel: lambdas = "INFO" } = LoggingConfig;
  const rows: readonly (readonly [isAsMade: boolean, otherwise: string])[] = [
    [Timeout === timeoutSeconds, `the timeout is ${Timeout} s instead of ${timeoutSeconds}`],
    [MemorySize === memoryMb, `memory is ${MemorySize} MB instead of ${memoryMb}`],
    [Handler === handler, `the handler is ${Handler}`],
    [Role === `arn:${userPool.partition}:iam::${userPool.account}:role/${names.role}`, `the role is ${Role}`],
    [platforms === listed(architectures), `the architecture is ${platforms} instead of ${listed(architectures)}`],
    [Layers.length === 0, "it has layers"],
    // Of a function that has left its VPC Lambda tells an empty id.
    [!VpcConfig?.VpcId, `it is in ${VpcConfig?.VpcId}`],
    [LogFormat === logging.logFormat, `the log format is ${LogFormat} instead of ${logging.logFormat}`],
    [LogGroup === names.logGroup, `it writes its log to ${LogGroup} instead of ${names.logGroup}`],
    [own === logging.applicationLogLevel, `its own log level is ${own} instead of ${logging.applicationLogLevel}`],
    [lambdas === logging.systemLogLevel, `Lambda's log level is ${lambdas} instead of ${logging.systemLogLevel}`],
    [reserved === toReserve, `reserved concurrency is ${reserved} instead of ${toReserve}`],
  ];
  return rows.flatMap(([isAsMade, otherwise]) => (isAsMade ? [] : otherwise));
}
