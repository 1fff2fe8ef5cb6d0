import { interpret, type MigrationRequest, migrationEvent } from "../user-migration";
import { callTrigger } from "./call-trigger";
import { createUser } from "./create-user";
import { AwsException } from "./exception";
import { folded } from "./user-names";
import type { UserPool } from "./user-pool";

/**
 * Asks the pool's user migration trigger for a user whom nobody here knows.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 *
 * @returns whether there is such a user now; false when there is no trigger, or it knows none either.
 * @throws what the client sees when the function failed, or returned something that the pool cannot take.
 */
export async function migrate(
  pool: UserPool,
  triggerSource: MigrationRequest["triggerSource"],
  clientId: string,
  typed: string,
  more: Pick<MigrationRequest, "password" | "validationData" | "clientMetadata">,
): Promise<boolean> {
  const userName = folded(pool.naming, typed);
  const request: MigrationRequest = {
    triggerSource,
    region: pool.region,
    userPoolId: pool.id,
    clientId,
    userName,
    ...more,
  };
  const answer = await callTrigger(pool, triggerSource, migrationEvent(request));
  if (answer === undefined) return false;
  const result = interpret(
    request,
    answer,
    pool.schema.map(({ Name }) => Name),
    pool.naming.aliasAttributes,
  );
  if (result === "unknown") return false;
  if ("__type" in result) throw new AwsException(result.__type, result.message);
  const { username: name, attributes, status, forceAliasCreation, mfa } = result;
  try {
    createUser(pool, { name, attributes, status, forceAliasCreation, mfa, password: more.password }, "migrate");
  } catch (error) {
    if (error instanceof AwsException)
      throw new AwsException("UserNotFoundException", `Error during migration: ${error.message}`);
    throw error;
  }
  return true;
}
