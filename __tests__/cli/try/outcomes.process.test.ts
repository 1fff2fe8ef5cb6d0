import { OUTCOMES, type OutcomeName } from "../../../rules/outcome";
import { type Endpoint, listen } from "../../../sandbox/aws/http";
import type { LambdaFunction } from "../../../sandbox/aws/lambda";
import { lambdaService } from "../../../sandbox/aws/lambda-service";
import { outcomeRows } from "../../outcomes/outcome-rows";
import { FORGOTTEN, type OutcomeRow } from "../../outcomes/row";
import { answersTo } from "../../support/answers-to";
import { canariesIn } from "../../support/canaries";
import { type Operator, openOperator } from "../../support/operator";
import { packagedFunction, TYPED } from "../../support/packaged-function";
import { type ScriptedAws, scriptedAws } from "../../support/scripted-aws";
import { SECRETS } from "../../support/source-user";

/** What an operator can type: a name, and a password or none because it was forgotten. */
function typedIn({ event = {} }: OutcomeRow): { user: string; password: string | undefined } | undefined {
  if (event === FORGOTTEN) return { user: TYPED.userName, password: undefined };
  const { userName: user = TYPED.userName, request = TYPED, ...rest } = event as Record<string, unknown>;
  const { password } = (request ?? {}) as { password?: string };
  return Object.keys(rest).length > 0 || password === undefined ? undefined : { user: user as string, password };
}

/** One way to each outcome. */
const ROWS: readonly OutcomeRow[] = [
  ...outcomeRows(),
  // No user can bring this about, but a deployment can.
  {
    from: "the event",
    result: "another user pool",
    outcome: "unexpected_event",
    environment: { DESTINATION_USER_POOL_ID: "eu-central-1_Other0001" },
  },
];
const wayTo = (outcome: OutcomeName): OutcomeRow => {
  const row = ROWS.find((one) => one.outcome === outcome && typedIn(one) !== undefined);
  if (row === undefined) throw new Error(`nobody can try ${outcome}`);
  return row;
};

let aws: ScriptedAws;
let operator: Operator;
let lambda: Endpoint;
let fn: LambdaFunction;
beforeAll(async () => {
  aws = await scriptedAws();
  operator = await openOperator({ settings: { USER_POOL_NAME: "customers" } });
  const { world } = operator;
  lambda = await listen((request) =>
    lambdaService({
      credentials: world.credentials,
      decide: async (asked) => ({ ...asked, allowed: true }) as never,
      functions: [{ function: fn, roleArn: "", reservedConcurrency: undefined }],
      invokePolicy: async () => undefined,
    })(request),
  );
  operator.environment["AWS_ENDPOINT_URL_LAMBDA"] = lambda.url;
});
afterEach(() => fn.stop());
afterAll(async () => {
  await Promise.all([lambda.close(), aws.close(), operator.close()]);
});

test.each(Object.keys(OUTCOMES) as OutcomeName[])("%s is told in the words of docs/outcomes.md", async (outcome) => {
  const row = wayTo(outcome);
  const { kind, means } = OUTCOMES[outcome];
  const { user, password } = typedIn(row) ?? {};
  fn = packagedFunction(aws.url, row.environment ?? {});
  aws.answers = answersTo(row);
  const parameters = ["--user", user ?? "", ...(password === undefined ? ["--forgot-password"] : [])];
  const { child, ended } = operator.start("try", ...parameters);
  child.stdin?.end(password === undefined ? "" : `${password}\n`);
  const { status, stdout, stderr } = await ended;

  expect(stdout.split("\n")[0]).toMatch(new RegExp(`^Outcome +${outcome}: `));
  expect(stdout).toContain(means);
  const isHandedOver = kind === "migrated" || kind === "reset_required";
  expect(status).toBe(isHandedOver ? 0 : 1);
  expect(stdout).toMatch(isHandedOver ? /^Would arrive +.*\bemail\b/m : /^Would arrive +nothing$/m);
  expect(stdout).toMatch(/^Took +\d+ ms, cold; /m);
  // Names of attributes, and no value; not what was typed, and no secret.
  const written = canariesIn(stdout + stderr + fn.log, SECRETS);
  expect(written).toEqual([]);
  expect(canariesIn(stdout + stderr + fn.log, password === undefined ? [] : [password])).toEqual([]);
  expect(fn.log.match(/"outcome":/g)).toBeNull();
  expect(fn.log).toContain(`"tried":true,"would_be":"${outcome}"`);
});
