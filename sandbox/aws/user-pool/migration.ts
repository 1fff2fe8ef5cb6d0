import type { TriggerAnswer } from "../trigger-invocation";
import { callTrigger, triggerEvent } from "./call-trigger";
import { addUser, type NewUser, preparedUser } from "./create-user";
import { AwsException } from "./exception";
import { folded } from "./user-names";
import type { UserPool } from "./user-pool";
import { preSignUp } from "./user-triggers";

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

/**
 * What Cognito does with the user migration trigger, as far as AWS documents it.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 * https://repost.aws/knowledge-center/cognito-migration-lambda-trigger-errors
 */
export interface MigrationRequest {
  readonly triggerSource: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly userName: string;
  readonly password?: string | undefined;
  /** From `ClientMetadata` of a sign-in. */
  readonly validationData?: Readonly<Record<string, string>> | undefined;
  /** From `ClientMetadata` of ForgotPassword. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** The event, with every response field present and null, as Cognito sends it. */
export function migrationEvent({ region, userPoolId, ...request }: MigrationRequest): object {
  const { password, validationData, clientMetadata, ...occasion } = request;
  return triggerEvent(
    { region, id: userPoolId },
    occasion,
    { password, validationData: validationData ?? null, clientMetadata, userAttributes: null },
    {
      userAttributes: null,
      forceAliasCreation: null,
      enableSMSMFA: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
    },
  );
}

/**
 * @param schema Attribute names of the destination.
 * @param aliasAttributes Of the destination: only with them may the function choose a username.
 * @returns undefined for an event that came back untouched.
 * @throws what the client sees when the function failed, or returned something that the pool cannot take.
 */
export function interpret(
  request: MigrationRequest,
  answer: TriggerAnswer,
  schema: readonly string[],
  aliasAttributes: readonly string[] = [],
): NewUser | undefined {
  if (answer.kind === "not_invocable")
    throw new AwsException("UserNotFoundException", `Exception migrating user in app client ${request.clientId}`);
  if (answer.kind === "failed") {
    const { errorMessage } = answer.payload as { errorMessage?: string };
    throw new AwsException("UserLambdaValidationException", `UserMigration failed with error ${errorMessage}.`);
  }
  const { response } = (answer.payload ?? {}) as { response?: Record<string, unknown> };
  const given = response?.["userAttributes"] as Record<string, string> | null | undefined;
  if (!given || Object.keys(given).length === 0) return undefined;

  const { username: name = request.userName, ...attributes } = given;
  if (name !== request.userName && !aliasAttributes.some((alias) => attributes[alias] === request.userName))
    throw notMigrated("a username may be returned only for an alias attribute that holds what the user typed");
  const foreign = Object.keys(attributes).find((one) => !schema.includes(one));
  if (foreign !== undefined)
    throw notMigrated(`Attributes did not conform to the schema: ${foreign}: Attribute does not exist in the schema.`);
  if ("sub" in attributes) throw notMigrated("sub belongs to the user pool");
  const status = response?.["finalUserStatus"] ?? null;
  if (status !== null && status !== "CONFIRMED") throw notMigrated("Invalid finalUserStatus");
  return {
    name,
    attributes,
    password: request.password,
    status: status ?? "RESET_REQUIRED",
    forceAliasCreation: response?.["forceAliasCreation"] === true,
    mfa: response?.["enableSMSMFA"] === true ? ["SMS_MFA"] : [],
  };
}

/** Of a user whom the pool cannot take. */
export const notMigrated = (problem: string): AwsException =>
  new AwsException("UserNotFoundException", `Error during migration: ${problem}`);
