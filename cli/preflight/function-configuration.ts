import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { DestinationSettings } from "../../config/deployment";
import { FUNCTION_SETTINGS } from "../../rules/function-settings";
import { listed } from "./check";

/** What differs between the function and what ../../constructs/migration-function.ts makes, but for its environment and code. */
export function configurationDifferences(found: FunctionConfiguration, settings: DestinationSettings): string[] {
  const { Timeout, MemorySize, Handler, Role, Layers = [], VpcConfig } = found;
  const { handler, timeoutSeconds, architectures } = FUNCTION_SETTINGS;
  const { partition, account } = settings.userPool;
  const role = `arn:${partition}:iam::${account}:role/${settings.names.lambdaRole}`;
  // Lambda's own default: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
  const platforms = listed(found.Architectures ?? ["x86_64"]);
  return [
    ...(Timeout === timeoutSeconds ? [] : [`the timeout is ${Timeout} s instead of ${timeoutSeconds}`]),
    ...(MemorySize === settings.lambdaMemoryMb
      ? []
      : [`memory is ${MemorySize} MB instead of ${settings.lambdaMemoryMb}`]),
    ...(Handler === handler ? [] : [`the handler is ${Handler}`]),
    ...(Role === role ? [] : [`the role is ${Role}`]),
    ...(platforms === listed(architectures)
      ? []
      : [`the architecture is ${platforms} instead of ${listed(architectures)}`]),
    ...(Layers.length === 0 ? [] : ["it has layers"]),
    // Of a function that has left its VPC Lambda tells an empty id.
    ...(VpcConfig?.VpcId ? [`it is in ${VpcConfig.VpcId}`] : []),
    ...loggingDifferences(found, settings),
  ];
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html */
function loggingDifferences({ LoggingConfig = {} }: FunctionConfiguration, { names }: DestinationSettings): string[] {
  const { logging } = FUNCTION_SETTINGS;
  const {
    LogFormat = "Text",
    LogGroup = names.logGroup,
    ApplicationLogLevel = "INFO",
    SystemLogLevel = "INFO",
  } = LoggingConfig;
  return [
    ...(LogFormat === logging.logFormat ? [] : [`the log format is ${LogFormat} instead of ${logging.logFormat}`]),
    ...(LogGroup === names.logGroup ? [] : [`it writes its log to ${LogGroup} instead of ${names.logGroup}`]),
    ...(ApplicationLogLevel === logging.applicationLogLevel
      ? []
      : [`its own log level is ${ApplicationLogLevel} instead of ${logging.applicationLogLevel}`]),
    ...(SystemLogLevel === logging.systemLogLevel
      ? []
      : [`Lambda's log level is ${SystemLogLevel} instead of ${logging.systemLogLevel}`]),
  ];
}
