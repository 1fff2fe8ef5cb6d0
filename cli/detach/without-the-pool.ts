import type { DestinationSettings } from "../../config/deployment";
import type { JsonObject } from "../aws/json";
import type { Side } from "../aws/side";
import { isAttached, migrationTrigger } from "../pool-change/what-is-left";
import { awsCli } from "../pools/sides";
import { lambdaArnOf } from "../pools/stack-outputs";

type Stopped = Pick<DestinationSettings, "userPool" | "names" | "lambdaReservedConcurrency">;

/**
 * What stops a migration where Cognito lets nobody update the pool: Lambda runs no function whose reserved concurrency is 0.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 *
 * @returns undefined when the pool does not call this migration's function.
 */
export function stopWithoutThePool(userPool: JsonObject, side: Side, settings: Stopped): string | undefined {
  const lambdaArn = lambdaArnOf(settings);
  if (!isAttached(migrationTrigger(userPool), lambdaArn)) return undefined;
  const { lambdaReservedConcurrency: reservedConcurrency } = settings;
  const lambda = (...words: readonly string[]): string =>
    `  ${awsCli(side, "lambda", ...words, "--function-name", lambdaArn)}`;
  const reserve = (executions: number): string =>
    lambda("put-function-concurrency", "--reserved-concurrent-executions", String(executions));
  return [
    "The trigger is still on the pool, and users migrate. This stops the migration without changing the pool:",
    reserve(0),
    "Migrated users keep signing in; everyone else gets an error. This reverts it:",
    reservedConcurrency === undefined ? lambda("delete-function-concurrency") : reserve(reservedConcurrency),
  ].join("\n");
}
