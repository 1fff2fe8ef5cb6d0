import { GetPolicyCommand } from "@aws-sdk/client-lambda";
import { looseObject } from "valibot";
import { parseJson } from "../../config/json-text";
import { visible } from "../../config/visible";
import type { Aws } from "./clients";
import type { ConfirmedPool } from "./confirmed-pool";
import { ifThere } from "./if-there";

/** A function's resource policy; absent where the function is not there, or nobody may call it. */
export type FunctionPolicy =
  | { readonly kind: "policy"; readonly policy: unknown }
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly reason: string };

/**
 * Reads the function's resource policy.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
 *
 * @returns the document; undefined when there is none, or no function.
 */
export async function readResourcePolicy({ aws }: Pick<ConfirmedPool, "aws">, lambdaArn: string): Promise<unknown> {
  const answer = await ifThere(["ResourceNotFoundException"], () =>
    aws.lambda().send(new GetPolicyCommand({ FunctionName: lambdaArn })),
  );
  if (answer?.Policy === undefined) return undefined;
  return policyIn(aws, "GetPolicy", answer.Policy);
}

/** @throws {UnusableAnswer} for anything that is no policy document. */
export function policyIn(aws: Pick<Aws, "unusable">, operation: string, document: string): unknown {
  const policy = parseJson(looseObject({}), document);
  if ("value" in policy) return policy.value;
  throw aws.unusable(operation, `${policy.found} as a policy`);
}

/** The same for a command that can do without it. */
export async function readFunctionPolicy(
  place: Pick<ConfirmedPool, "aws">,
  lambdaArn: string,
): Promise<FunctionPolicy> {
  try {
    const policy = await readResourcePolicy(place, lambdaArn);
    return policy === undefined ? { kind: "absent" } : { kind: "policy", policy };
  } catch (error) {
    if (error instanceof Error && /^AccessDenied/.test(error.name))
      return { kind: "unreadable", reason: visible(error.message) };
    throw error;
  }
}
