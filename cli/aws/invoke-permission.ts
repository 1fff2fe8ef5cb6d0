import { GetPolicyCommand } from "@aws-sdk/client-lambda";
import type { FunctionPolicy } from "../attach/invoke-permission";
import { visible } from "../visible";
import type { Place } from "../who-and-where";

/**
 * Reads the function's resource policy.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
 *
 * @returns the document; undefined when there is none, or no function.
 */
export async function readResourcePolicy({ aws }: Pick<Place, "aws">, lambdaArn: string): Promise<unknown> {
  try {
    const { Policy } = await aws.lambda().send(new GetPolicyCommand({ FunctionName: lambdaArn }));
    return Policy === undefined ? undefined : JSON.parse(Policy);
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** The same for a command that can do without it. */
export async function readFunctionPolicy(place: Pick<Place, "aws">, lambdaArn: string): Promise<FunctionPolicy> {
  try {
    const policy = await readResourcePolicy(place, lambdaArn);
    return policy === undefined ? { kind: "absent" } : { kind: "policy", policy };
  } catch (error) {
    if (error instanceof Error && /^AccessDenied/.test(error.name))
      return { kind: "unreadable", reason: visible(error.message) };
    throw error;
  }
}
