import { type Guard, invalidAction, operationOf, principalOf, requireAccess } from "./signed-service";
import { escapeXml, queryService, type Role, xml } from "./sts";
import { AwsException } from "./user-pool/exception";

/** What a role is, as IAM tells of it. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
const READINGS: Readonly<Record<string, (role: Role, parameters: URLSearchParams) => string>> = {
  GetRole: (role) => `<Role>
      <RoleName>${nameOf(role.arn)}</RoleName><RoleId>AROASANDBOX</RoleId><Path>/</Path><Arn>${role.arn}</Arn>
      <CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${inUrl(role.trustPolicy)}</AssumeRolePolicyDocument>
      ${boundary(role)}
    </Role>`,
  ListRolePolicies: ({ permissions }) =>
    `<PolicyNames>${permissions.map((_, index) => `<member>policy-${index}</member>`).join("")}</PolicyNames><IsTruncated>false</IsTruncated>`,
  GetRolePolicy: ({ arn, permissions }, parameters) => {
    const PolicyName = parameters.get("PolicyName") ?? "";
    const policy = permissions[Number(PolicyName.replace("policy-", ""))];
    if (policy === undefined) throw notThere(PolicyName);
    return `<RoleName>${nameOf(arn)}</RoleName><PolicyName>${escapeXml(PolicyName)}</PolicyName><PolicyDocument>${inUrl(policy)}</PolicyDocument>`;
  },
  ListAttachedRolePolicies: () => "<AttachedPolicies></AttachedPolicies><IsTruncated>false</IsTruncated>",
};

/** IAM, reading only: each account sees its own roles. */
export const iamService = (props: Guard & { readonly findRole: (arn: string) => Promise<Role | undefined> }) =>
  queryService(async (action, parameters, request) => {
    const reading = operationOf(READINGS, "iam", action, invalidAction);
    const principal = principalOf(props, request);
    const name = parameters.get("RoleName") ?? "";
    const resource = `arn:${principal.arn.split(":")[1]}:iam::${principal.account}:role/${name}`;
    await requireAccess(props, principal, { action: `iam:${action}`, resource });
    const role = await props.findRole(resource);
    if (role === undefined) throw notThere(name);
    return xml(
      200,
      `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${reading(role, parameters)}</${action}Result></${action}Response>`,
    );
  });

const boundary = ({ permissionsBoundary: arn }: Role): string =>
  arn === undefined
    ? ""
    : `<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>${escapeXml(arn)}</PermissionsBoundaryArn></PermissionsBoundary>`;
const nameOf = (arn: string): string => arn.split("/").at(-1) ?? arn;
const inUrl = (document: object): string => encodeURIComponent(JSON.stringify(document));

function notThere(name: string): AwsException {
  return new AwsException("NoSuchEntity", `The role or policy with name ${name} cannot be found.`, 404);
}
