import type { Credentials, Principal } from "./credentials";
import type { SeedUserPool } from "./user-pool/seed";

/** How the function's Invoke call ended. */
export type TriggerAnswer =
  | { readonly kind: "returned"; readonly payload: unknown }
  | { readonly kind: "failed"; readonly payload: unknown }
  | { readonly kind: "not_invocable" };

/** Cognito, on behalf of a user pool. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
export function cognitoOf(pool: Pick<SeedUserPool, "arn">, account: string): Principal {
  const context = { "aws:SourceArn": pool.arn, "aws:SourceAccount": account };
  return { arn: "cognito-idp.amazonaws.com", account, policies: [], context };
}

/** The Invoke call that Cognito makes. */
export async function invokeTrigger(
  lambdaUrl: string,
  lambdaArn: string,
  event: object,
  session: Credentials,
): Promise<TriggerAnswer> {
  const response = await fetch(`${lambdaUrl}/2015-03-31/functions/${encodeURIComponent(lambdaArn)}/invocations`, {
    signal: AbortSignal.timeout(30_000),
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${session.accessKeyId}/sandbox`,
      "x-amz-security-token": session.sessionToken,
    },
    body: JSON.stringify(event),
  });
  if (response.status !== 200) return { kind: "not_invocable" };
  const payload: unknown = await response.json();
  return { kind: response.headers.has("x-amz-function-error") ? "failed" : "returned", payload };
}
