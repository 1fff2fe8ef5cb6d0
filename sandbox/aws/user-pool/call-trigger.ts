import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import type { TriggerAnswer } from "../user-migration";
import { AwsException } from "./exception";
import type { UserPool } from "./user-pool";

/** Members of LambdaConfig that are run here, by what the `triggerSource` of their events begins with. */
const TRIGGERS = {
  PreAuthentication: "PreAuthentication",
  UserMigration: "UserMigration",
  PreSignUp: "PreSignUp",
  PostConfirmation: "PostConfirmation",
  PostAuthentication: "PostAuthentication",
  TokenGeneration: "PreTokenGeneration",
} as const satisfies Readonly<Record<string, keyof LambdaConfigType>>;
export type RunTrigger = (typeof TRIGGERS)[keyof typeof TRIGGERS];

/** Names of the triggers that this pool would run, in the order in which a migrating sign-in meets them. */
export const RUN_TRIGGERS: readonly RunTrigger[] = Object.values(TRIGGERS);

const triggerOf = (triggerSource: string): RunTrigger | undefined =>
  (TRIGGERS as Readonly<Record<string, RunTrigger>>)[triggerSource.split("_")[0] ?? ""];

/**
 * Has the function answer that the pool has for events of this source.
 *
 * @returns undefined where the pool has none.
 */
export async function callTrigger(
  pool: UserPool,
  triggerSource: string,
  event: object,
): Promise<TriggerAnswer | undefined> {
  const trigger = triggerOf(triggerSource);
  const lambdaArn = trigger && pool.settings.LambdaConfig?.[trigger];
  if (lambdaArn === undefined || pool.seed.absentFunctions?.includes(lambdaArn)) return undefined;
  return await pool.invokeTrigger(lambdaArn, event);
}

/**
 * As {@link callTrigger}, for every trigger but user migration: whatever is wrong with the function ends the operation.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html#API_InitiateAuth_Errors
 *
 * @returns what stands in `response`; undefined where the pool has no such trigger.
 * @throws UserLambdaValidationException with the function's own words, UnexpectedLambdaException where Cognito may not or cannot
 *   call it, InvalidLambdaResponseException for an answer that is no event.
 */
export async function runTrigger(
  pool: UserPool,
  triggerSource: string,
  event: object,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const answer = await callTrigger(pool, triggerSource, event);
  if (answer === undefined) return undefined;
  const name = triggerOf(triggerSource);
  if (answer.kind === "not_invocable")
    throw new AwsException(
      "UnexpectedLambdaException",
      `${name} invocation failed due to error AccessDeniedException.`,
    );
  if (answer.kind === "failed") {
    const { errorMessage } = answer.payload as { errorMessage?: string };
    throw new AwsException("UserLambdaValidationException", `${name} failed with error ${errorMessage}.`);
  }
  const { response } = (answer.payload ?? {}) as { response?: unknown };
  if (typeof response !== "object" || response === null) throw unrecognizable();
  return response as Readonly<Record<string, unknown>>;
}

/** Of an answer that Cognito cannot read. */
export const unrecognizable = (): AwsException =>
  new AwsException("InvalidLambdaResponseException", "Unrecognizable lambda output");
