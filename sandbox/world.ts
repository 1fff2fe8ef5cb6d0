import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CredentialStore, type Principal } from "./credentials";
import { type Deployed, deploy, readStack } from "./deployed";
import { type Engine, type EngineUser, type EngineUserPool, schemaOf, startEngine } from "./engine";
import { type Endpoint, listen } from "./http";
import { ADMINISTRATOR_ACCESS, type Decision, decide } from "./iam";
import { LambdaFunction } from "./lambda";
import { lambdaService } from "./lambda-service";
import { stsService } from "./sts";
import { synthesize } from "./synthesize";
import type { TriggerAnswer } from "./user-migration";
import { UserPool } from "./user-pool";

export const SOURCE = { account: "111111111111", region: "eu-west-1", userPoolId: "eu-west-1_Source001" } as const;
export const DESTINATION = {
  account: "222222222222",
  region: "eu-central-1",
  userPoolId: "eu-central-1_Dest0001",
} as const;
export const CUSTOM_ATTRIBUTES = { source: ["tier", "legacy"], destination: ["plan", "source_sub"] } as const;

/** What the operator would put into `.env`. */
export const SETTINGS: Readonly<Record<string, string>> = {
  USER_POOL_NAME: "sandbox",
  SOURCE_USER_POOL_ID: SOURCE.userPoolId,
  SOURCE_ACCOUNT: SOURCE.account,
  DESTINATION_USER_POOL_ARN: `arn:aws:cognito-idp:${DESTINATION.region}:${DESTINATION.account}:userpool/${DESTINATION.userPoolId}`,
  ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
};

/** One account's user pool as its users and its administrator see it. */
export interface Side {
  readonly url: string;
  readonly userPool: UserPool;
  readonly clientId: string;
  /** Credentials of an administrator of the account. */
  readonly administrator: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  /** Ends the user pool for good: connections are refused from then on. */
  switchOff(): Promise<void>;
}

export interface World {
  readonly source: Side;
  readonly destination: Side;
  readonly function: LambdaFunction;
  readonly deployed: Deployed;
  /** Every decision that IAM was asked for, in order. */
  readonly decisions: readonly Decision[];
  readonly credentials: CredentialStore;
  readonly stsUrl: string;
  readonly lambdaUrl: string;
  readonly synthesisMs: number;
  close(): Promise<void>;
}

