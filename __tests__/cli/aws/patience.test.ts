import type { ClientStack } from "../../../cli/aws/check-answers";
import { ANSWER_MS, TooLate } from "../../../cli/aws/limited-http";
import { NoAnswer } from "../../../cli/aws/no-answer";
import { ATTEMPTS, Patience } from "../../../cli/aws/patience";

type Outcome = Error | "answer";

const tooLate = (): Error => new TooLate(ANSWER_MS / 1000);
const noConnection = (): Error => Object.assign(new Error("no connection"), { name: "TimeoutError" });
/** As the SDK's HTTP names it. */
const broken = (): Error => Object.assign(new Error("hang up"), { name: "TimeoutError", code: "ECONNRESET" });
const refused = (): Error =>
  Object.assign(new Error("refused"), { name: "TooManyRequestsException", $fault: "client" });

const failed = (httpStatusCode: number): Error =>
  Object.assign(new Error("inside"), {
    name: "InternalErrorException",
    $fault: "server",
    $metadata: { httpStatusCode },
  });

/** Sends as the SDK does: as long as what comes is no {@link NoAnswer}. */
function sender(said: string[] = []) {
  const patience = new Patience("source", (text) => said.push(text));
  let wrap: (next: unknown, context: object) => (call: object) => Promise<unknown> = () => async () => undefined;
  const stack: ClientStack = {
    add: (middleware) => {
      wrap = middleware as typeof wrap;
    },
  };
  patience.applyTo(stack);
  return {
    patience,
    /** @returns how often it went out, and how it ended. */
    send: async (operation: string, outcomes: (attempt: number) => Outcome, host = "cognito.example.com") => {
      let sent = 0;
      const attempt = wrap(
        async () => {
          sent += 1;
          const outcome = outcomes(sent);
          if (outcome !== "answer") throw outcome;
        },
        { commandName: `${operation}Command` },
      );
      let last: unknown;
      for (let tries = 0; tries < ATTEMPTS.maxAttempts; tries += 1) {
        last = await attempt({ request: { hostname: host } }).then(
          () => "answer",
          (error: unknown) => error,
        );
        if (last === "answer" || last instanceof NoAnswer) break;
      }
      return { sent, last };
    },
  };
}

/** What this program asks AWS for, by what a second request would do; none of it is read off the code. */
const HARMLESS_TWICE = [
  "GetCallerIdentity",
  "DescribeUserPool",
  "ListUsers",
  "GetMetricData",
  "StartQuery",
  "AssumeRole",
  "AdminAddUserToGroup",
];
const DOES_SOMETHING = [
  "UpdateUserPool",
  "UpdateUserPoolClient",
  "CreateUserImportJob",
  "StartUserImportJob",
  "CreateGroup",
  "Invoke",
  "SomethingNew",
];

describe.each(HARMLESS_TWICE)("%s", (operation) => {
  test.each([
    ["no answer in time", tooLate],
    ["no connection in time", noConnection],
  ])("is asked for three times, and no more: %s", async (_, outcome) => {
    const { send, patience } = sender();
    const { sent, last } = await send(operation, outcome);
    expect(sent).toBe(3);
    expect(last).toMatchObject({ name: "NoAnswer", unknown: undefined });
    expect(String(last)).toMatch(/cognito\.example\.com has not answered \w+: no .* within \d+ s, 3 times$/);
    expect(patience.mayHaveChanged).toBe(operation === "AdminAddUserToGroup");
  });

  test("a broken connection is the SDK's to mend", async () => {
    expect(await sender().send(operation, (attempt) => (attempt < 6 ? broken() : "answer"))).toEqual({
      sent: 6,
      last: "answer",
    });
  });
});

describe.each(DOES_SOMETHING)("%s", (operation) => {
  test.each([
    ["no answer in time", tooLate],
    ["a broken connection", broken],
    ["a failure inside", () => failed(500)],
    ["a gateway that lost it", () => failed(502)],
    ["a service that is not there", () => failed(503)],
    ["a gateway that waited too long", () => failed(504)],
  ])("is not sent again when its answer is lost, and nobody says that it was not done: %s", async (_, outcome) => {
    const { send, patience } = sender();
    const { sent, last } = await send(operation, outcome);
    expect(sent).toBe(1);
    expect(last).toMatchObject({ name: "NoAnswer", unknown: operation });
    expect(patience.mayHaveChanged).toBe(true);
  });

  test("is sent again when it never went out, and when AWS says that it was too much", async () => {
    expect((await sender().send(operation, (attempt) => (attempt < 3 ? noConnection() : "answer"))).last).toBe(
      "answer",
    );
    expect((await sender().send(operation, (attempt) => (attempt < 9 ? refused() : "answer"))).last).toBe("answer");
  });
});

test("what AWS does answer is no silence, however often", async () => {
  expect((await sender().send("ListUsers", (attempt) => (attempt < 6 ? failed(503) : "answer"))).last).toBe("answer");
  expect((await sender().send("ListUsers", refused)).sent).toBe(ATTEMPTS.maxAttempts);
});

test("a host that was given up is asked once, until it answers", async () => {
  const { send } = sender();
  await send("ListUsers", tooLate);
  expect((await send("DescribeUserPool", tooLate)).sent).toBe(1);
  expect((await send("DescribeUserPool", tooLate, "lambda.example.com")).sent).toBe(3);
  await send("DescribeUserPool", () => "answer");
  expect((await send("ListUsers", tooLate)).sent).toBe(3);
});

test("a read that was lost, and the reading back of an update that was, take two minutes together", async () => {
  const { send } = sender();
  const first = await send("UpdateUserPool", tooLate);
  const second = await send("DescribeUserPool", tooLate);
  expect((first.sent + second.sent) * ANSWER_MS).toBeLessThan(120_000);
  const { sent } = await sender().send("ListUsers", tooLate);
  expect(sent * ANSWER_MS).toBeLessThan(120_000);
});

describe("while nobody answers", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** All at the same time, without an end. */
  async function saidOf(operations: readonly string[]): Promise<string[]> {
    const said: string[] = [];
    const patience = new Patience("source", (text) => said.push(text));
    patience.applyTo({
      add: (middleware: (next: unknown, context: object) => (call: object) => Promise<void>) => {
        for (const operation of operations)
          void middleware(() => new Promise(() => undefined), { commandName: `${operation}Command` })({
            request: { hostname: "h" },
          });
      },
    } as unknown as ClientStack);
    await jest.advanceTimersByTimeAsync(19_999);
    expect(said).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    return said;
  }

  test("it is said after twenty seconds who is waited for, once for each host", async () => {
    expect(await saidOf(["ListUsers", "DescribeUserPool"])).toEqual([
      "source: no answer from h to ListUsers for 20 s; it is asked again soon (1 of 3).",
    ]);
  });

  test("and that what changes something is not asked for again", async () => {
    expect((await saidOf(["UpdateUserPool"])).join()).toMatch(/; it is not asked again, because/);
  });
});
