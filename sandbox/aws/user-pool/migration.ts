import { interpret, type MigrationRequest, migrationEvent, notMigrated } from "../user-migration";
import { callTrigger } from "./call-trigger";
import { addUser, preparedUser } from "./create-user";
import { AwsException } from "./exception";
import { preSignUp } from "./pre-sign-up";
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
  const names = pool.schema.map(({ Name }) => Name);
  const user = answer && interpret(request, answer, names, pool.naming.aliasAttributes);
  if (user === undefined) return false;
  const prepared = orNotMigrated(() => preparedUser(pool, user, "migrate"));
  const { triggerSource: signUpSource, hasAttributes } = pool.preSignUpInMigration;
  // Whether what it decides is heard for a migration, AWS does not say: here it may only refuse.
  if (signUpSource !== "none")
    await preSignUp(pool, {
      triggerSource: signUpSource,
      userName: prepared.username,
      clientId,
      userAttributes: hasAttributes ? user.attributes : {},
      validationData: more.validationData,
      clientMetadata: more.clientMetadata,
    });
  orNotMigrated(() => addUser(pool, prepared, user.forceAliasCreation ?? false));
  return true;
}

/** What the client sees of a user whom the pool does not take. */
function orNotMigrated<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof AwsException ? notMigrated(error.message) : error;
  }
}
