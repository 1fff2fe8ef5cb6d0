import { setTimeout as wait } from "node:timers/promises";
import type { GetQueryResultsCommandOutput } from "@aws-sdk/client-cloudwatch-logs";
import type { ConfirmedPool } from "../../../cli/aws/confirmed-pool";
import { type LogQuery, queryLog } from "../../../cli/aws/log-query";
import { commandLines } from "../../../config/command-lines";

type Answer = Partial<GetQueryResultsCommandOutput>;

/** CloudWatch Logs that answers one question after the other so, the last one for ever. */
function asked(...answers: readonly (Answer | Error)[]) {
  const sent: { readonly name: string; readonly input: object }[] = [];
  const send = async (command: { readonly input: object }): Promise<object> => {
    sent.push({ name: command.constructor.name, input: command.input });
    const answer = answers[Math.min(Math.max(sent.length - 2, 0), answers.length - 1)] ?? {};
    if (answer instanceof Error) throw answer;
    return sent.length === 1 ? { queryId: "query-1" } : answer;
  };
  const place = { aws: { logs: () => ({ send }) } } as unknown as Pick<ConfirmedPool, "aws">;
  const pauses: number[] = [];
  const ask = (over: Partial<LogQuery> = {}) =>
    queryLog(place, {
      logGroup: "/a/log",
      query: "stats count(*) as lines",
      from: new Date("2026-01-05T12:00:00.900Z"),
      to: new Date("2026-01-05T13:00:00.100Z"),
      signal: new AbortController().signal,
      commands: commandLines(),
      pause: async (milliseconds) => void pauses.push(milliseconds),
      ...over,
    });
  return { ask, sent, pauses };
}

const COMPLETE: Answer = { status: "Complete", results: [[{ field: "lines", value: "7" }]] };

test("asks for whole seconds that hold the time range, and until the answer is there", async () => {
  const { ask, sent } = asked({ status: "Scheduled" }, { status: "Running", results: [] }, COMPLETE);
  expect(await ask()).toEqual([{ lines: "7" }]);
  expect(sent[0]).toEqual({
    name: "StartQueryCommand",
    input: {
      logGroupName: "/a/log",
      queryString: "stats count(*) as lines",
      startTime: 1767614400,
      endTime: 1767618001,
    },
  });
  expect(sent.slice(1)).toEqual(Array(3).fill({ name: "GetQueryResultsCommand", input: { queryId: "query-1" } }));
});

test("rows that are there while it still runs are not the answer", async () => {
  const { ask } = asked({ ...COMPLETE, status: "Running", results: [[{ field: "lines", value: "3" }]] }, COMPLETE);
  expect(await ask()).toEqual([{ lines: "7" }]);
});

test.each(["Failed", "Cancelled", "Timeout"] as const)("says that CloudWatch ended it as %s", async (status) => {
  expect(await asked({ status }).ask()).toEqual({
    because: `CloudWatch Logs ended the query over /a/log as ${status}`,
  });
});

const refusal = (name: string): Error => Object.assign(new Error("from AWS"), { name, $fault: "client" });

test("a log group that is not there has a kind of its own, and nothing else has", async () => {
  expect(await asked(refusal("ResourceNotFoundException")).ask()).toEqual({
    kind: "no_log_group",
    because: expect.stringMatching(/^there is no log group \/a\/log: .*npx cdktf deploy destination/),
  });
  expect(await asked(refusal("AccessDeniedException")).ask()).toEqual({ because: expect.any(String) });
});

test("gives up after two minutes, and asks less and less often", async () => {
  const { ask, pauses } = asked({ status: "Running" });
  expect(await ask()).toEqual({ because: "CloudWatch Logs did not answer the query over /a/log within two minutes" });
  expect(pauses.slice(0, 5)).toEqual([250, 500, 1000, 2000, 2000]);
  const seconds = pauses.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1000;
  expect([seconds > 110, seconds <= 120]).toEqual([true, true]);
});

test("ends at once when it is told to", async () => {
  const stop = new AbortController();
  const { ask, sent } = asked({ status: "Running" });
  const answer = ask({ signal: stop.signal, pause: (ms, signal) => wait(ms, undefined, { signal }) });
  stop.abort();
  await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  expect(sent).toHaveLength(1);
});
