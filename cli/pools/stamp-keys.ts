import { type EnvironmentResponse, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { MigrationNames } from "../../rules/migration-names";
import type { AskedPool } from "../aws/confirmed-pool";
import { explainAwsError } from "../aws/explain-aws-error";
import { ifThere } from "../aws/if-there";

/** With what the function's stamps are verified. The keys stay in this process. */
export interface StampKeys {
  /** Of the destination's users. */
  readonly attribute: string;
  /** Those that are accepted. */
  readonly keys: readonly string[];
}

export type StampFacts =
  | ({ readonly kind: "on" /** What was not told, a sentence each. */; readonly unread: readonly string[] } & StampKeys)
  /** The function writes none. */
  | { readonly kind: "off" }
  /** There is no function. */
  | { readonly kind: "absent" }
  | { readonly kind: "unread"; readonly because: string };

/**
 * Reads the attribute and the keys from the environments of the migrating function, which writes stamps by the key of today, and of the token
 * function, which alone knows the one before.
 */
export async function readStampKeys(
  pool: AskedPool,
  names: Pick<MigrationNames, "function" | "token">,
): Promise<StampFacts> {
  const migrating = await environmentOf(pool, names.function);
  if (migrating === undefined) return { kind: "absent" };
  if ("because" in migrating) return { kind: "unread", because: migrating.because };
  const { STAMP_ATTRIBUTE: attribute, STAMP_KEY: key } = migrating.variables;
  if (!attribute || !key) return { kind: "off" };
  const token = await environmentOf(pool, names.token.function);
  if (token !== undefined && "because" in token) {
    const unread = `The former key of the stamps, which the token function knows: older stamps may not verify. ${token.because}`;
    return { kind: "on", attribute, keys: [key], unread: [unread] };
  }
  const before = token?.variables["STAMP_KEY_BEFORE"];
  return { kind: "on", attribute, keys: before ? [key, before] : [key], unread: [] };
}

type Environment = { readonly variables: Readonly<Record<string, string>> } | { readonly because: string };

/** @returns undefined when there is no such function. */
async function environmentOf({ aws }: AskedPool, functionName: string): Promise<Environment | undefined> {
  try {
    const configuration = await ifThere(["ResourceNotFoundException"], () =>
      aws.lambda().send(new GetFunctionConfigurationCommand({ FunctionName: functionName })),
    );
    if (configuration === undefined) return undefined;
    const because = unreadEnvironment(configuration.Environment, functionName);
    return because === undefined ? { variables: configuration.Environment?.Variables ?? {} } : { because };
  } catch (error) {
    const because = explainAwsError(error);
    if (because === undefined) throw error;
    return { because };
  }
}

/**
 * Why Lambda does not show an environment: a customer-managed key encrypts it, which these credentials may not use. The call succeeds all the same.
 * https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentResponse.html
 */
export function unreadEnvironment(
  environment: EnvironmentResponse | undefined,
  functionName: string,
): string | undefined {
  const error = environment?.Error;
  if (error === undefined) return undefined;
  return (
    `Lambda does not show the environment of ${functionName} (${error.ErrorCode ?? "no reason given"}): it is encrypted with a KMS key that these ` +
    "credentials may not use. Allow kms:Decrypt on that key (LAMBDA_KMS_KEY_ARN)."
  );
}
