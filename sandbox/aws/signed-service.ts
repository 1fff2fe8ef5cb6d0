import type { CredentialStore, Principal } from "./credentials";
import { json, type Request, type Response } from "./http";
import type { AccessRequest, Decision } from "./iam";
import { AwsException } from "./user-pool/exception";

export interface Guard {
  readonly credentials: CredentialStore;
  readonly decide: (request: AccessRequest) => Promise<Decision>;
}

/**
 * An operation that the sandbox does not have: refused for good, where an SDK would try an InternalFailure again. The query
 * protocol has another name for it.
 * https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/common-errors.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export const unknownOperation = (what: string): AwsException =>
  new AwsException("UnknownOperationException", `The sandbox does not have ${what}.`, 404);
export const invalidAction = (what: string): AwsException =>
  new AwsException("InvalidAction", `The sandbox does not have ${what}.`);

/** @throws AwsException when there is no such operation. */
export function operationOf<T>(
  operations: Readonly<Record<string, T>>,
  service: string,
  name: string,
  refusal = unknownOperation,
): T {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) throw refusal(`${service}:${name}`);
  return operation;
}

/** The operation in a request of the JSON protocol. */
export const targetOf = ({ headers }: Request): string => String(headers["x-amz-target"] ?? "").split(".")[1] ?? "";

/** @throws AwsException for a request that is unsigned, or signed with credentials that were not issued here. */
export function principalOf({ credentials }: Guard, { headers }: Request): Principal {
  const principal = credentials.whoSigned(headers);
  if (principal === undefined)
    throw new AwsException(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
      403,
    );
  return principal;
}

/** @throws AwsException when IAM does not allow it. */
export async function requireAccess(
  { decide }: Guard,
  principal: Principal,
  request: Pick<AccessRequest, "action" | "resource"> & Partial<AccessRequest>,
): Promise<void> {
  const { allowed } = await decide({ principal, resourceAccount: principal.account, ...request });
  if (!allowed)
    throw new AwsException(
      "AccessDeniedException",
      `User: ${principal.arn} is not authorized to perform: ${request.action} on resource: ${request.resource}`,
      403,
    );
}

/** What a signature is for. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
const scopeOf = ({ headers }: Request): RegExpExecArray | null =>
  /Credential=[^/]+\/\d+\/([\w-]+)\/([\w-]+)\//.exec(headers.authorization ?? "");

export const signedRegion = (request: Request): string | undefined => scopeOf(request)?.[1];
export const signedService = (request: Request): string | undefined => scopeOf(request)?.[2];

/** An AwsException as an answer in AWS's JSON protocols; anything else is a fault of the sandbox itself. */
export function errorAnswer(error: unknown): Response {
  if (!(error instanceof AwsException)) throw error;
  const { status, headers, body } = json(error.status, { __type: error.type, message: error.message });
  return { status, body, headers: { ...headers, "x-amzn-errortype": error.type } };
}
