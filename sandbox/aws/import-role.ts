import { partitionOf } from "../../rules/partitions";
import type { Principal } from "./credentials";
import type { Guard } from "./signed-service";
import type { Role } from "./sts";

const LOG_ACTIONS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];

interface Pool {
  readonly account: string;
  readonly region: string;
  readonly userPoolArn: string;
  /** Where its import jobs are logged. */
  readonly logGroup: string;
}

const logGroupArn = ({ region, account, logGroup }: Pool): string =>
  `arn:${partitionOf(region).name}:logs:${region}:${account}:log-group:${logGroup}`;

/** A role with which Cognito may log this pool's imports, as docs/cli/import.md asks for it. */
export const importLogsRole = (pool: Pool): Role => ({
  arn: `arn:${partitionOf(pool.region).name}:iam::${pool.account}:role/cognito-import-logs`,
  account: pool.account,
  trustPolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cognito-idp.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": pool.account },
          ArnLike: { "aws:SourceArn": pool.userPoolArn },
        },
      },
    ],
  },
  permissions: [
    {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: LOG_ACTIONS, Resource: `${logGroupArn(pool)}:*` }],
    },
  ],
});

/**
 * Whether Cognito can log a pool's imports with a role. A job whose role it cannot assume, or that may not write, fails.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cloudwatch.html
 */
export async function canLogImports(
  { decide, findRole }: Pick<Guard, "decide"> & { readonly findRole: (arn: string) => Promise<Role | undefined> },
  cognito: Principal,
  roleArn: string,
  pool: Pool,
): Promise<boolean> {
  const role = await findRole(roleArn);
  if (role === undefined) return false;
  const { account: resourceAccount, permissions: policies } = role;
  const assuming = {
    principal: cognito,
    action: "sts:AssumeRole",
    resource: roleArn,
    resourcePolicy: role.trustPolicy,
  };
  if (!(await decide({ ...assuming, resourceAccount })).allowed) return false;
  const principal = { arn: roleArn, account: role.account, policies };
  for (const action of LOG_ACTIONS) {
    const resource = `${logGroupArn(pool)}:${action === "logs:PutLogEvents" ? "log-stream:import" : "*"}`;
    if (!(await decide({ principal, action, resource, resourceAccount })).allowed) return false;
  }
  return true;
}
