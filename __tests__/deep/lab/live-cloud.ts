import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  GetPolicyCommand as GetManagedPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { GetFunctionCommand, GetPolicyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { PolicyDocument } from "../../../rules/policies";
import type { Place } from "../../../sandbox/accounts/world";
import type { FunctionConfiguration } from "../../../sandbox/aws/lambda";
import type { Role } from "../../../sandbox/aws/sts";
import type { SeedAppClient, SeedUserPool } from "../../../sandbox/aws/user-pool/seed";
import type { AccountCredentials } from "./moto";

/** CloudWatch's name in its JSON protocol. */
const CLOUDWATCH = "GraniteServiceVersion20100801";

export interface MetricAlarm {
  readonly AlarmName: string;
  readonly [property: string]: unknown;
}

/** What Terraform has made in an emulator, read back through AWS's own APIs. */
export class LiveCloud {
  constructor(
    private readonly url: string,
    private readonly credentialsOf: (account: string) => Promise<AccountCredentials>,
  ) {}

  private async configuration({ account, region }: Place) {
    return { region, endpoint: this.url, credentials: await this.credentialsOf(account), maxAttempts: 1 };
  }

  async iam(account: string): Promise<IAMClient> {
    return new IAMClient(await this.configuration({ account, region: "us-east-1" }));
  }

  async lambda(place: Place): Promise<LambdaClient> {
    return new LambdaClient(await this.configuration(place));
  }

  async cognito(place: Place): Promise<CognitoIdentityProviderClient> {
    return new CognitoIdentityProviderClient(await this.configuration(place));
  }

  async appClient(place: Place, userPool: Pick<SeedUserPool, "id">, clientId: string): Promise<SeedAppClient> {
    const command = new DescribeUserPoolClientCommand({ UserPoolId: userPool.id, ClientId: clientId });
    const { UserPoolClient } = await (await this.cognito(place)).send(command);
    return {
      id: clientId,
      name: UserPoolClient?.ClientName ?? "",
      explicitAuthFlows: UserPoolClient?.ExplicitAuthFlows ?? [],
      settings: {
        PreventUserExistenceErrors: UserPoolClient?.PreventUserExistenceErrors,
        ReadAttributes: UserPoolClient?.ReadAttributes,
        WriteAttributes: UserPoolClient?.WriteAttributes,
      },
    };
  }

  /** Inline and managed policies alike, so that one more than expected shows. @returns undefined when there is no such role. */
  async findRole(arn: string): Promise<Role | undefined> {
    const [, account = "", RoleName = ""] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
    const iam = await this.iam(account);
    try {
      const { Role: role } = await iam.send(new GetRoleCommand({ RoleName }));
      if (role?.Arn !== arn) return undefined;
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      const inline = await Promise.all(
        PolicyNames.map(
          async (PolicyName) => (await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument,
        ),
      );
      const managed = await Promise.all(
        AttachedPolicies.map(async ({ PolicyArn }) => {
          const { Policy } = await iam.send(new GetManagedPolicyCommand({ PolicyArn }));
          const VersionId = Policy?.DefaultVersionId;
          return (await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))).PolicyVersion?.Document;
        }),
      );
      return {
        arn,
        account,
        trustPolicy: document(role.AssumeRolePolicyDocument),
        permissions: [...inline, ...managed].map(document),
      };
    } catch (error) {
      if ((error as Error).name === "NoSuchEntityException") return undefined;
      throw error;
    }
  }

  /** @param zip The archive that was uploaded: an emulator keeps its hash, not a place to fetch it from. */
  async function(
    place: Place,
    name: string,
    zip: string,
  ): Promise<FunctionConfiguration & { codeSha256: string; roleArn: string }> {
    const { Configuration: c } = await (await this.lambda(place)).send(new GetFunctionCommand({ FunctionName: name }));
    if (!c?.FunctionArn || !c.Handler || !c.CodeSha256 || !c.Role) throw new Error(`function ${name} is not complete`);
    return {
      ...place,
      name,
      zip,
      arn: c.FunctionArn,
      handler: c.Handler,
      timeoutSeconds: c.Timeout ?? 0,
      memoryMb: c.MemorySize ?? 0,
      environment: c.Environment?.Variables ?? {},
      codeSha256: c.CodeSha256,
      roleArn: c.Role,
    };
  }

  /** Names. CloudWatch, CloudWatch Logs and S3 have clients of their own, which a few calls do not justify. */
  async logGroups(place: Place): Promise<string[]> {
    const { logGroups = [] } = await this.json<{ logGroups?: { logGroupName: string }[] }>(
      place,
      "logs",
      "Logs_20140328.DescribeLogGroups",
    );
    return logGroups.map(({ logGroupName }) => logGroupName);
  }

  /** As DescribeAlarms tells of them: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
  async alarms(place: Place): Promise<readonly MetricAlarm[]> {
    return (await this.json<{ MetricAlarms: MetricAlarm[] }>(place, "monitoring", `${CLOUDWATCH}.DescribeAlarms`))
      .MetricAlarms;
  }

  /** Bodies, by name. */
  async dashboards(place: Place): Promise<Readonly<Record<string, string>>> {
    const { DashboardEntries } = await this.json<{ DashboardEntries: { DashboardName: string }[] }>(
      place,
      "monitoring",
      `${CLOUDWATCH}.ListDashboards`,
    );
    const bodies = DashboardEntries.map(async ({ DashboardName }) => {
      const operation = `${CLOUDWATCH}.GetDashboard`;
      return this.json<{ DashboardBody: string }>(place, "monitoring", operation, { DashboardName }).then(
        ({ DashboardBody }) => [DashboardName, DashboardBody],
      );
    });
    return Object.fromEntries(await Promise.all(bodies));
  }

  private async json<Output>(place: Place, service: string, target: string, input: object = {}): Promise<Output> {
    const response = await this.call(place, service, "/", {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${target}: ${await response.text()}`);
    return (await response.json()) as Output;
  }

  async createBucket(place: Place, name: string): Promise<void> {
    const body = `<CreateBucketConfiguration><LocationConstraint>${place.region}</LocationConstraint></CreateBucketConfiguration>`;
    const response = await this.call(place, "s3", `/${name}`, { method: "PUT", body });
    if (!response.ok) throw new Error(`the emulator made no bucket: ${await response.text()}`);
  }

  private async call({ account, region }: Place, service: string, path: string, init: RequestInit): Promise<Response> {
    const { accessKeyId, sessionToken } = await this.credentialsOf(account);
    // moto reads whose request it is and does not check the signature.
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const headers = {
      ...(init.headers as Record<string, string>),
      authorization,
      "x-amz-security-token": sessionToken,
    };
    return fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(30_000), ...init, headers });
  }

  async invokePolicy(place: Place, functionArn: string): Promise<object | undefined> {
    try {
      const { Policy } = await (await this.lambda(place)).send(new GetPolicyCommand({ FunctionName: functionArn }));
      return Policy === undefined ? undefined : (JSON.parse(Policy) as object);
    } catch (error) {
      if ((error as Error).name === "ResourceNotFoundException") return undefined;
      throw error;
    }
  }
}

/** IAM hands out its documents URL-encoded. */
function document(text: string | undefined): PolicyDocument {
  return JSON.parse(decodeURIComponent(text ?? "")) as PolicyDocument;
}
