import { partitionOf } from "../../rules/partitions";
import { type Alarm, cloudWatchService, serviceQuotasService } from "../aws/account-services";
import { Clock } from "../aws/clock";
import { CognitoService } from "../aws/cognito-service";
import { forPagesOnLoopback } from "../aws/cors";
import { CredentialStore, type Credentials, type Principal } from "../aws/credentials";
import { type BusEvent, eventBridgeService } from "../aws/event-bridge";
import { Faults } from "../aws/faults";
import { listen, type Misbehaviour, type Request, type Response } from "../aws/http";
import { ADMINISTRATOR_ACCESS, type Decision, decide, remembering } from "../aws/iam";
import { iamService } from "../aws/iam-service";
import { canLogImports } from "../aws/import-role";
import type { FunctionConfiguration, LambdaFunction } from "../aws/lambda";
import { lambdaService } from "../aws/lambda-service";
import { LogStore } from "../aws/logs";
import { logsService } from "../aws/logs-service";
import { otherService } from "../aws/other-service";
import type { Guard } from "../aws/signed-service";
import { type Role, stsService } from "../aws/sts";
import { cognitoOf, invokeTrigger } from "../aws/trigger-invocation";
import type { Sent } from "../aws/user-pool/codes";
import type { SeedUserPool } from "../aws/user-pool/seed";
import { UserPool } from "../aws/user-pool/user-pool";
import { Cleanup } from "./cleanup";
import { type FunctionSurroundings, logGroupOf, type OtherFunction, serveFunction } from "./serve-function";

export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * What stands in the two accounts. Roles and policies are asked for at every decision, so that a change behind them
 * counts at once.
 */
export interface Cloud {
  readonly source: Place & { readonly pool: SeedUserPool };
  readonly destination: Place & { readonly pool: SeedUserPool };
  readonly function: FunctionConfiguration;
  readonly functionRoleArn: string;
  readonly reservedConcurrency?: number | undefined;
  /** Of the function's log group; without it the group appears with the first line. */
  readonly logRetentionDays?: number;
  /** Functions besides the one that migrates. */
  readonly others?: readonly OtherFunction[];
  /** In the destination account. */
  readonly alarms?: readonly Alarm[];
  readonly findRole: (arn: string) => Promise<Role | undefined>;
  readonly invokePolicy: (functionArn: string) => Promise<object | undefined>;
}

/** One account's user pool as its users and its administrator see it. */
export interface Side extends Place {
  /** Where this side can be switched off. It answers for both pools, as `World.urls` does. */
  readonly url: string;
  readonly userPoolId: string;
  /** App client of the applications: the pool's first. */
  readonly clientId: string;
  readonly administrator: Credentials;
  /** What it holds, to fill it and to look into it past the API. */
  readonly userPool: UserPool;
  /** CloudWatch Logs of the account in this Region. */
  readonly logs: LogStore;
  /** Ends the user pool for good: connections to its own endpoint are refused, others about it break. */
  switchOff(): Promise<void>;
}

/**
 * One endpoint for each service, whatever the account: who asks is told by the credentials. By the variables that lead there.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const ENDPOINTS = {
  cognitoIdentityProvider: "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
  sts: "AWS_ENDPOINT_URL_STS",
  lambda: "AWS_ENDPOINT_URL_LAMBDA",
  cloudWatchLogs: "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
  iam: "AWS_ENDPOINT_URL_IAM",
  cloudWatch: "AWS_ENDPOINT_URL_CLOUDWATCH",
  serviceQuotas: "AWS_ENDPOINT_URL_SERVICE_QUOTAS",
  eventBridge: "AWS_ENDPOINT_URL_EVENTBRIDGE",
  /** Of every other service, to say that it is not there. */
  other: "AWS_ENDPOINT_URL",
} as const;
export type ServiceName = keyof typeof ENDPOINTS;

export interface World {
  readonly source: Side;
  readonly destination: Side;
  /** The one that migrates. */
  readonly function: LambdaFunction;
  /** All of them: that one, and the others in order. */
  readonly functions: readonly LambdaFunction[];
  /** What was put on event buses, in order. */
  readonly busEvents: readonly BusEvent[];
  /** Every decision that IAM was asked for, in order. */
  readonly decisions: readonly Decision[];
  readonly credentials: CredentialStore;
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** What is to go wrong in the user pools, by operation. */
  readonly faults: Faults;
  /** By which users are created and changed, and lines of a log written. */
  readonly clock: Clock;
  /** From now on this one hears what happens, too. */
  tellAlso(tell: Tell): void;
  close(): Promise<void>;
}

/** Who wants to hear what happens while it happens. */
export interface Tell {
  /** A line of a function's log. */
  readonly log?: (line: string, functionName: string) => void;
  /** A code that one of the user pools sent. */
  readonly code?: (code: string, sent: Sent, side: "source" | "destination") => void;
  /** A request to a service, when it comes; what this returns hears the answer. Both hold passwords and tokens, which nobody keeps. */
  readonly request?: (service: ServiceName, request: Request) => (answer: Response | Misbehaviour) => void;
}

/**
 * Brings two AWS accounts to life on loopback: STS, Lambda and two user pools, with IAM in front of all of them. The
 * function runs from its zip with nothing around it but what `cloud` says.
 *
 * @param directory Empty; the caller removes it after `close`.
 */
