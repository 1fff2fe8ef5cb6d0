import { LogStore } from "../../sandbox/aws/logs";
import type { TriggerAnswer } from "../../sandbox/aws/trigger-invocation";
import type { Sent } from "../../sandbox/aws/user-pool/codes";
import { AwsException } from "../../sandbox/aws/user-pool/exception";
import { OPERATIONS } from "../../sandbox/aws/user-pool/operations";
import type { SeedUser, SeedUserPool } from "../../sandbox/aws/user-pool/seed";
import type { Tokens } from "../../sandbox/aws/user-pool/tokens";
import { UserPool } from "../../sandbox/aws/user-pool/user-pool";

export const PASSWORD = "Aa1-password";
export const CLIENT = "application0000000000000000";

interface Listed {
  readonly Username: string;
  readonly UserStatus: string;
  readonly Enabled: boolean;
  readonly Attributes: readonly { readonly Name: string; readonly Value: string }[];
}

/** Members of all answers; each operation has some of them. */
export interface Answer {
  readonly UserPool: Record<string, unknown> & {
    readonly Name: string;
    readonly Policies: { readonly PasswordPolicy: Record<string, unknown> };
    readonly AdminCreateUserConfig: Record<string, unknown>;
    readonly SchemaAttributes: readonly { readonly Name: string; readonly Required: boolean }[];
  };
  readonly UserPoolClient: Record<string, unknown> & { readonly ClientId: string };
  readonly UserPoolClients: readonly { readonly ClientName: string }[];
  readonly User: Listed;
  readonly Users: readonly Listed[];
  readonly Username: string;
  readonly UserStatus: string;
  readonly UserAttributes: readonly { readonly Name: string; readonly Value: string }[];
  readonly UserMFASettingList: readonly string[];
  readonly PreferredMfaSetting: string;
  readonly UserSub: string;
  readonly Group: Record<string, unknown>;
  readonly Groups: readonly { readonly GroupName: string }[];
  readonly CSVHeader: readonly string[];
  readonly UserImportJob: Record<string, unknown> & { readonly JobId: string; readonly Status: string };
  readonly UserImportJobs: readonly { readonly JobName: string }[];
  readonly ChallengeName: string;
  readonly ChallengeParameters: Record<string, string>;
  readonly AvailableChallenges: readonly string[];
  readonly Session: string;
  readonly SecretCode: string;
  readonly Status: string;
  readonly CodeDeliveryDetailsList: readonly Record<string, string>[];
  readonly AuthenticationResult: {
    readonly AccessToken: string;
    readonly IdToken: string;
    readonly RefreshToken: string;
  };
  readonly CodeDeliveryDetails: Record<string, string>;
  readonly PaginationToken?: string;
  readonly NextToken?: string;
}

export interface Subject {
  readonly pool: UserPool;
  readonly logs: LogStore;
  /** Codes in the order in which they went out. */
  readonly codes: string[];
  /** What each of them was for, and where it went. */
  readonly sent: Sent[];
  /** Events that the migration trigger got. */
  readonly events: object[];
  /** The answer's body, as JSON would carry it. */
  call(operation: string, body?: object): Promise<Answer>;
  /** `Type: message` of the exception, or `undefined` when there is none. */
  refusal(operation: string, body?: object): Promise<string | undefined>;
}

/** A user pool by itself, asked without HTTP and IAM. */
export function userPool(
  seed: Partial<SeedUserPool> = {},
  {
    trigger,
    busy = false,
    now,
    tokens,
  }: { trigger?: () => TriggerAnswer; busy?: boolean; now?: () => Date; tokens?: Tokens } = {},
): Subject {
  const logs = new LogStore();
  const codes: string[] = [];
  const sent: Sent[] = [];
  const events: object[] = [];
  const pool = new UserPool({
    region: "eu-west-1",
    account: "111111111111",
    logs,
    ...(now === undefined ? {} : { now }),
    ...(tokens === undefined ? {} : { tokens }),
    accountIsImporting: () => busy,
    uploadUrl: ({ JobId, uploadKey }) => `http://sandbox/import/${JobId}/${uploadKey}`,
    onCode: (code, what) => {
      codes.push(code);
      sent.push(what);
    },
    invokeTrigger: async (_, event) => {
      events.push(event);
      return trigger?.() ?? { kind: "not_invocable" };
    },
    seed: {
      id: "eu-west-1_Pool00001",
      arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Pool00001",
      name: "customers",
      customAttributes: ["tier"],
      lambdaConfig: {},
      appClients: [
        {
          id: CLIENT,
          name: "application",
          explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        },
      ],
      users: [],
      ...seed,
    },
  });
  const call = async (operation: string, body: object = {}): Promise<Answer> =>
    JSON.parse(JSON.stringify(await OPERATIONS[operation]?.(pool, { UserPoolId: pool.id, ...body }))) as Answer;
  const refusal = (operation: string, body: object = {}): Promise<string | undefined> =>
    call(operation, body).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof AwsException) return `${error.type}: ${error.message}`;
        throw error;
      },
    );
  return { pool, logs, codes, sent, events, call, refusal };
}

/** A user in a pool with e-mail addresses for usernames. */
export function seedUser(name: string, more: Partial<SeedUser> = {}): SeedUser {
  const email = `${name}@example.com`;
  return {
    username: `00000000-0000-4000-8000-${name.padStart(12, "0")}`,
    password: PASSWORD,
    ...more,
    attributes: {
      sub: `00000000-0000-4000-8000-${name.padStart(12, "0")}`,
      email,
      email_verified: "true",
      ...more.attributes,
    },
  };
}

/** A user in a pool with plain usernames. */
export function named(username: string, more: Partial<SeedUser> = {}): SeedUser {
  return { username, password: PASSWORD, ...more, attributes: { sub: `sub-${username}`, ...more.attributes } };
}

export const PLAIN: Partial<SeedUserPool> = { usernameAttributes: [], requiredAttributes: [] };

export const list = (values: Record<string, string>): object[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
