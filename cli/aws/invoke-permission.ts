import { GetPolicyCommand } from "@aws-sdk/client-lambda";
import type { FunctionPolicy } from "../attach/invoke-permission";
import type { Place } from "../who-and-where";

/**
 * Reads the function's resource policy.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html
 */
export async function readFunctionPolicy({ aws }: Pick<Place, "aws">, lambdaArn: string): Promise<FunctionPolicy> {
  try {
    const { Policy = "{}" } = await aws.lambda().send(new GetPolicyCommand({ FunctionName: lambdaArn }));
    return { kind: "policy", policy: JSON.parse(Policy) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "ResourceNotFoundException") return { kind: "absent" };
    if (/^AccessDenied/.test(error.name)) return { kind: "unreadable", reason: error.message };
    throw error;
  }
}