export interface WorldProps {
  /** The project's root, with build/main.js in it. */
  readonly root: string;
  readonly users: readonly EngineUser[];
  /** Over {@link SETTINGS}. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Builds two AWS accounts on loopback from what the real program synthesizes: its zip, its function environment, its
 * policies. Everything lives in one temporary folder and in processes that end with this one.
 */
export async function openWorld({ root, users, settings = {} }: WorldProps): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-"));
  const open: { close(): Promise<void> }[] = [
    { close: async () => rmSync(directory, { recursive: true, force: true }) },
  ];
  const close = async (): Promise<void> => {
    for (const each of open.splice(0).reverse()) await each.close();
  };
  try {
    return { ...(await build(root, directory, users, { ...SETTINGS, ...settings }, open)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  root: string,
  directory: string,
  users: readonly EngineUser[],
  settings: Readonly<Record<string, string>>,
  open: { close(): Promise<void> }[],
): Promise<Omit<World, "close">> {
  const outdir = join(directory, "cdktf.out");
  const synthesisMs = await synthesize(root, outdir, settings);
  const pools = describePools(users);
  const deployed = deploy(readStack(outdir, "source"), readStack(outdir, "destination"), {
    source: { ...SOURCE, userPoolArn: pools.source.arn, appClientId: pools.migrationClientId },
    destination: { ...DESTINATION, userPoolArn: pools.destination.arn, schema: schemaOf(pools.destination) },
  });

  const decisions: Decision[] = [];
  const credentials = new CredentialStore();
  const ask: typeof decide = async (request) => {
    const decision = await decide(request);
    decisions.push(decision);
    return decision;
  };
  const serve = async (answer: Parameters<typeof listen>[0]): Promise<Endpoint> => {
    const endpoint = await listen(answer);
    open.push(endpoint);
    return endpoint;
  };

  const sourcePool: EngineUserPool = {
    ...pools.source,
    appClients: [{ id: pools.migrationClientId, ...deployed.appClient }],
  };
  // The step that the operator takes: attach the trigger to the destination user pool.
  const destinationPool: EngineUserPool = {
    ...pools.destination,
    lambdaConfig: { UserMigration: deployed.function.arn },
  };
  const engines = await Promise.all(
    [sourcePool, destinationPool].map(async (pool) => {
      const engine = await startEngine(root, join(directory, pool.name), pool);
      open.push({ close: engine.stop });
      return engine;
    }),
  );
  const [sourceEngine, destinationEngine] = engines as [Engine, Engine];

  const sts = await serve(stsService({ roles: [deployed.sourceRole, deployed.lambdaRole], credentials, decide: ask }));
  let lambdaUrl = "";
  const cognito: Principal = {
    arn: "cognito-idp.amazonaws.com",
    account: DESTINATION.account,
    policies: [],
    context: { "aws:SourceArn": pools.destination.arn, "aws:SourceAccount": DESTINATION.account },
  };
  const side = async (
    pool: EngineUserPool,
    engine: Engine,
    where: { account: string; region: string },
  ): Promise<Side> => {
    const userPool = new UserPool({
      pool,
      engine,
      credentials,
      ...where,
      decide: ask,
      invokeTrigger: (arn, event) =>
        invokeAs(
          cognito,
          credentials,
          `${lambdaUrl}/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`,
          event,
        ),
    });
    const endpoint = await serve(userPool.serve);
    return {
      url: endpoint.url,
      userPool,
      clientId: pool.appClients[0]?.id ?? "",
      administrator: credentials.issue({
        arn: `arn:aws:iam::${where.account}:role/administrator`,
        account: where.account,
        policies: [ADMINISTRATOR_ACCESS],
      }),
      switchOff: async () => {
        await endpoint.close();
        await engine.stop();
      },
    };
  };
  const source = await side(sourcePool, sourceEngine, SOURCE);
  const destination = await side(destinationPool, destinationEngine, DESTINATION);

  const fn = new LambdaFunction(root, join(directory, "function"), deployed.function, () => {
    const { arn, account, permissions: policies } = deployed.lambdaRole;
    const session = credentials.issue({ arn, account, policies });
    return {
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken,
      AWS_ENDPOINT_URL_STS: sts.url,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: source.url,
    };
  });
  open.push({ close: () => fn.stop() });
  const lambda = await serve(
    lambdaService({ functions: [{ function: fn, resourcePolicy: deployed.invokePolicy }], credentials, decide: ask }),
  );
  lambdaUrl = lambda.url;
  return {
    source,
    destination,
    function: fn,
    deployed,
    decisions,
    credentials,
    stsUrl: sts.url,
    lambdaUrl,
    synthesisMs,
  };
}

function describePools(users: readonly EngineUser[]): {
  source: EngineUserPool;
  destination: EngineUserPool;
  migrationClientId: string;
} {
  const arn = ({ account, region, userPoolId }: typeof SOURCE | typeof DESTINATION): string =>
    `arn:aws:cognito-idp:${region}:${account}:userpool/${userPoolId}`;
  const clientId = (): string => randomBytes(13).toString("hex");
  return {
    source: {
      id: SOURCE.userPoolId,
      arn: arn(SOURCE),
      name: "source",
      customAttributes: CUSTOM_ATTRIBUTES.source,
      lambdaConfig: {},
      appClients: [],
      users,
    },
    destination: {
      id: DESTINATION.userPoolId,
      arn: arn(DESTINATION),
      name: "destination",
      customAttributes: CUSTOM_ATTRIBUTES.destination,
      lambdaConfig: {},
      // During a migration an application signs in with the password itself: the trigger never fires for SRP.
      appClients: [
        {
          id: clientId(),
          name: "application",
          explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        },
      ],
      users: [],
    },
    migrationClientId: clientId(),
  };
}

/** The Invoke call that Cognito makes. */
async function invokeAs(
  principal: Principal,
  credentials: CredentialStore,
  url: string,
  event: object,
): Promise<TriggerAnswer> {
  const session = credentials.issue(principal);
  const response = await fetch(url, {
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
