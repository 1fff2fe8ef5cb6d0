import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Invocation, LambdaFunction } from "../../sandbox/aws/lambda";
import { migrationEvent } from "../../sandbox/aws/user-pool/migration";
import { USER_POOL_ID } from "./migration";
import { ROOT } from "./program";
import { FUNCTION_ENVIRONMENT } from "./settings";

const scratch = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

export const LOG_USER_KEY = "canary-key-of-thirty-two-characters";

/** The packaged function in a process of its own, with AWS at `url`. */
export function packagedFunction(url: string, over: Readonly<Record<string, string>> = {}): LambdaFunction {
  return new LambdaFunction(
    ROOT,
    mkdtempSync(join(scratch, "function-")),
    {
      name: "cognito_migration_customers",
      arn: "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers",
      account: "222222222222",
      region: "eu-central-1",
      zip: join(ROOT, "dist/handler.zip"),
      handler: "index.handler",
      timeoutSeconds: 5,
      memoryMb: 512,
      environment: { ...FUNCTION_ENVIRONMENT, LOG_USER_KEY, ...over },
    },
    () => undefined,
    async () => ({
      AWS_ACCESS_KEY_ID: "ASIAEXECUTION",
      AWS_SECRET_ACCESS_KEY: "canary-execution-secret",
      AWS_SESSION_TOKEN: "canary-execution-token",
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: url,
      ...over,
    }),
  );
}

/** What a user types, in all the letters that cause trouble. */
export const TYPED = { userName: "cänary+user@example.com", password: "Canary pässword/&=%\"'1" } as const;

/** A sign-in at the destination; every field that can hold a user's text holds a canary. */
export function signInEvent(over: Readonly<Record<string, unknown>> = {}): object {
  return {
    ...migrationEvent({
      triggerSource: "UserMigration_Authentication",
      region: "eu-central-1",
      userPoolId: USER_POOL_ID,
      clientId: "canary-client-id",
      ...TYPED,
      validationData: { hint: "canary-validation-data" },
    }),
    ...over,
  };
}

export interface Reported {
  readonly invocation: Invocation;
  /** The function's log line about it. */
  readonly line: Readonly<Record<string, unknown>>;
  /** From the event, or from the birth of the process if there was none before, to the answer; in milliseconds. */
  readonly waitedMs: number;
}

const linesOf = ({ log }: LambdaFunction): string[] =>
  log.split("\n").filter((line) => line.startsWith('{"timestamp"'));

/** Invokes the function and waits for its log line, which comes by another way than its answer. */
export async function invoke(fn: LambdaFunction, event: object): Promise<Reported> {
  const before = linesOf(fn).length;
  const invocation = await fn.invoke(event);
  for (let tries = 0; linesOf(fn).length === before && tries < 100; tries += 1) await wait(10);
  const { durationMs, initMs = 0 } = invocation;
  return { invocation, line: JSON.parse(linesOf(fn)[before] ?? "{}"), waitedMs: durationMs + initMs };
}
