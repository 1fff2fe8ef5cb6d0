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

export interface NewUser {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: "CONFIRMED" | "RESET_REQUIRED";
  readonly forceAliasCreation: boolean;
  readonly mfa: readonly string[];
}

export interface CognitoError {
  readonly __type: string;
  readonly message: string;
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
 * @returns `unknown` for an event that came back untouched.
 */
export function interpret(
  request: MigrationRequest,
  answer: TriggerAnswer,
  schema: readonly string[],
  aliasAttributes: readonly string[] = [],
): NewUser | CognitoError | "unknown" {
  if (answer.kind === "not_invocable")
    return { __type: "UserNotFoundException", message: `Exception migrating user in app client ${request.clientId}` };
  if (answer.kind === "failed") {
    const { errorMessage } = answer.payload as { errorMessage?: string };
    return { __type: "UserLambdaValidationException", message: `UserMigration failed with error ${errorMessage}.` };
  }
  const { response } = answer.payload as { response?: Record<string, unknown> };
  const attributes = response?.["userAttributes"] as Record<string, string> | null | undefined;
  if (!attributes || Object.keys(attributes).length === 0) return "unknown";

  const refuse = (problem: string): CognitoError => ({
    __type: "UserNotFoundException",
    message: `Error during migration: ${problem}`,
  });
  const { username = request.userName, ...rest } = attributes;
  if (username !== request.userName && !aliasAttributes.some((name) => rest[name] === request.userName))
    return refuse("a username may be returned only for an alias attribute that holds what the user typed");
  const foreign = Object.keys(rest).find((name) => !schema.includes(name));
  if (foreign !== undefined)
    return refuse(`Attributes did not conform to the schema: ${foreign}: Attribute does not exist in the schema.`);
  if ("sub" in rest) return refuse("sub belongs to the user pool");
  const status = response?.["finalUserStatus"] ?? null;
  if (status !== null && status !== "CONFIRMED") return refuse("Invalid finalUserStatus");
  return {
    username,
    attributes: rest,
    status: status ?? "RESET_REQUIRED",
    forceAliasCreation: response?.["forceAliasCreation"] === true,
    mfa: response?.["enableSMSMFA"] === true ? ["SMS_MFA"] : [],
  };
}
