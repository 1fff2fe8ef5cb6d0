import type { PolicyDocument } from "../../rules/policies";
import type { Credentials, Principal } from "./credentials";
import type { Request, Response } from "./http";
import { type Guard, invalidAction } from "./signed-service";
import { AwsException } from "./user-pool/exception";

export interface Role {
  readonly arn: string;
  readonly account: string;
  readonly trustPolicy: PolicyDocument;
  readonly permissions: readonly PolicyDocument[];
  /** ARN, as IAM tells it. The sandbox does not evaluate it: the stacks make none. */
  readonly permissionsBoundary?: string;
}

/** AssumeRole and GetCallerIdentity as STS answers them. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const stsService = ({
  credentials,
  decide,
  findRole,
}: Guard & { readonly findRole: (arn: string) => Promise<Role | undefined> }) =>
  queryService(async (action, parameters, { headers }) => {
    if (action !== "AssumeRole" && action !== "GetCallerIdentity") throw invalidAction(`sts:${action}`);
    const principal = credentials.whoSigned(headers);
    if (principal === undefined)
      throw new AwsException("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
    if (action === "GetCallerIdentity") return identity(principal);

    const arn = parameters.get("RoleArn") ?? "";
    const externalId = parameters.get("ExternalId");
    const role = await findRole(arn);
    const decision =
      role &&
      (await decide({
        principal,
        action: "sts:AssumeRole",
        resource: arn,
        resourceAccount: role.account,
        resourcePolicy: role.trustPolicy,
        context: externalId === null ? {} : { "sts:ExternalId": externalId },
      }));
    if (role === undefined || decision?.allowed !== true)
      throw new AwsException(
        "AccessDenied",
        `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
        403,
      );
    return assumed(arn, credentials.issue({ arn, account: role.account, policies: role.permissions }));
  });

/** A service in AWS's query protocol. */
export function queryService(
  answer: (action: string, parameters: URLSearchParams, request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const parameters = new URLSearchParams(request.body);
    try {
      return await answer(parameters.get("Action") ?? "", parameters, request);
    } catch (error) {
      if (!(error instanceof AwsException)) throw error;
      return errorXml(error);
    }
  };
}

/** Nobody needs a permission for it. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
function identity({ arn, account }: Principal): Response {
  const session = arn.replace(":iam:", ":sts:").replace(/:role\/(?:.*\/)?([^/]+)$/, ":assumed-role/$1/sandbox");
  return xml(
    200,
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
      <Arn>${session}</Arn><UserId>AROASANDBOX:sandbox</UserId><Account>${account}</Account>
    </GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
}

export function assumed(arn: string, credentials: Credentials): Response {
  return xml(
    200,
    `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
      <AccessKeyId>${credentials.accessKeyId}</AccessKeyId>
      <SecretAccessKey>${credentials.secretAccessKey}</SecretAccessKey>
      <SessionToken>${credentials.sessionToken}</SessionToken>
      <Expiration>${credentials.expiration.toISOString()}</Expiration>
    </Credentials><AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROA:sandbox</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`,
  );
}

/** An exception in AWS's query protocol. */
export function errorXml({ status, type, message }: AwsException): Response {
  return xml(
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>${escapeXml(message)}</Message></Error></ErrorResponse>`,
  );
}

export const escapeXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export function xml(status: number, body: string): Response {
  return { status, headers: { "content-type": "text/xml" }, body };
}
