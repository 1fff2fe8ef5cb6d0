import type { JsonObject } from "../../../cli/aws/json";
import type { Side } from "../../../cli/aws/side";
import { stopWithoutThePool } from "../../../cli/detach/without-the-pool";
import type { DestinationSettings } from "../../../config/deployment";

const FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const SIDE: Side = {
  name: "destination",
  userPoolId: "eu-central-1_Dest0001",
  region: "eu-central-1",
  account: "222222222222",
  profile: "destination",
};
const settings = (lambdaReservedConcurrency?: number, groupsOrRefuse: readonly string[] = []) =>
  ({
    userPool: { partition: "aws", region: "eu-central-1", account: "222222222222", id: SIDE.userPoolId },
    names: { function: "cognito_migration_customers", token: { function: "cognito_migration_token_customers" } },
    lambdaReservedConcurrency,
    groupsOrRefuse,
  }) as DestinationSettings;
const stop = (trigger: string | undefined, reserved?: number) =>
  stopWithoutThePool(
    { LambdaConfig: trigger === undefined ? {} : { UserMigration: trigger } },
    SIDE,
    settings(reserved),
  );

test.each([FUNCTION, `${FUNCTION}:live`])(
  "as long as the pool calls %s, whole command lines stop it and let it go on",
  (trigger) => {
    const of = `--function-name ${FUNCTION} --region eu-central-1 --profile destination`;
    const lines = stop(trigger)?.split("\n") ?? [];
    expect(lines[1]).toBe(`  aws lambda put-function-concurrency --reserved-concurrent-executions 0 ${of}`);
    expect(lines[3]).toBe(`  aws lambda delete-function-concurrency ${of}`);
    expect(stop(trigger, 10)?.split("\n")[3]).toBe(
      `  aws lambda put-function-concurrency --reserved-concurrent-executions 10 ${of}`,
    );
  },
);

test.each([undefined, `${FUNCTION}_2`])("there is nothing to stop where the trigger is %s", (trigger) => {
  expect(stop(trigger)).toBeUndefined();
});

describe("the token function", () => {
  const TOKEN = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_token_customers";
  const stopAll = (LambdaConfig: object, groupsAlone = false, groupsOrRefuse: readonly string[] = []) =>
    stopWithoutThePool({ LambdaConfig } as JsonObject, SIDE, settings(undefined, groupsOrRefuse), groupsAlone);

  test("is not stopped alone while users migrate who must not arrive without a membership", () => {
    const both = { UserMigration: FUNCTION, PreTokenGeneration: TOKEN };
    expect(stopAll(both, true, ["suspended"])).toBeUndefined();
    expect(stopAll(both, true)).toContain("untouched.zip");
    expect(stopAll(both, false, ["suspended"])).toMatch(/put-function-concurrency.*untouched\.zip/s);
    expect(stopAll({ PreTokenGeneration: TOKEN }, true, ["suspended"])).toContain("untouched.zip");
  });

  test.each([
    { PreTokenGeneration: TOKEN },
    { PreTokenGenerationConfig: { LambdaArn: `${TOKEN}:live`, LambdaVersion: "V1_0" } },
  ])("is given code that changes nothing, and never stopped, which would fail every sign-in: %j", (config) => {
    const text = stopAll(config) ?? "";
    expect(text).toContain(
      `  aws lambda update-function-code --zip-file fileb://untouched.zip --function-name ${TOKEN} --region eu-central-1 --profile destination`,
    );
    expect(text).not.toContain("put-function-concurrency");
    expect(stopAll(config, true)).toBe(text);
  });

  test("is not spoken of where the pool calls another, or none", () => {
    for (const config of [{}, { PreTokenGeneration: `${TOKEN}_2` }]) expect(stopAll(config)).toBeUndefined();
  });

  test("goes beside the migration, or alone where that is to go on", () => {
    const config = { UserMigration: FUNCTION, PreTokenGeneration: TOKEN };
    expect(stopAll(config)).toContain("put-function-concurrency");
    expect(stopAll(config)).toContain("update-function-code");
    expect(stopAll(config, true)).not.toContain("put-function-concurrency");
    expect(stopAll({ UserMigration: FUNCTION }, true)).toBeUndefined();
  });
});
