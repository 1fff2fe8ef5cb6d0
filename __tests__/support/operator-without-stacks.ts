import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyDocument } from "../../rules/policies";
import { credentialsFile } from "../../sandbox/accounts/operator-environment";
import { CognitoService } from "../../sandbox/aws/cognito-service";
import { CredentialStore, type Credentials } from "../../sandbox/aws/credentials";
import { Faults } from "../../sandbox/aws/faults";
import { json, listen } from "../../sandbox/aws/http";
import { ADMINISTRATOR_ACCESS, type Decision, decide } from "../../sandbox/aws/iam";
import { LogStore } from "../../sandbox/aws/logs";
import { logsService } from "../../sandbox/aws/logs-service";
import { stsService } from "../../sandbox/aws/sts";
import type { SeedUserPool } from "../../sandbox/aws/user-pool/seed";
import { UserPool } from "../../sandbox/aws/user-pool/user-pool";
import { type CliUser, userIn } from "./cli-process";
import { awsError } from "./scripted-aws";

const SOURCE = { account: "111111111111", region: "eu-west-1", id: "eu-west-1_Source001", name: "source" } as const;
const DESTINATION = {
  account: "222222222222",
  region: "eu-central-1",
  id: "eu-central-1_Dest0001",
  name: "destination",
} as const;

/** As Lambda tells it: https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentResponse.html */
type FunctionEnvironment =
  | { readonly Variables: Readonly<Record<string, string>> }
  | { readonly Error: { readonly ErrorCode: string; readonly Message: string } };

/** Two user pools in two accounts without the stacks, and an operator with the built program. */
export interface TwoPools extends CliUser {
  readonly source: UserPool;
  readonly destination: UserPool;
  /** CloudWatch Logs of the destination's account. */
  readonly logs: LogStore;
  readonly faults: Faults;
  /** Environments of the functions that there are in the destination's account, by name. */
  readonly functions: Map<string, FunctionEnvironment>;
  /** Every IAM action that was asked for, in order. */
  readonly actions: string[];
  /** Every file below the work directory, by name: mode and text. */
  files(): Record<string, { readonly mode: number; readonly text: string }>;
  close(): Promise<void>;
}

export interface TwoPoolsProps {
  readonly source?: Partial<SeedUserPool>;
  readonly destination?: Partial<SeedUserPool>;
  /** Of the operator in each account; an administrator's unless given. Checked as IAM would only when given. */
  readonly policies?: { readonly source: PolicyDocument; readonly destination: PolicyDocument };
}

export async function openTwoPools({ source = {}, destination = {}, policies }: TwoPoolsProps = {}): Promise<TwoPools> {
  const credentials = new CredentialStore();
  const faults = new Faults();
  const actions: string[] = [];
  const check: typeof decide = async (request): Promise<Decision> => {
    actions.push(request.action);
    return policies === undefined ? ({ ...request, allowed: true } as unknown as Decision) : decide(request);
  };
  const guard = { credentials, decide: check };
  const stores = new Map<string, LogStore>();
  const storeOf = (account: string): LogStore => {
    const store = stores.get(account) ?? new LogStore();
    stores.set(account, store);
    return store;
  };
  const pools: UserPool[] = [];
  const cognito = await listen(new CognitoService({ ...guard, pools, faults, switchedOff: new Set() }).serve);
  const sts = await listen(stsService({ ...guard, findRole: async () => undefined }));
  const cloudWatchLogs = await listen(logsService({ ...guard, storeOf }));
  const functions = new Map<string, FunctionEnvironment>();
  const lambda = await listen(async ({ path }) => {
    const name = decodeURIComponent(/\/functions\/([^/]+)\/configuration$/.exec(path)?.[1] ?? "");
    const Environment = functions.get(name);
    actions.push("lambda:GetFunctionConfiguration");
    return Environment === undefined
      ? awsError("ResourceNotFoundException", `Function not found: ${name}`)
      : json(200, { FunctionName: name, Environment });
  });
  const open = (place: typeof SOURCE | typeof DESTINATION, seed: Partial<SeedUserPool>): UserPool => {
    const pool = new UserPool({
      seed: {
        id: place.id,
        name: place.name,
        arn: `arn:aws:cognito-idp:${place.region}:${place.account}:userpool/${place.id}`,
        customAttributes: [],
        lambdaConfig: {},
        appClients: [],
        users: [],
        ...seed,
      },
      account: place.account,
      region: place.region,
      logs: storeOf(place.account),
      accountIsImporting: () => pools.some((one) => one.account === place.account && one.imports.active),
      uploadUrl: ({ JobId, uploadKey }) => `${cognito.url}/import/${JobId}/${uploadKey}`,
      invokeTrigger: async () => ({ kind: "not_invocable" }),
      onCode: () => undefined,
    });
    pools.push(pool);
    return pool;
  };
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-import-"));
  const operatorOf = (name: "source" | "destination", account: string): Credentials =>
    credentials.issue({
      arn: `arn:aws:iam::${account}:role/operator`,
      account,
      policies: [policies?.[name] ?? ADMINISTRATOR_ACCESS],
    });
  writeFileSync(
    join(directory, "credentials"),
    credentialsFile({
      source: operatorOf("source", SOURCE.account),
      destination: operatorOf("destination", DESTINATION.account),
    }),
  );
  const sides = { source: open(SOURCE, source), destination: open(DESTINATION, destination) };
  const environment: Record<string, string> = {
    AWS_SHARED_CREDENTIALS_FILE: join(directory, "credentials"),
    AWS_CONFIG_FILE: join(directory, "config"),
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: cloudWatchLogs.url,
    AWS_ENDPOINT_URL_LAMBDA: lambda.url,
    USER_POOL_NAME: "sandbox",
    SOURCE_USER_POOL_ID: SOURCE.id,
    SOURCE_ACCOUNT: SOURCE.account,
    SOURCE_PROFILE: "source",
    DESTINATION_USER_POOL_ARN: sides.destination.arn,
    DESTINATION_PROFILE: "destination",
  };
  return {
    ...userIn(directory, environment),
    ...sides,
    logs: storeOf(DESTINATION.account),
    faults,
    functions,
    actions,
    files: () => filesBelow(join(directory, ".cognito-migration")),
    close: async () => {
      await Promise.all([cognito.close(), sts.close(), cloudWatchLogs.close(), lambda.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function filesBelow(folder: string): Record<string, { mode: number; text: string }> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names
      // The same for every command.
      .filter((name) => name !== ".gitignore")
      .map((name) => [name, join(folder, name)] as const)
      .filter(([, path]) => statSync(path).isFile())
      .map(([name, path]) => [name, { mode: statSync(path).mode & 0o777, text: readFileSync(path, "utf8") }]),
  );
}
