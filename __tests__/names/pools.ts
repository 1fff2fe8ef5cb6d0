import {
  CognitoIdentityProviderClient,
  type UserPoolType,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import { LogStore } from "../../sandbox/aws/logs";
import type { TriggerAnswer } from "../../sandbox/aws/trigger-invocation";
import { AwsException } from "../../sandbox/aws/user-pool/exception";
import { type ImportJob, isActive } from "../../sandbox/aws/user-pool/import-jobs";
import { OPERATIONS } from "../../sandbox/aws/user-pool/operations";
import { Tokens } from "../../sandbox/aws/user-pool/tokens";
import type { User } from "../../sandbox/aws/user-pool/user";
import { UserPool } from "../../sandbox/aws/user-pool/user-pool";
import type { PoolKind } from "./pool-kinds";

export const CLIENT = "client";
const LOGS_ROLE = "arn:aws:iam::111111111111:role/logs";
const FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111111111111:function:migrate";

/** Nobody here checks a signature, and a key for each pool would take longer than all the rest. */
class UnsignedTokens extends Tokens {
  override issue({ attributes }: User): object {
    const claims = Buffer.from(JSON.stringify({ sub: attributes["sub"] })).toString("base64url");
    return { AccessToken: `unsigned.${claims}.` };
  }
}

/** A pool of that kind with nobody in it. */
export function emptyPool(
  id: string,
  { usernameAttributes, aliasAttributes, caseSensitive }: PoolKind,
  trigger?: (event: object) => Promise<TriggerAnswer>,
): UserPool {
  return new UserPool({
    region: "eu-west-1",
    account: "111111111111",
    logs: new LogStore(),
    tokens: new UnsignedTokens(id, "eu-west-1"),
    accountIsImporting: () => false,
    uploadUrl: () => "",
    onCode: () => undefined,
    invokeTrigger: async (_, event) => (await trigger?.(event)) ?? { kind: "not_invocable" },
    seed: {
      id,
      arn: `arn:aws:cognito-idp:eu-west-1:111111111111:userpool/${id}`,
      name: id,
      customAttributes: ["source_sub"],
      lambdaConfig: trigger === undefined ? {} : { UserMigration: FUNCTION_ARN },
      appClients: [
        {
          id: CLIENT,
          name: CLIENT,
          explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
        },
      ],
      users: [],
      usernameAttributes,
      aliasAttributes,
      requiredAttributes: [],
      caseSensitive,
      settings: { AutoVerifiedAttributes: ["email", "phone_number"], MfaConfiguration: "OFF" },
    },
  });
}

/** One call to the pool itself. */
async function ask(pool: UserPool, name: string, body: object): Promise<object> {
  const operation = OPERATIONS[name];
  if (operation === undefined) throw new Error(`the sandbox has no ${name}`);
  return operation(pool, { ...body });
}

/** The AWS SDK's client as far as it is used, with the pool at the other end instead of a network. */
export function clientOf(pool: UserPool): CognitoIdentityProviderClient {
  const send = async (command: { input: object }): Promise<object> => {
    try {
      return await ask(pool, command.constructor.name.replace(/Command$/, ""), command.input);
    } catch (error) {
      if (!(error instanceof AwsException)) throw error;
      throw Object.assign(new Error(error.message), { name: error.type, $fault: "client" });
    }
  };
  const credentials = async (): Promise<object> => ({ accessKeyId: "a", secretAccessKey: "b" });
  // A paginator of the SDK takes nothing else for a client.
  return Object.assign(Object.create(CognitoIdentityProviderClient.prototype), { send, config: { credentials } });
}

export async function described(pool: UserPool): Promise<UserPoolType> {
  const { UserPool: answer } = (await ask(pool, "DescribeUserPool", {})) as { UserPool: UserPoolType };
  return answer;
}

export async function listed(pool: UserPool): Promise<readonly UserType[]> {
  const { Users } = (await ask(pool, "ListUsers", {})) as { Users: readonly UserType[] };
  return Users;
}

/** @returns what an application gets to see: `tokens`, the members of another answer, or the exception. */
export async function seen(pool: UserPool, name: string, body: object): Promise<string> {
  try {
    const answer = await ask(pool, name, { ClientId: CLIENT, ...body });
    return "AuthenticationResult" in answer ? "tokens" : Object.keys(answer).join();
  } catch (error) {
    if (error instanceof AwsException) return `${error.type}: ${error.message}`;
    throw error;
  }
}

/** Has the pool run a job. */
export async function imported({ imports }: UserPool, file: string): Promise<ImportJob> {
  const job = imports.create({ JobName: "import", CloudWatchLogsRoleArn: LOGS_ROLE });
  imports.upload(job.JobId, job.uploadKey, file, job.created);
  imports.start(job);
  while (isActive(job)) await new Promise(setImmediate);
  return job;
}
