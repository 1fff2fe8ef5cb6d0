import { type SignInShare, signInHistory, signInShares, type Unreadable } from "../../../cli/simulate/sign-ins";

const readable = (result: SignInShare | Unreadable): SignInShare => {
  if ("problem" in result) throw new Error(result.problem);
  return result;
};

describe("by habits", () => {
  test("users sign in at random moments, every so many days on average", () => {
    const share = readable(signInShares("weekly=50,never=50"));
    expect(share(0)).toBe(0);
    expect(share(7)).toBeCloseTo(0.5 * (1 - Math.exp(-1)), 10);
    expect(share(10_000)).toBeCloseTo(0.5, 10);
  });

  test("every interval counts for itself", () => {
    const share = readable(signInShares("daily=10, weekly=20, monthly=30, quarterly=20, yearly=10, never=10"));
    const expected =
      0.1 * (1 - Math.exp(-30)) +
      0.2 * (1 - Math.exp(-30 / 7)) +
      0.3 * (1 - Math.exp(-30 / 30.4375)) +
      0.2 * (1 - Math.exp(-30 / 91.3125)) +
      0.1 * (1 - Math.exp(-30 / 365.25));
    expect(share(30)).toBeCloseTo(expected, 10);
  });

  test.each([
    ["daily=50", /make 50; expected 100/],
    ["hourly=100", /"hourly=100"; expected daily, weekly/],
    ["daily=50,daily=50", /one interval twice/],
    ["daily=-100", /"daily=-100"/],
    ["daily", /"daily="/],
  ])("refuses %s", (text, problem) => {
    expect(signInShares(text)).toEqual({ problem: expect.stringMatching(problem) });
  });
});

describe("by history", () => {
  test("the past is the forecast, users without a last sign-in never come, and between rows the rest is spread evenly", () => {
    const share = readable(signInHistory("days_since_last_sign_in,users\n0,100\n9,300\n99,100\n,500\n"));
    expect([0, 1, 5.5, 10, 55, 100, 1000].map(share)).toEqual([0, 0.1, 0.25, 0.4, 0.45, 0.5, 0.5]);
  });

  test("rows may come in any order and twice, columns in any", () => {
    const share = readable(signInHistory("users,days_since_last_sign_in\n10,9\n50,0\n40,9\n"));
    expect([1, 10].map(share)).toEqual([0.5, 1]);
  });

  test.each([
    ["", /no users/],
    ["day,user\n1,2\n", /no columns days_since_last_sign_in and users/],
    ["days_since_last_sign_in,users\nsoon,2\n", /line 2: "soon,2"/],
    ["days_since_last_sign_in,users\n1,2\n3,many\n", /line 3: "3,many"/],
    ["days_since_last_sign_in,users\n1\n", /Invalid Record Length/],
  ])("refuses %j", (csv, problem) => {
    expect(signInHistory(csv)).toEqual({ problem: expect.stringMatching(problem) });
  });
});
