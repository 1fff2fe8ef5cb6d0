import { limitedCredentials } from "../../../cli/aws/limited-credentials";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const CREDENTIALS = { accessKeyId: "A", secretAccessKey: "s" };

test("whoever does not give any is given up", async () => {
  const failed = limitedCredentials(() => new Promise(() => undefined), { profile: "src" })().catch(String);
  await jest.advanceTimersByTimeAsync(90_000);
  expect(await failed).toMatch(/^NoAnswer: the credentials of profile src have not come within 90 s: their source/);
});

test("they are asked for anew each time, so that they can be renewed, and no time is kept running", async () => {
  let asked = 0;
  const credentials = limitedCredentials(
    async () => {
      asked += 1;
      return CREDENTIALS;
    },
    { profile: undefined },
  );
  expect(await credentials()).toBe(CREDENTIALS);
  await credentials();
  expect(asked).toBe(2);
  expect(jest.getTimerCount()).toBe(0);
});
