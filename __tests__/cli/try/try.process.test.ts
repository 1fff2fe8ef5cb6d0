import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TRIED } from "../../../rules/tried";
import { peopleOf } from "../../../sandbox/accounts/people";
import { sampleUsers } from "../../../sandbox/accounts/sample-users";
import { type Endpoint, json, listen, type Misbehaviour, type Response } from "../../../sandbox/aws/http";
import { canariesIn } from "../../support/canaries";
import { said } from "../../support/cli-process";
import { type Operator, openOperator } from "../../support/operator";
import type { Run } from "../../support/program";

const USERS = sampleUsers();
const PASSWORDS = USERS.map(({ password }) => password);
const [JANE] = USERS;
if (JANE === undefined) throw new Error("no users");

let operator: Operator;
beforeAll(async () => {
  operator = await openOperator({ users: USERS });
});
beforeEach(() => operator.forget());
afterAll(() => operator.close());

/** @param typed What comes through the pipe. */
function tried(typed: string, ...parameters: readonly string[]): Promise<Run> {
  const { child, ended } = operator.start("try", ...parameters);
  child.stdin?.end(typed);
  return ended;
}

function fileOf(users: readonly { readonly email: string; readonly password: string }[]): string {
  const path = join(operator.directory, "users.jsonl");
  const lines = users.map(({ email, password }) => JSON.stringify({ user: email, password }));
  writeFileSync(path, lines.join("\n"), { mode: 0o600 });
  return "users.jsonl";
}

interface Document {
  readonly tried: readonly {
    readonly user: string;
    readonly outcome: string;
    readonly wouldArrive: boolean;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
}

test("before the trigger is attached: says what is real, what would become of each, and makes nobody", async () => {
  const { status, stdout, stderr } = await tried("", "--file", fileOf(USERS));
  const { world } = operator;
  expect(stderr).toMatch(
    /^Migration sandbox, by the environment\.\ndestination +account 222222222222 .*\n\nTries 11 sign-ins, without Cognito: no user is created.*\nAt eu-west-1_Source001 it is real: .*monthly active user.*lock-out.*text message\.\nThe alarm cognito_migration_sandbox-tried fires.*\nusers\.jsonl holds passwords: delete it\.\n$/,
  );
  expect(status).toBe(1);
  const outcomes = [...stdout.matchAll(/^(\S+)@example\.com +(\S+) +(\d+) .*\d+ ms, (cold|warm)$/gm)];
  expect(outcomes.map(([, name, outcome]) => `${name} ${outcome}`)).toEqual([
    "ordinary migrated",
    "capitals migrated",
    "unverified migrated",
    "disabled user_disabled",
    "unconfirmed user_unconfirmed",
    "sms-mfa mfa",
    "app-mfa mfa",
    "federated not_authorized",
    "unreachable no_recovery_channel",
    "reset-required migrated_reset_required",
    "temporary migrated_reset_required",
  ]);
  expect(outcomes.map(([, , , , start]) => start)).toEqual(["cold", ...Array(10).fill("warm")]);
  expect(stdout).toMatch(/^ordinary.* custom:legacy /m);
  expect(stdout).toMatch(/^user_disabled +disabled at the source$/m);
  expect(canariesIn(stdout + stderr + world.function.log, PASSWORDS)).toEqual([]);
  expect(world.destination.userPool.users.size).toBe(0);
});

test("counts as nothing but tried: status does not know of it", async () => {
  await tried(JANE.password, "--user", JANE.email);
  const { stdout } = await operator.run("status", "--json");
  const { outcomes, handOvers } = JSON.parse(stdout);
  expect(outcomes).toEqual(
    expect.objectContaining({
      migrated: 0,
      resetRequired: 0,
      refused: { signIns: 0, reasons: [] },
      failed: { signIns: 0, reasons: [] },
    }),
  );
  expect(handOvers).toMatchObject({ names: 0, handOvers: 0 });
  expect(operator.world.function.log).toContain('"Tried":1');
});

test("one user: names of attributes, and values only when they are asked for", async () => {
  const { status, stdout } = await tried(`${JANE.password}\n`, "--user", JANE.email.toUpperCase());
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^Outcome +migrated: handed over with a proven password.*\nThe user would be +signed in with the old password.*\nWould arrive +custom:plan, custom:source_sub, email, email_verified, given_name, locale\nWould stay behind +custom:legacy: the destination's schema has no such attribute\nTook +\d+ ms, warm; AdminInitiateAuth, AdminGetUser\n\nThe destination was not looked at: .*\n$/,
  );
  expect(stdout).not.toContain("gold");
  const shown = await tried(JANE.password, "--user", JANE.email, "--show-values");
  expect(shown.stdout).toMatch(/^Would arrive +custom:plan=gold\n +custom:source_sub=[0-9a-f-]{36}\n/m);
});

test("a wrong password is told, and so is a forgotten one, for which nothing is typed", async () => {
  const wrong = await tried(`${JANE.password}x`, "--user", JANE.email);
  expect([wrong.status, wrong.stdout]).toEqual([1, expect.stringMatching(/^Outcome +not_authorized: wrong password/)]);
  const { status, stdout, stderr } = await tried("", "--user", JANE.email, "--forgot-password");
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^Outcome +migrated_reset_required: /)]);
  expect(stderr).toContain("No code is sent.");
});

