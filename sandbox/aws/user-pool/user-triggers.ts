import { type AppClient, hidesUsers } from "./app-clients";
import { attributesIn, runTrigger } from "./call-trigger";
import { attributes, type Body, optionalMap } from "./input";
import type { Attributes } from "./schema";
import type { PreSignUpInMigration } from "./seed";
import type { User } from "./user";
import { folded } from "./user-names";
import type { UserPool } from "./user-pool";

type Metadata = Readonly<Record<string, string>> | undefined;

/**
 * @param user Undefined for a name that nobody has. Cognito asks of it only for an app client that hides who exists, and the function
 *   sees it folded, as with a migration.
 * @throws when the function refuses the sign-in. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html
 */
export async function preAuthentication(
  pool: UserPool,
  client: AppClient,
  { userName, user, body }: { readonly userName: string; readonly user: User | undefined; readonly body: Body },
): Promise<void> {
  const isNobody = user === undefined;
  if (isNobody && !hidesUsers(client)) return;
  await runTrigger(
    pool,
    {
      triggerSource: "PreAuthentication_Authentication",
      userName: isNobody ? folded(pool.naming, userName) : user.username,
      clientId: client.ClientId,
    },
    {
      userAttributes: isNobody ? {} : attributesIn(user),
      validationData: optionalMap(body, "ClientMetadata"),
      userNotFound: hidesUsers(client) ? isNobody : undefined,
    },
  );
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
  await runTrigger(
    pool,
    { triggerSource: "PostAuthentication_Authentication", userName: user.username, clientId },
    { userAttributes: attributesIn(user), newDeviceUsed: false, clientMetadata },
  );
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html */
export async function postConfirmation(
  pool: UserPool,
  user: User,
  of: "ConfirmSignUp" | "ConfirmForgotPassword",
  clientId: string,
  body: Body,
): Promise<void> {
  await runTrigger(
    pool,
    { triggerSource: `PostConfirmation_${of}`, userName: user.username, clientId },
    { userAttributes: attributesIn(user), clientMetadata: optionalMap(body, "ClientMetadata") },
  );
}

/** What the application gives a pre sign-up function besides the attributes. */
export const givenAlong = (body: Body): { readonly validationData: Metadata; readonly clientMetadata: Metadata } => ({
  validationData: body["ValidationData"] === undefined ? undefined : attributes(body, "ValidationData"),
  clientMetadata: optionalMap(body, "ClientMetadata"),
});

interface Request {
  readonly triggerSource: Exclude<PreSignUpInMigration["triggerSource"], "none">;
  /** As the user will have it. */
  readonly userName: string;
  readonly clientId: string;
  readonly userAttributes: Attributes;
  readonly validationData: Metadata;
  readonly clientMetadata: Metadata;
}

/** What the function may decide of a user who signs up. */
interface PreSignUpAnswer {
  readonly autoConfirmUser: boolean;
  /** Addresses that are verified without a code. */
  readonly verified: readonly ("email" | "phone_number")[];
}

/**
 * @returns nothing decided where the pool has no such trigger.
 * @throws when the function refuses the user. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export async function preSignUp(pool: UserPool, request: Request): Promise<PreSignUpAnswer> {
  const { userAttributes, validationData, clientMetadata, ...occasion } = request;
  const answer = await runTrigger(
    pool,
    occasion,
    { userAttributes, validationData: validationData ?? null, clientMetadata },
    { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  );
  return {
    autoConfirmUser: answer?.["autoConfirmUser"] === true,
    verified: [
      ...(answer?.["autoVerifyEmail"] === true ? (["email"] as const) : []),
      ...(answer?.["autoVerifyPhone"] === true ? (["phone_number"] as const) : []),
    ],
  };
}
