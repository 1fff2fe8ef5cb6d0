import { partitionOf } from "../../rules/partitions";
import { cloudWatchService, serviceQuotasService } from "../aws/account-services";
import { Clock } from "../aws/clock";
import { CognitoService } from "../aws/cognito-service";
import { forPagesOnLoopback } from "../aws/cors";
import { CredentialStore, type Principal } from "../aws/credentials";
import { type BusEvent, eventBridgeService } from "../aws/event-bridge";
import { Faults } from "../aws/faults";
import { internalFailure, listen } from "../aws/http";
import { ADMINISTRATOR_ACCESS, type Decision, decide, remembering } from "../aws/iam";
import { iamService } from "../aws/iam-service";
import { canLogImports } from "../aws/import-role";
import type { LambdaFunction } from "../aws/lambda";
import { lambdaService } from "../aws/lambda-service";
import { LogStore } from "../aws/logs";
import { logsService } from "../aws/logs-service";
import { otherService } from "../aws/other-service";
import type { Guard } from "../aws/signed-service";
import { stsService } from "../aws/sts";
import { cognitoOf, invokeTrigger } from "../aws/trigger-invocation";
import { UserPool } from "../aws/user-pool/user-pool";
import { Cleanup } from "./cleanup";
import { type FunctionSurroundings, logGroupOf, serveFunction } from "./serve-function";
import { type Cloud, ENDPOINTS, endpointVariables, type ServiceName, type Side, type Tell, type World } from "./world";

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
      const response = await answer(request).catch(internalFailure);
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
  const [first, ...besides] = cloud.functions;
  const migrating = serveFunction(around, first, "function", () => ({
    [ENDPOINTS.sts]: urls.sts,
    [ENDPOINTS.cognitoIdentityProvider]: source.url,
  }));
  const others = besides.map((other, at) =>
    serveFunction(around, other, `function-${at + 1}`, () => ({
      ...endpointVariables(urls),
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
    lambda: lambdaService({ ...guard, functions: [migrating, ...others], invokePolicy: cloud.invokePolicy }),
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
  return {
    source,
    destination,
    function: migrating.function,
    functions,
    busEvents,
    decisions,
    credentials,
    urls,
    faults,
    clock,
    tellAlso: (one) => void audience.push(one),
    close: () => cleanup.run(),
  };
}

function administratorOf(account: string, region: string): Principal {
  const arn = `arn:${partitionOf(region).name}:iam::${account}:role/administrator`;
  return { arn, account, policies: [ADMINISTRATOR_ACCESS] };
}
