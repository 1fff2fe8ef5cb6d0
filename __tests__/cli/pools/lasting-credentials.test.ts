import { type Lasting, outlasted } from "../../../cli/pools/lasting-credentials";

const NOW = new Date("2026-01-31T00:00:00Z");
const HOUR = 3600;
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR * 1000);

const CASES: readonly [string, Lasting, number, RegExp | undefined][] = [
  ["keys of a user last", {}, 100 * HOUR, undefined],
  ["they end after the reading", { sessionToken: "t", expiration: at(2) }, HOUR, undefined],
  [
    "they end before it, and their profile renews them",
    { sessionToken: "t", expiration: at(1), $source: { CREDENTIALS_PROFILE_SSO: "r" } },
    18 * HOUR,
    /^Mine end at 2026-01-31T01:00:00\.000Z\. The reading takes about 18\.0 h: they are renewed for as long as the session behind them lasts/,
  ],
  ...["CREDENTIALS_ENV_VARS", "CREDENTIALS_PROFILE"].map((mark): [string, Lasting, number, RegExp] => [
    `they end before it, and nothing renews them: ${mark}`,
    { sessionToken: "t", expiration: at(1), $source: { [mark]: "g" } },
    18 * HOUR,
    /end at .* 18\.0 h, and nothing renews them: .* sso_session/,
  ]),
  ["temporary ones that do not say when they end, and a short reading", { sessionToken: "t" }, 600, undefined],
  [
    "temporary ones that do not say when they end, and a long reading",
    { sessionToken: "t" },
    HOUR,
    /^Mine are temporary and do not say when they end\. The reading takes about 60 min, and nothing renews them/,
  ],
];

test.each(CASES)("%s", (_, credentials, seconds, text) => {
  const found = outlasted(credentials, "Mine", seconds, NOW);
  if (text === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(text);
});
