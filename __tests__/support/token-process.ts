import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LambdaFunction } from "../../sandbox/aws/lambda";
import { ROOT } from "./program";

const scratch = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
const started: LambdaFunction[] = [];
afterAll(async () => {
  for (const fn of started) await fn.stop();
  rmSync(scratch, { recursive: true, force: true });
});

/** The packaged token function in a process of its own. */
export function tokenProcess(environment: Readonly<Record<string, string>>): LambdaFunction {
  const name = "cognito_migration_token_customers";
  const fn = new LambdaFunction(
    ROOT,
    mkdtempSync(join(scratch, "function-")),
    {
      name,
      arn: `arn:aws:lambda:eu-central-1:222222222222:function:${name}`,
      account: "222222222222",
      region: "eu-central-1",
      zip: join(ROOT, "dist/token.zip"),
      handler: "index.handler",
      timeoutSeconds: 5,
      memoryMb: 512,
      environment,
    },
    () => undefined,
    async () => ({
      AWS_ACCESS_KEY_ID: "ASIAEXECUTION",
      AWS_SECRET_ACCESS_KEY: "canary-execution-secret",
      AWS_SESSION_TOKEN: "canary-execution-token",
    }),
  );
  started.push(fn);
  return fn;
}
