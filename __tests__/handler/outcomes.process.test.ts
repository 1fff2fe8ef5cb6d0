import { OUTCOMES, USER_MESSAGE } from "../../rules/outcome";
import type { LambdaFunction } from "../../sandbox/aws/lambda";
import { outcomeRows } from "../outcomes/outcome-rows";
import type { OutcomeRow } from "../outcomes/row";
import { answersTo } from "../support/answers-to";
import { canariesIn } from "../support/canaries";
import { invoke, packagedFunction, signInEvent, TYPED } from "../support/packaged-function";
import { type ScriptedAws, scriptedAws } from "../support/scripted-aws";
import { SECRETS } from "../support/source-user";

const rows = outcomeRows();
const environments = [...new Set(rows.map(({ environment = {} }) => JSON.stringify(environment)))];

let aws: ScriptedAws;
/** One process for all rows of an environment, as Lambda reuses one; AssumeRole rows get one that never has credentials. */
const functions = new Map<string, LambdaFunction>();

beforeAll(async () => {
  aws = await scriptedAws();
});

afterAll(async () => {
  await Promise.all([...functions.values()].map((fn) => fn.stop()));
  await aws.close();
});

function functionFor({ from, environment = {} }: OutcomeRow): LambdaFunction {
  const key = `${from === "AssumeRole"} ${JSON.stringify(environment)}`;
  const fn = functions.get(key) ?? packagedFunction(aws.url, environment);
  functions.set(key, fn);
  return fn;
}

test.each(rows.map((row) => [row.from, row.result, row.outcome, row] as const))(
  "%s: %s is %s",
  async (_from, _result, outcome, row) => {
    const { kind, level } = OUTCOMES[outcome];
    aws.answers = answersTo(row);
    const fn = functionFor(row);
    const event = signInEvent(row.event);
    const { invocation, line, waitedMs } = await invoke(fn, event);
    const { payload, failed } = invocation;

    const hasReason = kind === "refused" || kind === "failed";
    expect([line["outcome"], line["reason"]]).toEqual([kind, hasReason ? outcome : undefined]);
    expect([line["level"], failed]).toEqual([level, kind === "failed"]);
    expect(waitedMs).toBeLessThan(5000);
    if (kind === "refused") expect(payload).toEqual(event);
    if (kind === "failed")
      expect(payload).toEqual({ errorType: "MigrationFailure", errorMessage: USER_MESSAGE, trace: [""] });
    if (!hasReason) {
      const { response } = payload as { response: Record<string, unknown> };
      expect(response["finalUserStatus"]).toBe(kind === "migrated" ? "CONFIRMED" : null);
      expect(response["enableSMSMFA"]).toBe(row.environment?.["MFA_POLICY"] === "sms" ? true : null);
      const { AdminGetUser: profile } = row.answers ?? {};
      const { email = TYPED.userName } = (profile?.kind === "user" && profile.attributes) || {};
      expect(response["userAttributes"]).toMatchObject({ email, email_verified: "true" });
    }
  },
);

test("every outcome has a row", () => {
  expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(Object.keys(OUTCOMES)));
});

test("nothing of a user, and no secret, stands in anything that the functions wrote", () => {
  expect(functions.size).toBeGreaterThan(environments.length);
  const written = [...functions.values()].map(({ log }) => log).join("");
  expect(written.split("\n").length).toBeGreaterThan(rows.length);
  expect(canariesIn(written, SECRETS)).toEqual([]);
});
