import type { NewUser } from "./user-pool/create-user";
import { AwsException } from "./user-pool/exception";

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
  readonly password?: string;
  /** From `ClientMetadata` of a sign-in. */
  readonly validationData?: Readonly<Record<string, string>>;
  /** From `ClientMetadata` of ForgotPassword. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** How the function's Invoke call ended. */
export type TriggerAnswer =
  | { readonly kind: "returned"; readonly payload: unknown }
  | { readonly kind: "failed"; readonly payload: unknown }
  | { readonly kind: "not_invocable" };

/** The event, with every response field present and null, as Cognito sends it. */
export function migrationEvent(request: MigrationRequest): object {
  const { triggerSource, region, userPoolId, clientId, userName, password, validationData, clientMetadata } = request;
  return {
    version: "1",
    triggerSource,
    region,
    userPoolId,
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId },
    request: {
      ...(password === undefined ? {} : { password }),
      validationData: validationData ?? null,
      ...(clientMetadata === undefined ? {} : { clientMetadata }),
      userAttributes: null,
    },
    response: {
      userAttributes: null,
      forceAliasCreation: null,
      enableSMSMFA: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
    },
  };
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
