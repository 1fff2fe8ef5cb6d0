import type { DestinationSettings } from "../../config/deployment";
import type { JsonObject } from "../aws/json";
import type { Side } from "../aws/side";
import { triggersOn } from "../pool-change/triggers";
import { isAttached, migrationTrigger } from "../pool-change/what-is-left";
import { awsCli } from "../pools/sides";
import { functionArnsOf } from "../pools/stack-outputs";
import { needsTokenFunction } from "./decide";

type Stopped = Pick<DestinationSettings, "userPool" | "names" | "lambdaReservedConcurrency" | "groupsOrRefuse">;

/**
 * What stops a migration, and the token function, where Cognito lets nobody update the pool.
 *
 * @returns undefined when the pool does not call what is to be stopped, and where the token function may not be stopped alone.
 */
export function stopWithoutThePool(
  userPool: JsonObject,
  side: Side,
  settings: Stopped,
  groupsAlone = false,
): string | undefined {
  const { migration, token } = functionArnsOf(settings);
  if (groupsAlone && needsTokenFunction(userPool, settings)) return undefined;
  const texts: string[] = [];
  if (!groupsAlone && isAttached(migrationTrigger(userPool), migration))
    texts.push(stopMigration(migration, side, settings));
  if (triggersOn(userPool, { token }).some(({ calls, isAnothers }) => calls !== null && !isAnothers))
    texts.push(stopTokens(token, side));
  return texts.length === 0 ? undefined : texts.join("\n");
}

/** Lambda runs no function whose reserved concurrency is 0. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
function stopMigration(lambdaArn: string, side: Side, { lambdaReservedConcurrency }: Stopped): string {
  const lambda = (...words: readonly string[]): string =>
    `  ${awsCli(side, "lambda", ...words, "--function-name", lambdaArn)}`;
  const reserve = (executions: number): string =>
    lambda("put-function-concurrency", "--reserved-concurrent-executions", String(executions));
  return [
    "The trigger is still on the pool, and users migrate. This stops the migration without changing the pool:",
    reserve(0),
    "Migrated users keep signing in; everyone else gets an error. This reverts it:",
    lambdaReservedConcurrency === undefined
      ? lambda("delete-function-concurrency")
      : reserve(lambdaReservedConcurrency),
  ].join("\n");
}

/**
 * A token trigger that does not run fails every sign-in, so this function is not stopped but given code that changes nothing.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
function stopTokens(lambdaArn: string, side: Side): string {
  const update = ["update-function-code", "--zip-file", "fileb://untouched.zip", "--function-name", lambdaArn];
  return [
    "The token function is still on the pool, and runs for everybody who signs in. Never reserve it a concurrency of 0, and never delete it: " +
      "every sign-in would fail. This has it hand every event back as it is:",
    "  echo 'export const handler = async (event) => event;' > index.mjs",
    "  zip untouched.zip index.mjs",
    `  ${awsCli(side, "lambda", ...update)}`,
    "The next deploy of the destination puts its code back.",
  ].join("\n");
}
