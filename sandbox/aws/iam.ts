import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { PolicyDocument } from "../../rules/policies";
import type { Principal } from "./credentials";

export interface AccessRequest {
  readonly principal: Principal;
  /** `service:Action`. */
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  /** Trust policy or Lambda resource policy. */
  readonly resourcePolicy?: object | undefined;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

export interface Decision extends AccessRequest {
  readonly allowed: boolean;
}

/**
 * Decides as IAM would, from whole policy documents.
 *
 * @throws when a policy still holds a Terraform reference, or the request is not one that IAM knows: an undecidable
 *   request must never pass for a refused one.
 */
export async function decide(request: AccessRequest): Promise<Decision> {
  const { principal, action, resource, resourceAccount, resourcePolicy } = request;
  if (JSON.stringify([principal.policies, resourcePolicy ?? null, resource]).includes("${"))
    throw new Error(`a policy for ${action} holds an unresolved Terraform reference`);
  const isRole = principal.arn.startsWith("arn:");
  const result = await runSimulation(
    {
      request: {
        principal: principal.arn,
        action,
        resource: { resource, accountId: resourceAccount },
        contextVariables: {
          ...(isRole ? { "aws:PrincipalArn": principal.arn, "aws:PrincipalAccount": principal.account } : {}),
          ...principal.context,
          ...request.context,
        },
      },
      identityPolicies: principal.policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    },
    {},
  );
  if (result.resultType === "error") throw new Error(`IAM cannot decide ${action}: ${JSON.stringify(result.errors)}`);
  return { ...request, allowed: result.overallResult === "Allowed" };
}

/**
 * Remembers what was decided. IAM's answer depends on the request alone, policies included, and a program that pages through
 * a million users asks for the same again and again.
 */
export function remembering(decideAnew: typeof decide): typeof decide {
  const known = new Map<string, Promise<Decision>>();
  return async (request) => {
    const key = JSON.stringify(request);
    const decision = known.get(key) ?? decideAnew(request);
    known.set(key, decision);
    return { ...request, allowed: (await decision).allowed };
  };
}

/** What the people who run the sandbox may do in an account of theirs. */
export const ADMINISTRATOR_ACCESS: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
