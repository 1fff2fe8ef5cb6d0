import { startTurn, type Turn } from "../../../handler/aws/call-budget";
import { type Call, sendWithin } from "../../../handler/aws/send";

const failing = (name: string, more: object = {}): Error => Object.assign(new Error("m"), { name, ...more });
const THROTTLED = failing("TooManyRequestsException");

/** A call that fails so often, and then answers. */
function call(failures: readonly Error[], over: Partial<Call<string>> = {}) {
  const options: { readonly abortSignal: AbortSignal; readonly requestTimeout: number }[] = [];
  const left = [...failures];
  return {
    options,
    operation: "AdminGetUser",
    isRead: true,
    send: async (given: (typeof options)[number]) => {
      options.push(given);
      const error = left.shift();
      if (error) throw error;
      return "answer";
    },
    ...over,
  };
}

test("an answer ends it", async () => {
  const turn = startTurn(1000);
  const sent = call([]);
  expect(await sendWithin(turn, sent)).toBe("answer");
  expect(turn.calls).toEqual(["AdminGetUser"]);
  expect(sent.options[0]?.abortSignal).toBe(turn.signal);
});

test("every time that it is sent is noted", async () => {
  const turn = startTurn(4000);
  const started = performance.now();
  expect(await sendWithin(turn, call([THROTTLED, THROTTLED]))).toBe("answer");
  expect(turn.calls).toEqual(["AdminGetUser", "AdminGetUser", "AdminGetUser"]);
  expect(performance.now() - started).toBeGreaterThanOrEqual(440);
});

test("what cannot be sent again is thrown as it came", async () => {
  const no = failing("NotAuthorizedException");
  await expect(sendWithin(startTurn(1000), call([no]))).rejects.toBe(no);
});

test("when the time is nearly over, nothing is sent again", async () => {
  const turn = startTurn(200);
  await expect(sendWithin(turn, call([THROTTLED]))).rejects.toBe(THROTTLED);
  expect(turn.calls).toHaveLength(1);
});

test("a sign-in that could no longer be answered is not sent, and counts as no attempt", async () => {
  const turn = startTurn(200);
  const late = call([], { isRead: false });
  await expect(sendWithin(turn, late)).rejects.toMatchObject({ outcome: "deadline" });
  expect([turn.calls, late.options]).toEqual([[], []]);
});

test("a read that could no longer be answered does no harm, and may be lucky", async () => {
  expect(await sendWithin(startTurn(200), call([]))).toBe("answer");
});

test("it is the time after the credentials that counts", async () => {
  const turn = startTurn(300);
  const slow = () => new Promise((resolve) => setTimeout(resolve, 100));
  const late = call([], { isRead: false, credentials: slow });
  await expect(sendWithin(turn, late)).rejects.toMatchObject({ outcome: "deadline" });
});

test("the first read is given up early, the next has all the time there is, and a sign-in always has", async () => {
  const passing = failing("TimeoutError", { code: "ETIMEDOUT" });
  const read = call([passing]);
  await sendWithin(startTurn(4000), read);
  expect(read.options.map(({ requestTimeout }) => requestTimeout)).toEqual([1500, 0]);
  const signIn = call([THROTTLED], { isRead: false });
  await sendWithin(startTurn(4000), signIn);
  expect(signIn.options.map(({ requestTimeout }) => requestTimeout)).toEqual([0, 0]);
});

test("a sign-in that broke on an idle connection as soon as it was sent goes out once more", async () => {
  const stale = failing("Error", { code: "ECONNRESET", idleBefore: true });
  const turn = startTurn(4000);
  expect(await sendWithin(turn, call([stale], { isRead: false, operation: "AdminInitiateAuth" }))).toBe("answer");
  expect(turn.calls).toEqual(["AdminInitiateAuth", "AdminInitiateAuth"]);
});

test("a call that has no credentials of its own to renew is sent again with what there is", async () => {
  expect(await sendWithin(startTurn(4000), call([failing("ExpiredToken")]))).toBe("answer");
});

describe("credentials", () => {
  const recorder = () => {
    const asked: unknown[] = [];
    return { asked, credentials: async (options?: { readonly forceRefresh: boolean }) => asked.push(options) };
  };

  test("are there before the call is noted", async () => {
    const turn = startTurn(1000);
    const none = failing("MigrationFailure");
    const credentials = async (): Promise<never> => {
      throw none;
    };
    await expect(sendWithin(turn, call([], { credentials }))).rejects.toBe(none);
    expect(turn.calls).toEqual([]);
  });

  test("are taken anew when they have expired, and only then", async () => {
    const { asked, credentials } = recorder();
    await sendWithin(startTurn(1000), call([failing("ExpiredTokenException")], { credentials }));
    expect(asked).toEqual([undefined, { forceRefresh: true }]);
    asked.length = 0;
    await sendWithin(startTurn(1000), call([THROTTLED], { credentials }));
    expect(asked).toEqual([undefined]);
  });
});

test("a turn has as much time as it was given", async () => {
  const turn: Turn = startTurn(50);
  expect(turn.leftMs()).toBeGreaterThan(0);
  expect(turn.leftMs()).toBeLessThanOrEqual(50);
  await new Promise((resolve) => turn.signal.addEventListener("abort", resolve));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(turn.leftMs()).toBe(0);
  expect(turn.calls).toEqual([]);
});
