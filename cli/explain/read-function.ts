import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { DestinationSettings } from "../../config/deployment";
import { type HandlerSettings, HandlerSettingsError, parseHandlerSettings } from "../../rules/function-environment";
import type { MigrationRules } from "../../rules/hand-over";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { explainAwsError } from "../aws/explain-aws-error";
import { ifThere } from "../aws/if-there";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import type { PoolRules } from "../pools/pool-rules";
import { unreadEnvironment } from "../pools/stamp-keys";
import type { FunctionFacts } from "./facts";

/** What Lambda adds to the environment, which is nobody's business here. */
const OF_LAMBDA = { AWS_ACCESS_KEY_ID: "unread", AWS_SECRET_ACCESS_KEY: "unread" };

/** @throws {HandlerSettingsError} for variables with which the function would not work. */
export const functionRules = (
  variables: Readonly<Record<string, string>> | undefined,
  { region }: { readonly region: string },
): HandlerSettings => parseHandlerSettings({ ...variables, ...OF_LAMBDA, AWS_REGION: region });

/** The function's rules and the key of its log, as it has them now. The key stays in this process, and the one for stamps is of no use to it. */
export async function readFunctionFacts(
  { aws, side }: Pick<ConfirmedPool, "aws" | "side">,
  functionName: string,
  otherwise: MigrationRules,
): Promise<FunctionFacts> {
  try {
    const configuration = await ifThere(["ResourceNotFoundException"], () =>
      aws.lambda().send(new GetFunctionConfigurationCommand({ FunctionName: functionName })),
    );
    if (configuration === undefined) return { kind: "absent" };
    const unread = unreadEnvironment(configuration.Environment, functionName);
    if (unread !== undefined) return { kind: "unread", rules: otherwise, because: unread };
    const { logUserKey, stampKey: _, ...rules } = functionRules(configuration.Environment?.Variables, side);
    return { kind: "read", rules, logUserKey };
  } catch (error) {
    if (error instanceof HandlerSettingsError) return { kind: "malformed", because: error.message };
    const because = explainAwsError(error);
    if (because === undefined) throw error;
    return { kind: "unread", rules: otherwise, because };
  }
}

/** As the destination stack would write them now. */
export function expectedRules(
  { source, destination }: ConfirmedPools,
  settings: DestinationSettings,
  rules: PoolRules,
): MigrationRules {
  const { destinationAliasAttributes, destinationCaseSensitive } = settings;
  return {
    ...settings,
    ...rules,
    destinationUserPoolId: destination.side.userPoolId,
    destinationAliasAttributes,
    destinationCaseSensitive,
    sourceMfaConfiguration: settings.sourceOutputs?.mfaConfiguration ?? source.userPool.MfaConfiguration ?? "OFF",
  };
}
