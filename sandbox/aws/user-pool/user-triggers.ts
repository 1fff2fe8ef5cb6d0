import { attributesIn, runTrigger, sent, triggerEvent } from "./call-trigger";
import type { Attributes } from "./schema";
import type { PreSignUpInMigration } from "./seed";
import type { User } from "./user";
import type { UserPool } from "./user-pool";

type Metadata = Readonly<Record<string, string>> | undefined;

/**
 * @param user Undefined for a name that nobody has. Cognito asks of it only for an app client that hides who exists.
 * @param validationData `ClientMetadata` of the sign-in.
 * @throws when the function refuses the sign-in. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html
 */
export async function preAuthentication(
  pool: UserPool,
  { user, typed, clientId }: { readonly user: User | undefined; readonly typed: string; readonly clientId: string },
  { hidesUsers, validationData }: { readonly hidesUsers: boolean; readonly validationData: Metadata },
): Promise<void> {
  if (user === undefined && !hidesUsers) return;
  const triggerSource = "PreAuthentication_Authentication";
  const event = triggerEvent(
    pool,
    { triggerSource, userName: user?.username ?? typed, clientId },
    {
      userAttributes: user === undefined ? {} : attributesIn(user),
      ...sent("validationData", validationData),
      ...(hidesUsers ? { userNotFound: user === undefined } : {}),
    },
  );
  await runTrigger(pool, triggerSource, event);
}

/**
 * @param clientMetadata Of the answer to a challenge. That of InitiateAuth never comes here.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html
 */
export async function postAuthentication(
  pool: UserPool,
  user: User,
  clientId: string,
  clientMetadata: Metadata,
): Promise<void> {
  const triggerSource = "PostAuthentication_Authentication";
  const event = triggerEvent(
    pool,
    { triggerSource, userName: user.username, clientId },
    { userAttributes: attributesIn(user), newDeviceUsed: false, ...sent("clientMetadata", clientMetadata) },
  );
  await runTrigger(pool, triggerSource, event);
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html */
export async function postConfirmation(
  pool: UserPool,
  user: User,
  {
    of,
    clientId,
    clientMetadata,
  }: { of: "ConfirmSignUp" | "ConfirmForgotPassword"; clientId: string; clientMetadata: Metadata },
): Promise<void> {
  const triggerSource = `PostConfirmation_${of}`;
  const event = triggerEvent(
    pool,
    { triggerSource, userName: user.username, clientId },
    { userAttributes: attributesIn(user), ...sent("clientMetadata", clientMetadata) },
  );
  await runTrigger(pool, triggerSource, event);
}

interface Request {
  readonly triggerSource: Exclude<PreSignUpInMigration["triggerSource"], "none">;
  /** As the user will have it. */
  readonly userName: string;
  readonly clientId: string;
  readonly userAttributes: Attributes;
  readonly validationData?: Readonly<Record<string, string>> | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** What the function may decide of a user who signs up. */
export interface PreSignUpAnswer {
  readonly autoConfirmUser: boolean;
  /** Addresses that are verified without a code. */
  readonly verified: readonly ("email" | "phone_number")[];
}

/**
 * @returns nothing decided where the pool has no such trigger.
 * @throws when the function refuses the user. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export async function preSignUp(pool: UserPool, request: Request): Promise<PreSignUpAnswer> {
  const { triggerSource, userName, clientId, userAttributes, validationData, clientMetadata } = request;
  const event = triggerEvent(
    pool,
    { triggerSource, userName, clientId },
    { userAttributes, validationData: validationData ?? null, ...sent("clientMetadata", clientMetadata) },
    { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  );
  const answer = (await runTrigger(pool, triggerSource, event)) ?? {};
  return {
    autoConfirmUser: answer["autoConfirmUser"] === true,
    verified: [
      ...(answer["autoVerifyEmail"] === true ? (["email"] as const) : []),
      ...(answer["autoVerifyPhone"] === true ? (["phone_number"] as const) : []),
    ],
  };
}