test("what it says is what becomes of them: attached, everybody arrives as told, and nobody else", async () => {
  const { stdout } = await tried("", "--file", fileOf(USERS), "--json", "--show-values");
  const told = (JSON.parse(stdout) as Document).tried;
  expect((await operator.run("attach", "--all-clients", "--apply")).status).toBe(0);
  const { destination } = operator.world;
  const people = peopleOf(destination);
  expect(told.map(({ user }) => user)).toEqual(USERS.map(({ email }) => email.toLowerCase()));
  for (const [at, { email, password }] of USERS.entries()) {
    await people.signIn(email, password);
    const { attributes, wouldArrive } = told[at] ?? {};
    const { sub: _, ...arrived } = destination.userPool.users.find(email)?.attributes ?? {};
    expect([email, arrived]).toEqual([email, attributes]);
    expect([email, Object.keys(arrived).length > 0]).toEqual([email, wouldArrive]);
  }
  await operator.run("detach", "--apply");
});

describe("permissions", () => {
  const { arn } = { arn: "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_sandbox" };
  const POOL = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";

  test("the function is all that it takes, beside looking at the pool; nothing at the source", async () => {
    operator.restrictTo({ [POOL]: ["cognito-idp:DescribeUserPool"], [arn]: ["lambda:InvokeFunction"] });
    const from = operator.world.decisions.length;
    expect((await tried(JANE.password, "--user", JANE.email)).status).toBe(0);
    const asked = operator.world.decisions
      .slice(from)
      .filter(({ principal }) => principal.arn.endsWith(":role/operator"));
    expect(asked.map(({ action }) => action)).toEqual(["cognito-idp:DescribeUserPool", "lambda:InvokeFunction"]);
  });

  test("without it, that is said", async () => {
    operator.restrictTo({ [POOL]: ["cognito-idp:DescribeUserPool"] });
    const { status, stdout, stderr } = await tried(JANE.password, "--user", JANE.email);
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /AccessDeniedException.*\nThis takes lambda:InvokeFunction on the function\. .*removed afterwards/,
    );
  });
});

describe("another Lambda", () => {
  let lambda: Endpoint;
  let answer: (body: string) => Response | Misbehaviour;
  let calls = 0;
  beforeAll(async () => {
    lambda = await listen(async ({ body }) => {
      calls += 1;
      return answer(body);
    });
    operator.environment["AWS_ENDPOINT_URL_LAMBDA"] = lambda.url;
  });
  beforeEach(() => {
    calls = 0;
  });
  afterAll(() => lambda.close());

  const refusal = (status: number, type: string) => (): Response => {
    const { headers, body } = json(status, { message: "as Lambda says it", Type: "User" });
    return { status, body, headers: { ...headers, "x-amzn-errortype": type } };
  };

  test.each<[string, (body: string) => Response | Misbehaviour, number, RegExp]>([
    [
      "an older version of the function",
      (body) => json(200, JSON.parse(body)),
      1,
      said(
        /is of an older version.*npx cdktf deploy destination/,
        /is of an older version.*apply your .* code of the destination/,
      ),
    ],
    [
      "one that was ended",
      () => ({ ...json(200, { errorType: "Sandbox.Timedout" }), headers: { "x-amz-function-error": "Unhandled" } }),
      1,
      /crashed or ran out of time \(Sandbox\.Timedout\)/,
    ],
    ["one that is busy", refusal(429, "TooManyRequestsException"), 3, /Nothing was tried: run it again\./],
    ["one that is not there", refusal(404, "ResourceNotFoundException"), 3, /There is no such function\. Deploy/],
    ["a page in its place", () => ({ status: 200, headers: {}, body: "<html></html>" }), 3, /sent an HTML page/],
    [
      "a fault of Lambda's own",
      refusal(500, "ServiceException"),
      1,
      /has not answered Invoke: it failed \(ServiceException, HTTP 500\)/,
    ],
    ["a connection that breaks", () => (outgoing) => outgoing.socket?.resetAndDestroy(), 1, /has not answered Invoke/],
  ])("%s is one error, and the password is sent once, and never shown", async (_, as, exitCode, message) => {
    answer = as;
    const { status, stdout, stderr } = await tried(JANE.password, "--user", JANE.email);
    expect([status, stdout]).toEqual([exitCode, ""]);
    expect(stderr).toMatch(message);
    expect(calls).toBe(1);
    expect(canariesIn(stderr, PASSWORDS)).toEqual([]);
  });

  test("a list stops at it, and what has happened is told", async () => {
    answer = (body) => {
      const report = { outcome: "migrated", dropped: {}, factors: [], droppedFactors: [], calls: [] };
      const event = { ...JSON.parse(body), [TRIED]: { ...report, durationMs: 1, coldStart: false } };
      return calls > 1 ? refusal(429, "TooManyRequestsException")() : json(200, event);
    };
    const { status, stdout, stderr } = await tried("", "--file", fileOf(USERS));
    expect([status, calls]).toEqual([3, 2]);
    expect(stdout).toMatch(/^ordinary@example\.com +migrated/m);
    expect(stderr).toMatch(/users\.jsonl holds passwords: delete it\.\n.*TooManyRequestsException/);
  });
});

test.each([
  [["--user", "jane", "--file", "users.jsonl"], /Name the user to try/],
  [[], /Name the user to try/],
  [["--user", "jane", "--password", "secret"], /Unknown option --password/],
  [["--file", "nothing.jsonl"], /found nothing there/],
  [["--user", "jane"], /The password: found nothing, expected one line/],
])("%j is wrong usage", async (parameters, message) => {
  const { status, stdout, stderr } = await tried("", ...parameters);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(message);
});
