import type { PolicyDocument } from "../../rules/policies";
import type { CredentialStore, Credentials, Principal } from "./credentials";
import type { Request, Response } from "./http";
import type { AccessRequest, Decision } from "./iam";
import { invalidAction } from "./signed-service";

export interface Role {
  readonly arn: string;
  readonly account: string;
  readonly trustPolicy: PolicyDocument;
  readonly permissions: readonly PolicyDocument[];
  /** ARN, as IAM tells it. The sandbox does not evaluate it: the stacks make none. */
  readonly permissionsBoundary?: string;
}

/** AssumeRole and GetCallerIdentity as STS answers them. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function stsService(props: {
  readonly findRole: (arn: string) => Promise<Role | undefined>;
  readonly credentials: CredentialStore;
  readonly decide: (request: AccessRequest) => Promise<Decision>;
}): (request: Request) => Promise<Response> {
  return async ({ headers, body }) => {
    const parameters = new URLSearchParams(body);
    const action = parameters.get("Action");
    if (action !== "AssumeRole" && action !== "GetCallerIdentity")
      return errorXml(400, "InvalidAction", invalidAction(`sts:${action}`).message);
    const principal = props.credentials.whoSigned(headers);
    if (principal === undefined)
      return errorXml(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    if (action === "GetCallerIdentity") return identity(principal);

    const arn = parameters.get("RoleArn") ?? "";
    const externalId = parameters.get("ExternalId");
    const role = await props.findRole(arn);
    const denied = errorXml(
      403,
      "AccessDenied",
      `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
    if (role === undefined) return denied;
    const { allowed } = await props.decide({
      principal,
      action: "sts:AssumeRole",
      resource: arn,
      resourceAccount: role.account,
      resourcePolicy: role.trustPolicy,
      context: externalId === null ? {} : { "sts:ExternalId": externalId },
    });
    if (!allowed) return denied;
    return assumed(arn, props.credentials.issue({ arn, account: role.account, policies: role.permissions }));
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
export function errorXml(status: number, code: string, message: string): Response {
  return xml(
    status,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error></ErrorResponse>`,
  );
}

export const escapeXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export function xml(status: number, body: string): Response {
  return { status, headers: { "content-type": "text/xml" }, body };
}
