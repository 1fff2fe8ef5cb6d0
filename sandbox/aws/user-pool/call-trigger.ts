import type { LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import type { TriggerAnswer } from "../trigger-invocation";
import { AwsException } from "./exception";
import type { Attributes } from "./schema";
import type { User } from "./user";
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
 * @param unanswered The `response` that the function gets to fill in.
 * @returns what stands in it then; undefined where the pool has no such trigger.
 * @throws UserLambdaValidationException with the function's own words, UnexpectedLambdaException where Cognito may not or cannot
 *   call it, InvalidLambdaResponseException for an answer that is no event.
 */
export async function runTrigger(
  pool: UserPool,
  occasion: Occasion,
  request: object,
  unanswered: object = {},
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { triggerSource } = occasion;
  const answer = await callTrigger(pool, triggerSource, triggerEvent(pool, occasion, request, unanswered));
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

/** Of a request that no app client makes. AWS documents no value; this one has been seen. */
export const NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

interface Occasion {
  readonly triggerSource: string;
  readonly userName: string;
  readonly clientId: string;
  /** `1` unless given. */
  readonly version?: string;
}

/** An event with the parameters that all triggers have in common. What is undefined of the request is not there. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#cognito-user-pools-lambda-trigger-syntax-shared */
export function triggerEvent(
  { region, id: userPoolId }: Pick<UserPool, "region" | "id">,
  { triggerSource, userName, clientId, version = "1" }: Occasion,
  request: object,
  response: object,
): object {
  return {
    version,
    triggerSource,
    region,
    userPoolId,
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId },
    request: Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)),
    response,
  };
}

/** All that the pool knows of a user, whatever an app client may read. `cognito:user_status` is beside the attributes, as in AWS's samples. */
export const attributesIn = ({ attributes, status }: User): Attributes => ({
  ...attributes,
  "cognito:user_status": status,
});
