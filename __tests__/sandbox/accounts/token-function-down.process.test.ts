import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tokenAlarms } from "../../../rules/token-alarms";
import { metricData } from "../../../sandbox/aws/metric-data";
import { type GroupsWorld, groupsInBoth, openGroupsWorld, type Person, person } from "../../support/groups-world";

const people = ["hasty", "early", "plain", "locked-out", "patient"].map((name) => person(name));
const [hasty, early, plain, lockedOut, patient] = people as [Person, Person, Person, Person, Person];

const { "token-failed": failed, "token-errors": errors } = tokenAlarms("cognito_migration_token_sandbox");

let groups: GroupsWorld;
beforeAll(async () => {
  groups = await openGroupsWorld({ editors: people }, people);
});
afterAll(() => groups.world.close());

test("the quota is used up: the groups are in the tokens, and membership is left to the command groups", async () => {
  groups.world.faults.fail("AdminAddUserToGroup", { type: "TooManyRequestsException" });
  const calls = groups.world.faults.calls("AdminAddUserToGroup");
  const tokens = await groups.signIn(hasty);
  expect(groupsInBoth(tokens)).toEqual(["editors"]);
  expect(groups.lastLine()).toMatchObject({ memberships_left: 1, error_name: "TooManyRequestsException" });
  // And administrators have the quota to themselves for a while.
  expect(groupsInBoth(await groups.refresh(tokens))).toEqual(["editors"]);
  expect(groups.world.faults.calls("AdminAddUserToGroup")).toBe(calls + 1);
  expect(await groups.groupsOf(hasty)).toEqual([]);
});

test("the bus takes nothing: the sign-in succeeds, and the next environment sends the event", async () => {
  groups.world.faults.fail("PutEvents", { type: "InternalException", status: 500 });
  const tokens = await groups.signIn(early);
  expect([groupsInBoth(tokens), groups.eventsOf(tokens)]).toEqual([["editors"], []]);
  await groups.tokenFunction.stop();
  await groups.refresh(tokens);
  expect(groups.eventsOf(tokens)).toHaveLength(1);
});

test("the function cannot read its settings: sign-ins are as Cognito does them, and an alarm fires", async () => {
  await withCode(
    (text) => `delete process.env.STAMP_KEY;\n${text}`,
    async () => {
      const tokens = await groups.signIn(plain);
      expect([groupsInBoth(tokens), await groups.groupsOf(plain)]).toEqual([[], []]);
      expect(tokens.id).toMatchObject({ email: plain.email });
      expect(groups.lastLine()).toMatchObject({ level: "ERROR", outcome: "token_failed" });
    },
  );
  expect(groups.world.deployed.alarms.map(({ AlarmName }) => AlarmName)).toContain(
    "cognito_migration_sandbox-token-failed",
  );
  expect([failed?.threshold, sumOf(failed)]).toEqual([1, 1]);
});

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
test("the function crashes: Cognito lets nobody in, Lambda counts an error; off the pool, everybody is let in", async () => {
  const { settings } = groups.world.destination.userPool;
  const { PreTokenGeneration, PreTokenGenerationConfig, ...migrating } = settings.LambdaConfig ?? {};
  expect(PreTokenGeneration).toBe(groups.tokenFunction.configuration.arn);
  await withCode(
    () => 'export const handler = () => { throw new Error("down"); };',
    async () => {
      await expect(groups.signIn(lockedOut)).rejects.toThrow("UserLambdaValidationException");
      expect(groups.tokenFunction.invocations.at(-1)?.failed).toBe(true);
      Object.assign(settings, { LambdaConfig: migrating });
      for (const one of [lockedOut, patient]) expect(groupsInBoth(await groups.signIn(one))).toEqual([]);
      Object.assign(settings, { LambdaConfig: { ...migrating, PreTokenGeneration, PreTokenGenerationConfig } });
    },
  );
  expect(groups.world.deployed.alarms.map(({ AlarmName }) => AlarmName)).toContain(
    "cognito_migration_sandbox-token-errors",
  );
  expect(errors).toMatchObject({
    namespace: "AWS/Lambda",
    metricName: "Errors",
    dimensions: { FunctionName: groups.tokenFunction.configuration.name },
    threshold: 1,
  });
  // Within the window nothing is lost.
  for (const one of [lockedOut, patient]) expect(groupsInBoth(await groups.signIn(one))).toEqual(["editors"]);
});

/** Runs the function with its code changed, and then as it was. */
async function withCode(change: (text: string) => string, act: () => Promise<void>): Promise<void> {
  const file = join(groups.tokenFunction.directory, "index.mjs");
  const text = readFileSync(file, "utf8");
  const start = async (code: string): Promise<void> => {
    await groups.tokenFunction.stop();
    writeFileSync(file, code);
  };
  await start(change(text));
  await act().finally(() => start(text));
}

/** As CloudWatch adds up what the function's log holds. */
function sumOf(rule: typeof failed): number {
  const { namespace: Namespace, metricName: MetricName = "", dimensions = {} } = rule ?? {};
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const { MetricDataResults } = metricData(groups.tokenFunction.log.split("\n"), {
    StartTime: Date.now() / 1000 - 3600,
    EndTime: Date.now() / 1000 + 60,
    MetricDataQueries: [
      { Id: "one", MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 86_400, Stat: "Sum" } },
    ],
  }) as { MetricDataResults: { Values: number[] }[] };
  return MetricDataResults[0]?.Values.reduce((sum, value) => sum + value, 0) ?? 0;
}
