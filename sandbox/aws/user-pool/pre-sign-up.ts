import { runTrigger } from "./call-trigger";
import type { Attributes } from "./schema";
import type { PreSignUpInMigration } from "./seed";
import { sent, triggerEvent } from "./trigger-event";
import type { UserPool } from "./user-pool";

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