export async function startWorld(root: string, directory: string, cloud: Cloud, tell: Tell = {}): Promise<World> {
  const cleanup = new Cleanup();
  try {
    return await start(root, directory, cloud, tell, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(root: string, homes: string, cloud: Cloud, tell: Tell, cleanup: Cleanup): Promise<World> {
  const { findRole } = cloud;
  const audience: Tell[] = [tell];
  const decisions: Decision[] = [];
  const credentials = new CredentialStore();
  const remembered = remembering(decide);
  const guard: Guard = {
    credentials,
    decide: async (request) => {
      const decision = await remembered(request);
      decisions.push(decision);
      return decision;
    },
  };
  const serve: typeof listen = async (answer) => {
    const endpoint = await listen(answer);
    cleanup.add(endpoint.close);
    return endpoint;
  };

  /** Tells of every request to a service, and of its answer. */
  const heard =
    (service: ServiceName, answer: Parameters<typeof listen>[0]): Parameters<typeof listen>[0] =>
    async (request) => {
      const answered = audience.map((one) => one.request?.(service, request));
      const response = await answer(request);
      for (const tellAnswer of answered) tellAnswer?.(response);
      return response;
    };

  const clock = new Clock();
  const logs = new Map<string, LogStore>();
  const logsOf = (account: string, region: string): LogStore => {
    const store = logs.get(`${account} ${region}`) ?? new LogStore(clock.now);
    logs.set(`${account} ${region}`, store);
    return store;
  };
  const around: FunctionSurroundings = {
    root,
    homes,
    credentials,
    findRole,
    logsOf,
    hear: (line, functionName) => {
      for (const one of audience) one.log?.(line, functionName);
    },
    cleanup,
  };
  const first: OtherFunction = { ...cloud, configuration: cloud.function, roleArn: cloud.functionRoleArn };
  const migrating = serveFunction(around, first, "function", () => ({
    [ENDPOINTS.sts]: urls.sts,
    [ENDPOINTS.cognitoIdentityProvider]: source.url,
  }));
  const others = (cloud.others ?? []).map((other, at) =>
    serveFunction(around, other, `function-${at + 1}`, () => ({
      ...Object.fromEntries(Object.entries(ENDPOINTS).map(([name, variable]) => [variable, urls[name as ServiceName]])),
      [ENDPOINTS.cognitoIdentityProvider]: destination.url,
    })),
  );
  const functions = [migrating, ...others].map((served) => served.function);

  const linesOf = ({ configuration: { account, region, ...named } }: LambdaFunction): readonly string[] =>
    logsOf(account, region).messages(logGroupOf(named));
  const busEvents: BusEvent[] = [];
  const pools: UserPool[] = [];
  const switchedOff = new Set<UserPool>();
  const faults = new Faults();
  const cognito = new CognitoService({ ...guard, pools, faults, switchedOff });
  const services: Readonly<Record<ServiceName, Parameters<typeof listen>[0]>> = {
    cognitoIdentityProvider: forPagesOnLoopback(cognito.serve),
    sts: stsService({ ...guard, findRole }),
    lambda: lambdaService({
      ...guard,
      functions: [migrating, ...others],
      invokePolicy: cloud.invokePolicy,
    }),
    cloudWatchLogs: logsService({ ...guard, storeOf: logsOf }),
    iam: iamService({ ...guard, findRole }),
    cloudWatch: cloudWatchService(guard, (account) =>
      account === cloud.destination.account
        ? { alarms: cloud.alarms ?? [], logLines: functions.flatMap(linesOf) }
        : { alarms: [], logLines: [] },
    ),
    serviceQuotas: serviceQuotasService(guard),
    eventBridge: eventBridgeService(guard, faults, (event) => busEvents.push(event)),
    other: otherService,
  };
  const urls = {} as Record<ServiceName, string>;
  for (const [name, answer] of Object.entries(services))
    urls[name as ServiceName] = (await serve(heard(name as ServiceName, answer))).url;

  const startSide = async (name: "source" | "destination"): Promise<Side> => {
    const { pool: seed, account, region } = cloud[name];
    const userPool: UserPool = new UserPool({
      seed,
      account,
      region,
      logs: logsOf(account, region),
      now: clock.now,
      accountIsImporting: () => pools.some((pool) => pool.account === account && pool.imports.active),
      canLogImports: (roleArn) =>
        canLogImports({ ...guard, findRole }, cognitoOf(seed, account), roleArn, {
          account,
          region,
          userPoolArn: seed.arn,
          logGroup: userPool.importLogGroup,
        }),
      uploadUrl: ({ JobId, uploadKey }) => `${urls.cognitoIdentityProvider}/import/${JobId}/${uploadKey}`,
      invokeTrigger: (lambdaArn, event) =>
        invokeTrigger(urls.lambda, lambdaArn, event, credentials.issue(cognitoOf(seed, account))),
      onCode: (code, sent) => {
        for (const one of audience) one.code?.(code, sent, name);
      },
    });
    pools.push(userPool);
    const endpoint = await serve(heard("cognitoIdentityProvider", forPagesOnLoopback(cognito.serve)));
    return {
      account,
      region,
      url: endpoint.url,
      userPoolId: seed.id,
      clientId: seed.appClients[0]?.id ?? "",
      administrator: credentials.issue(administratorOf(account, region)),
      userPool,
      logs: logsOf(account, region),
      switchOff: async () => {
        switchedOff.add(userPool);
        await endpoint.close();
      },
    };
  };
  const source = await startSide("source");
  const destination = await startSide("destination");
  const tellAlso = (one: Tell): void => {
    audience.push(one);
  };
  const close = (): Promise<void> => cleanup.run();
  const { function: fn } = migrating;
  return {
    source,
    destination,
    function: fn,
    functions,
    busEvents,
    decisions,
    credentials,
    urls,
    faults,
    clock,
    tellAlso,
    close,
  };
}

function administratorOf(account: string, region: string): Principal {
  const arn = `arn:${partitionOf(region).name}:iam::${account}:role/administrator`;
  return { arn, account, policies: [ADMINISTRATOR_ACCESS] };
}
