import {
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Aws } from "../aws/clients";
import { policyIn } from "../aws/function-policy";
import { ifThere } from "../aws/if-there";
import type { AssumeAnswers, Fact, RoleFacts } from "./facts";
import { Unavailable } from "./gather-fact";

/** IAM gives documents as in a URL: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html. @throws {UnusableAnswer} for anything else. */
export function encodedPolicyIn(aws: Pick<Aws, "unusable">, operation: string, document = ""): unknown {
  let decoded = document;
  try {
    decoded = decodeURIComponent(document);
  } catch {
    // Said below: what is no such document is no policy, either.
  }
  return policyIn(aws, operation, decoded);
}

export async function readRole(aws: Aws, RoleName: string): Promise<RoleFacts | undefined> {
  const iam = aws.iam();
  const answer = await ifThere(["NoSuchEntityException", "NoSuchEntity"], () =>
    iam.send(new GetRoleCommand({ RoleName })),
  );
  if (answer === undefined) return undefined;
  const permissions: unknown[] = [];
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName }))
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      permissions.push(encodedPolicyIn(aws, "GetRolePolicy", PolicyDocument));
    }
  const attached: string[] = [];
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client: iam }, { RoleName }))
    attached.push(...AttachedPolicies.flatMap(({ PolicyName }) => PolicyName ?? []));
  const { Arn = "", AssumeRolePolicyDocument, PermissionsBoundary } = answer.Role ?? {};
  return {
    arn: Arn,
    trustPolicy: encodedPolicyIn(aws, "GetRole", AssumeRolePolicyDocument),
    permissions,
    attached,
    permissionsBoundary: PermissionsBoundary?.PermissionsBoundaryArn,
  };
}

/** The least that STS gives. */
const DURATION_SECONDS = 900;

/**
 * Tries to assume a role in the three ways that an External ID is there to tell apart. The credentials are dropped unread.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export async function tryToAssume(sts: STSClient, roleArn: string, externalId: string): Promise<AssumeAnswers> {
  const attempt = async (ExternalId: string | undefined): Promise<"assumed" | "refused"> => {
    const answer = await ifThere(["AccessDenied", "AccessDeniedException"], () =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: roleArn,
          RoleSessionName: "cognito-migration-preflight",
          DurationSeconds: DURATION_SECONDS,
          ExternalId,
        }),
      ),
    );
    return answer === undefined ? "refused" : "assumed";
  };
  return {
    withExternalId: await attempt(externalId),
    withoutExternalId: await attempt(undefined),
    withAnotherExternalId: await attempt("not-the-external-id"),
  };
}

/**
 * STS refuses a role that is not there, too, which would look like a role that is closed to everybody.
 *
 * @param role What IAM told of the role, in the account of other credentials.
 * @throws {Unavailable} when STS has refused everything, and nobody knows whether there is such a role.
 */
export function provenAnswers(
  answers: AssumeAnswers,
  role: Fact<RoleFacts | undefined>,
  roleArn: string,
): AssumeAnswers {
  const isThere = role.known && role.value?.arn === roleArn;
  if (isThere || Object.values(answers).includes("assumed")) return answers;
  throw new Unavailable(
    "STS refused these credentials, as it does where there is no such role, and whether it is there is not known: " +
      (role.known ? `${roleArn} was not found.` : role.reason),
    role.known ? "Deploy the source stack." : role.remedy,
  );
}
