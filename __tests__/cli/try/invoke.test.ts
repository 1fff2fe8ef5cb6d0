import type { InvokeCommand } from "@aws-sdk/client-lambda";
import { invokeFunction } from "../../../cli/try/invoke";
import { commandLines } from "../../../config/command-lines";

const ARN = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";

/** @param send What Lambda does. */
const call = (
  send: (command: InvokeCommand, options: { abortSignal: AbortSignal }) => Promise<object>,
  signal = new AbortController().signal,
) => {
  const context = { signal, commands: commandLines() };
  return invokeFunction({ aws: { invoker: () => ({ send }) } } as never, ARN, { userName: "jane" }, context, 40);
};

const never = (_: InvokeCommand, { abortSignal }: { abortSignal: AbortSignal }): Promise<never> =>
  new Promise((_resolve, reject) => {
    abortSignal.addEventListener("abort", () => reject(new Error("aborted with a-password")), { once: true });
  });

test("calls the function itself, waits for its answer, and asks for none of its log", async () => {
  const inputs: unknown[] = [];
  const answer = await call(async ({ input }) => {
    inputs.push(input);
    return { Payload: Buffer.from('{"ä":1}') };
  });
  expect(answer).toEqual({ payload: '{"ä":1}', failed: false });
  expect(inputs).toEqual([
    {
      FunctionName: ARN,
      InvocationType: "RequestResponse",
      LogType: "None",
      Payload: new TextEncoder().encode('{"userName":"jane"}'),
    },
  ]);
});

test("tells a function that failed from one that answered, and nothing from something", async () => {
  expect(await call(async () => ({ Payload: Buffer.from("{}"), FunctionError: "Unhandled" }))).toMatchObject({
    failed: true,
  });
  expect(await call(async () => ({}))).toEqual({ payload: "", failed: false });
});

test("gives up in the end, and says that nobody knows what has happened", async () => {
  await expect(call(never)).rejects.toMatchObject({
    exitCode: 1,
    message: `${ARN} has not answered within 0.04 s. Whether the source was asked is not known: look at the function's log.`,
  });
});

test("Ctrl-C stops it", async () => {
  const interruption = new AbortController();
  const calling = call(never, interruption.signal);
  interruption.abort();
  await expect(calling).rejects.toMatchObject({ exitCode: 130, message: expect.stringContaining("Nobody was made") });
});

test.each([
  ["AccessDeniedException", /lambda:InvokeFunction .*removed afterwards/],
  ["TooManyRequestsException", /LAMBDA_RESERVED_CONCURRENCY.*Nothing was tried/],
  ["ResourceNotFoundException", /npx cdktf deploy destination/],
])("what Lambda refuses is said with what to do: %s", async (name, remedy) => {
  const refuse = async (): Promise<never> => {
    throw Object.assign(new Error("as Lambda says it"), { name, $fault: "client" });
  };
  await expect(call(refuse)).rejects.toMatchObject({ exitCode: 3, message: expect.stringMatching(remedy) });
  await expect(call(refuse)).rejects.toMatchObject({ message: expect.stringContaining("as Lambda says it") });
});

test("another error is left to who explains errors", async () => {
  const error = new TypeError("a bug");
  await expect(call(() => Promise.reject(error))).rejects.toBe(error);
});
