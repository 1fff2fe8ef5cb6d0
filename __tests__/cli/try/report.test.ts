import { type Result, resultsDocument, resultsReport, resultsText, resultText } from "../../../cli/try/report";
import { commandLines } from "../../../config/command-lines";
import { OUTCOMES, type OutcomeName, USER_GETS } from "../../../rules/outcome";

const result = (outcome: string, over: Partial<Result["report"]> = {}, attributes = {}): Result => ({
  user: "jane@example.com",
  attributes,
  lacking: [],
  report: {
    outcome,
    dropped: {},
    factors: [],
    droppedFactors: [],
    calls: ["AdminInitiateAuth"],
    durationMs: 12,
    coldStart: false,
    ...over,
  },
});

test.each(Object.keys(OUTCOMES) as OutcomeName[])("%s is told with what it means, for both", (outcome) => {
  const { means, kind } = OUTCOMES[outcome];
  const text = resultText(result(outcome), false);
  expect(text).toContain(`${outcome}: ${means}`);
  expect(text).toContain(USER_GETS[kind]);
});

test.each(["a_newer_one", "constructor", "__proto__"])("an outcome that only a newer function has (%s)", (outcome) => {
  expect(resultText(result(outcome), false)).toMatch(/^Outcome +\S+: an outcome that this program does not know/);
  expect(resultsDocument("arn", [result(outcome)], false)).toMatchObject({ tried: [{ outcome, kind: null }] });
});

test("second factors, the exception behind a failure, and what stays behind with the reason, in order", () => {
  const more = { factors: ["EMAIL_OTP", "SMS_MFA"], droppedFactors: ["SMS_MFA"], calls: [], coldStart: true };
  const dropped = { "custom:z": "unfit", address: "no_place" } as const;
  expect(resultText(result("throttled", { ...more, dropped, errorName: "TooManyRequestsException" }), false)).toBe(
    [
      "Outcome            throttled: the source account's request rate quota is used up (TooManyRequestsException)",
      "The user would be  asked to try again later",
      "Would arrive       nothing",
      "Would stay behind  address: the destination's schema has no such attribute",
      "                   custom:z: the destination's schema does not take the value: its length, range or type",
      "Second factors     EMAIL_OTP, SMS_MFA, of which SMS_MFA would stay behind",
      "Took               12 ms, cold; nothing was sent",
    ].join("\n"),
  );
});

test("values are in nothing unless they are asked for, and steer no terminal then", () => {
  const one = result("migrated", {}, { nickname: "a\u001b[2Jvalue\nOutcome", email: "jane@example.org" });
  const all = (showValues: boolean): string[] => [
    resultText(one, showValues),
    resultsText([one, one], showValues),
    JSON.stringify(resultsDocument("arn", [one], showValues)),
  ];
  for (const text of all(false)) {
    expect(text).not.toMatch(/value|example\.org/);
    expect(text).toMatch(/migrated/);
  }
  for (const text of all(true)) expect(text).toContain("jane@example.org");
  expect(resultText(one, true)).toContain("nickname=a\\u001b[2Jvalue\\u000aOutcome");
});

test("that the destination was not looked at is said once, in what people read", () => {
  const handedOver = result("migrated", {}, { email: "jane@example.org" });
  for (const results of [[handedOver], [handedOver, result("mfa")], []])
    for (const isTable of [true, false])
      for (const showValues of [true, false])
        expect(
          resultsReport(results, isTable, showValues, commandLines()).match(
            /^The destination was not looked at: .* explain --user says\.$/gm,
          ),
        ).toHaveLength(1);
});

test.each([["given_name"], ["given_name and birthdate"]])("says of who lacks %s what AWS leaves open", (names) => {
  const one = { ...result("migrated", {}, { email: "jane@example.org" }), lacking: names.split(" and ") };
  const open = `whether Cognito makes the user: the destination requires ${names}, and nothing arrives there.`;
  expect(resultText(one, false)).toContain(`\nNot known          ${open}`);
  expect(resultText(result("migrated", {}, { email: "jane@example.org" }), false)).not.toContain("Not known");
  expect(resultsText([one, result("mfa")], false)).toContain(`\n\nNot known of jane@example.com: ${open}`);
  expect(resultsDocument("arn", [one], false)).toMatchObject({ tried: [{ lacking: names.split(" and ") }] });
});

test("of who would not come, nothing is said to stay behind, but for what the function names", () => {
  const behind = (one: Result): string => /^Would stay behind +(.*)$/m.exec(resultText(one, false))?.[1] ?? "";
  expect(behind(result("mfa"))).toBe("-");
  expect(behind(result("migrated", {}, { email: "jane@example.org" }))).toBe(
    "nothing (beside what ATTRIBUTE_EXCLUDE names)",
  );
  expect(behind(result("required_unfit", { dropped: { email: "unfit" } }))).toMatch(/^email: /);
});
