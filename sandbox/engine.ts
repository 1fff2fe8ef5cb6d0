import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STANDARD_ATTRIBUTES } from "../config/attribute-rules";

export interface EngineUser {
  readonly username: string;
  readonly password: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly enabled?: boolean;
  readonly status?: string;
  readonly mfaSettings?: readonly string[];
}

export interface EngineAppClient {
  readonly id: string;
  readonly name: string;
  readonly explicitAuthFlows: readonly string[];
}

export interface EngineUserPool {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly customAttributes: readonly string[];
  readonly lambdaConfig: Readonly<Record<string, string>>;
  readonly appClients: readonly EngineAppClient[];
  readonly users: readonly EngineUser[];
}

export interface Engine {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;

/** Names in a user pool's schema, as `DescribeUserPool` lists them. */
export function schemaOf(customAttributes: readonly string[]): string[] {
  return [...STANDARD_ATTRIBUTES, ...customAttributes.map((name) => `custom:${name}`)];
}

/**
 * Starts cognito-local for one user pool, in a process and a folder of its own. cognito-local reads its pools only at the
 * start and gives new ones an id of another shape than AWS, so the pool is written as a file first.
 *
 * @param directory Empty or absent; the caller removes it.
 * @param onCode Is told the codes that would go out by e-mail or text message.
 */
export async function startEngine(
  root: string,
  directory: string,
  pool: EngineUserPool,
  onCode: (code: string) => void = () => undefined,
): Promise<Engine> {
  seed(directory, pool);
  const child = fork(join(root, "sandbox/engine-process.mjs"), [], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"],
      HOME: directory,
      HOST: "127.0.0.1",
      PORT: "0",
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "1",
    },
    silent: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  let output = "";
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not ready after ${START_TIMEOUT_MS} ms`)), START_TIMEOUT_MS);
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        for (const [, code] of chunk.toString().matchAll(/Code: +(\d+)/g)) onCode(code ?? "");
        output = output.slice(-10_000);
        const started = /running on (http:\/\/127\.0\.0\.1:[0-9]+)/.exec(output)?.[1];
        if (started === undefined) return;
        clearTimeout(timer);
        resolve(started);
      };
      child.stdout?.on("data", read);
      child.stderr?.on("data", read);
      child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
    });
    return { url, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw new Error(`cognito-local for ${pool.id}: ${(error as Error).message}\n${output}`);
  }
}

/** Of every pool here: users have a second factor if they want one. */
export const MFA_CONFIGURATION = "OPTIONAL";

function seed(directory: string, pool: EngineUserPool): void {
  const now = new Date().toISOString();
  const database = join(directory, ".cognito/db");
  mkdirSync(database, { recursive: true });
  const users = pool.users.map((user) => ({
    Username: user.username,
    Password: user.password,
    Attributes: Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value })),
    Enabled: user.enabled ?? true,
    UserStatus: user.status ?? "CONFIRMED",
    UserMFASettingList: user.mfaSettings ?? [],
    UserCreateDate: now,
    UserLastModifiedDate: now,
    RefreshTokens: [],
  }));
  const clients = pool.appClients.map((client) => ({
    ClientId: client.id,
    ClientName: client.name,
    ExplicitAuthFlows: client.explicitAuthFlows,
    UserPoolId: pool.id,
    CreationDate: now,
    LastModifiedDate: now,
    RefreshTokenValidity: 60,
    TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "minutes" },
  }));
  const options = {
    Id: pool.id,
    Arn: pool.arn,
    Name: pool.name,
    UsernameAttributes: ["email"],
    MfaConfiguration: MFA_CONFIGURATION,
    LambdaConfig: pool.lambdaConfig,
    CreationDate: now,
    LastModifiedDate: now,
    SchemaAttributes: schemaOf(pool.customAttributes).map((Name) => ({
      Name,
      AttributeDataType: "String",
      DeveloperOnlyAttribute: false,
      Mutable: Name !== "sub",
      Required: Name === "sub" || Name === "email",
    })),
  };
  const byKey = <T>(rows: readonly T[], key: keyof T): object => Object.fromEntries(rows.map((row) => [row[key], row]));
  writeFileSync(
    join(database, `${pool.id}.json`),
    JSON.stringify({ Options: options, Users: byKey(users, "Username") }),
  );
  writeFileSync(join(database, "clients.json"), JSON.stringify({ Clients: byKey(clients, "ClientId") }));
}
