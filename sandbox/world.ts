import { join } from "node:path";
import { Cleanup } from "./cleanup";
import { CredentialStore, type Credentials, type Principal } from "./credentials";
import { type EngineUserPool, startEngine } from "./engine";
import { listen } from "./http";
import { ADMINISTRATOR_ACCESS, type Decision, decide } from "./iam";
import { type FunctionConfiguration, LambdaFunction } from "./lambda";
import { lambdaService } from "./lambda-service";
import { type Role, stsService } from "./sts";
import type { TriggerAnswer } from "./user-migration";
import { UserPool } from "./user-pool";

export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * What stands in the two accounts. Roles and policies are asked for at every decision, so that a change behind them
 * counts at once.
 */
export interface Cloud {
  readonly source: Place & { readonly pool: EngineUserPool };
  readonly destination: Place & { readonly pool: EngineUserPool };
  readonly function: FunctionConfiguration;
  readonly functionRoleArn: string;
  readonly findRole: (arn: string) => Promise<Role | undefined>;
  readonly invokePolicy: (functionArn: string) => Promise<object | undefined>;
}

/** One account's user pool as its users and its administrator see it. */
export interface Side extends Place {
  readonly url: string;
  readonly userPoolId: string;
  /** App client of the applications: the pool's first. */
  readonly clientId: string;
  readonly administrator: Credentials;
  /** Ends the user pool for good: connections are refused from then on. */
  switchOff(): Promise<void>;
}

export interface World {
  readonly source: Side;
  readonly destination: Side;
  readonly function: LambdaFunction;
  /** Every decision that IAM was asked for, in order. */
  readonly decisions: readonly Decision[];
  readonly credentials: CredentialStore;
  readonly stsUrl: string;
  readonly lambdaUrl: string;
  close(): Promise<void>;
}

/** Who wants to hear what happens while it happens. */
export interface Tell {
  /** A line of the function's log. */
  readonly log?: (line: string) => void;
  /** A code that the destination user pool sent. */
  readonly code?: (code: string) => void;
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

async function start(root: string, directory: string, cloud: Cloud, tell: Tell, cleanup: Cleanup): Promise<World> {
  const { source, destination, findRole } = cloud;
  const decisions: Decision[] = [];
  const credentials = new CredentialStore();
  const ask: typeof decide = async (request) => {
    const decision = await decide(request);
    decisions.push(decision);
    return decision;
  };
  const serve: typeof listen = async (answer) => {
    const endpoint = await listen(answer);
    cleanup.add(endpoint.close);
    return endpoint;
  };

  const sts = await serve(stsService({ findRole, credentials, decide: ask }));
  let sourceUrl = "";
  const fn = new LambdaFunction(
    root,
    join(directory, "function"),
    cloud.function,
    tell.log ?? (() => undefined),
    async () => {
      const role = await findRole(cloud.functionRoleArn);
      if (role === undefined) throw new Error(`the function's role ${cloud.functionRoleArn} does not exist`);
      const session = credentials.issue({ arn: role.arn, account: role.account, policies: role.permissions });
      return {
        AWS_ACCESS_KEY_ID: session.accessKeyId,
        AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
        AWS_SESSION_TOKEN: session.sessionToken,
        AWS_ENDPOINT_URL_STS: sts.url,
        AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: sourceUrl,
      };
    },
  );
  cleanup.add(() => fn.stop());
  const lambda = await serve(
    lambdaService({ function: fn, invokePolicy: cloud.invokePolicy, credentials, decide: ask }),
  );

  const startSide = async ({ pool, account, region }: Cloud["source"], name: string): Promise<Side> => {
    const engine = await startEngine(root, join(directory, name), pool, tell.code);
    cleanup.add(engine.stop);
    const invokeTrigger = (lambdaArn: string, event: object): Promise<TriggerAnswer> =>
      invoke(lambda.url, lambdaArn, event, credentials.issue(cognitoOf(pool, account)));
    const userPool = new UserPool({ pool, region, account, engine, credentials, decide: ask, invokeTrigger });
    const endpoint = await serve(userPool.serve);
    return {
      account,
      region,
      url: endpoint.url,
      userPoolId: pool.id,
      clientId: pool.appClients[0]?.id ?? "",
      administrator: credentials.issue(administratorOf(account)),
      switchOff: async () => {
        await endpoint.close();
        await engine.stop();
      },
    };
  };
  const [sourceSide, destinationSide] = await Promise.all([
    startSide(source, "source"),
    startSide(destination, "destination"),
  ]);
  sourceUrl = sourceSide.url;
  return {
    source: sourceSide,
    destination: destinationSide,
    function: fn,
    decisions,
    credentials,
    stsUrl: sts.url,
    lambdaUrl: lambda.url,
    close: () => cleanup.run(),
  };
}

function administratorOf(account: string): Principal {
  return { arn: `arn:aws:iam::${account}:role/administrator`, account, policies: [ADMINISTRATOR_ACCESS] };
}

/** Cognito, on behalf of a user pool. https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function cognitoOf(pool: EngineUserPool, account: string): Principal {
  const context = { "aws:SourceArn": pool.arn, "aws:SourceAccount": account };
  return { arn: "cognito-idp.amazonaws.com", account, policies: [], context };
}

/** The Invoke call that Cognito makes. */
async function invoke(
  lambdaUrl: string,
  lambdaArn: string,
  event: object,
  session: Credentials,
): Promise<TriggerAnswer> {
  const response = await fetch(`${lambdaUrl}/2015-03-31/functions/${encodeURIComponent(lambdaArn)}/invocations`, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${session.accessKeyId}/sandbox`,
      "x-amz-security-token": session.sessionToken,
    },
    body: JSON.stringify(event),
  });
  if (response.status !== 200) return { kind: "not_invocable" };
  const payload: unknown = await response.json();
  return { kind: response.headers.has("x-amz-function-error") ? "failed" : "returned", payload };
}
