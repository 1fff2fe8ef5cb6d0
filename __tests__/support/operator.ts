import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Credentials } from "../../sandbox/credentials";
import { openWorld, type PaperWorld } from "../../sandbox/on-paper";
import { credentialsFile, startCli } from "./cli-process";
import { ROOT, type Run } from "./program";

/** An operator at a terminal: a project folder with settings and credentials for two accounts, and the built program. */
export interface Operator {
  readonly world: PaperWorld;
  /** The project folder; `.cognito-migration` appears in it. */
  readonly directory: string;
  /** Settings and credentials of the next runs, over those of the sandbox. */
  readonly environment: Record<string, string>;
  run(...parameters: readonly string[]): Promise<Run>;
  /** Has the destination's credentials from now on be those of a role with these permissions and no others. */
  restrictTo(allowed: Readonly<Record<string, readonly string[]>>): void;
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
  const writeCredentials = (destination: Credentials): void =>
    writeFileSync(join(directory, "credentials"), credentialsFile({ source: world.source.administrator, destination }));
  writeCredentials(world.destination.administrator);
  const environment: Record<string, string> = {
    AWS_SHARED_CREDENTIALS_FILE: join(directory, "credentials"),
    AWS_CONFIG_FILE: join(directory, "config"),
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
    restrictTo: (allowed) => {
      const { account } = world.destination;
      const Statement = Object.entries(allowed).map(([Resource, Action]) => ({
        Effect: "Allow" as const,
        Action: [...Action],
        Resource,
      }));
      const policies = [{ Version: "2012-10-17" as const, Statement }];
      writeCredentials(world.credentials.issue({ arn: `arn:aws:iam::${account}:role/operator`, account, policies }));
    },
    running: () => child,
    calls: (prefix = "cognito-idp:") =>
      world.decisions
        .slice(forgotten)
        .map(({ action }) => action)
        .filter((action) => action.startsWith(prefix)),
    run: (...parameters) => {
      const started = startCli(directory, environment, parameters);
      child = started.child;
      return started.ended;
    },
    files: () => (existsSync(workDirectory) ? readdirSync(workDirectory, { recursive: true, encoding: "utf8" }) : []),
    forget: () => {
      forgotten = world.decisions.length;
      world.faults.clear();
      writeCredentials(world.destination.administrator);
      rmSync(workDirectory, { recursive: true, force: true });
    },
    close: async () => {
      await world.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
