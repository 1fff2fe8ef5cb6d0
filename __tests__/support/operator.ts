import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorld, type PaperWorld } from "../../sandbox/on-paper";
import type { Side } from "../../sandbox/world";
import { ROOT, type Run } from "./program";

/** An operator at a terminal: a project folder with settings and credentials for two accounts, and the built program. */
export interface Operator {
  readonly world: PaperWorld;
  /** The project folder; `.cognito-migration` appears in it. */
  readonly directory: string;
  /** Settings and credentials of the next runs, over those of the sandbox. */
  readonly environment: Record<string, string>;
  run(...parameters: readonly string[]): Promise<Run>;
  /** The program that runs at this moment. */
  readonly running: () => ChildProcess;
  /** In order, as IAM was asked: of user pools, or of whatever begins with `prefix`. */
  calls(prefix?: string): readonly string[];
  /** Below `.cognito-migration`. */
  readonly files: () => readonly string[];
  /** Forgets calls, faults and `.cognito-migration`. */
  forget(): void;
  close(): Promise<void>;
}

/** Opens the sandbox, and takes the trigger off that it is born with. */
export async function openOperator(): Promise<Operator> {
  const world = await openWorld({ root: ROOT, users: [] });
  const { userPool } = world.destination;
  userPool.settings = { ...userPool.settings, LambdaConfig: {} };
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-operator-"));
  writeFileSync(
    join(directory, "credentials"),
    profile("source", world.source) + profile("destination", world.destination),
  );
  const environment: Record<string, string> = {
    PATH: process.env["PATH"] ?? "",
    HOME: directory,
    AWS_SHARED_CREDENTIALS_FILE: join(directory, "credentials"),
    AWS_CONFIG_FILE: join(directory, "config"),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: world.urls.cognitoIdentityProvider,
    AWS_ENDPOINT_URL_STS: world.urls.sts,
    AWS_ENDPOINT_URL_LAMBDA: world.urls.lambda,
    USER_POOL_NAME: "sandbox",
    SOURCE_USER_POOL_ID: world.source.userPoolId,
    SOURCE_ACCOUNT: world.source.account,
    SOURCE_PROFILE: "source",
    DESTINATION_USER_POOL_ARN: userPool.arn,
    DESTINATION_PROFILE: "destination",
  };
  const workDirectory = join(directory, ".cognito-migration");
  let child: ChildProcess;
  let forgotten = 0;
  return {
    world,
    directory,
    environment,
    running: () => child,
    calls: (prefix = "cognito-idp:") =>
      world.decisions
        .slice(forgotten)
        .map(({ action }) => action)
        .filter((action) => action.startsWith(prefix)),
    run: (...parameters) =>
      new Promise((resolve) => {
        child = spawn(process.execPath, [join(ROOT, "build/cli.js"), ...parameters], {
          cwd: directory,
          env: environment,
        });
        const output = { stdout: "", stderr: "" };
        child.stdout?.on("data", (chunk) => {
          output.stdout += chunk;
        });
        child.stderr?.on("data", (chunk) => {
          output.stderr += chunk;
        });
        child.once("close", (status) => resolve({ status, ...output }));
      }),
    files: () => (existsSync(workDirectory) ? readdirSync(workDirectory, { recursive: true, encoding: "utf8" }) : []),
    forget: () => {
      forgotten = world.decisions.length;
      world.faults.clear();
      rmSync(workDirectory, { recursive: true, force: true });
    },
    close: async () => {
      await world.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const profile = (name: string, { administrator }: Side): string =>
  `[${name}]
aws_access_key_id = ${administrator.accessKeyId}
aws_secret_access_key = ${administrator.secretAccessKey}
aws_session_token = ${administrator.sessionToken}
`;
