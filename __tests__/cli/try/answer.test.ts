import { readAnswer } from "../../../cli/try/answer";
import { commandLines } from "../../../config/command-lines";
import { TRIED } from "../../../rules/tried";

const ARN = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const CANARY = "canary-value";
const REPORT = {
  outcome: "migrated",
  dropped: { "custom:legacy": "no_place" },
  factors: [],
  droppedFactors: [],
  calls: ["AdminInitiateAuth"],
  durationMs: 12,
  coldStart: true,
};
const read = (answered: Parameters<typeof readAnswer>[0]): ReturnType<typeof readAnswer> =>
  readAnswer(answered, ARN, commandLines());
const returned = (payload: unknown) => ({ payload: JSON.stringify(payload), failed: false });

test("a report, with the attributes that Cognito would get", () => {
  const response = { userAttributes: { email: "jane@example.com" }, finalUserStatus: "CONFIRMED" };
  expect(read(returned({ response, [TRIED]: REPORT }))).toEqual({
    report: REPORT,
    attributes: response.userAttributes,
  });
});

test("nothing of a report but what a report has: an older or another function may say more", () => {
  const { report } = read(returned({ [TRIED]: { ...REPORT, user: CANARY, attributes: { a: CANARY } } }));
  expect(report).toEqual(REPORT);
});

test.each([
  ["nulls, as Cognito has them", { response: { userAttributes: null } }],
  ["no response", {}],
  ["null", { response: null }],
])("a report of somebody who would not arrive: %s", (_, more) => {
  expect(read(returned({ ...more, [TRIED]: REPORT })).attributes).toEqual({});
});

test.each([
  ["hands over", { userName: CANARY, request: { password: CANARY }, response: { userAttributes: { email: CANARY } } }],
  ["refuses", { userName: CANARY, request: { password: CANARY }, response: { userAttributes: null } }],
])("a function that does not know the mark, and %s, is told by what it hands back", (_, event) => {
  expect(() => read(returned({ ...event, [TRIED]: true }))).toThrow(
    /customers is of an older version.*counted it so\..*npx cdktf deploy destination\.$/,
  );
});

test("one that fails as at a user's sign-in is of that version, too", () => {
  const payload = JSON.stringify({ errorType: "MigrationFailure", errorMessage: CANARY, trace: [""] });
  expect(() => read({ payload, failed: true })).toThrow(/^arn:\S+ is of an older version/);
});

test.each([
  ["Sandbox.Timedout", /ran out of time \(Sandbox\.Timedout\)/],
  ["Runtime.ExitError", /crashed or .* \(Runtime\.ExitError\)/],
  ["a\u001b[31m", /\(a\\u001b\[31m\)/],
  [undefined, /crashed or ran out of time, so it is not known/],
])("one that was ended: %p", (errorType, message) => {
  const payload = JSON.stringify({ errorType, errorMessage: CANARY });
  expect(() => read({ payload, failed: true })).toThrow(message);
});

describe("what is no answer of this function is refused, and not repeated", () => {
  test.each([
    ["nothing", "", "nothing"],
    ["a page", `<html>${CANARY}</html>`, "an HTML page"],
    ["text", CANARY, "text that is no JSON"],
    ["null", "null", "JSON of another form"],
    ["a list", JSON.stringify([CANARY]), "JSON of another form"],
    [
      "another function's answer",
      JSON.stringify({ response: { userAttributes: { email: CANARY } } }),
      "JSON of another form",
    ],
    ...Object.keys(REPORT).map((name) => [
      `a report without ${name}`,
      JSON.stringify({ [TRIED]: { ...REPORT, [name]: undefined }, password: CANARY }),
      "JSON of another form",
    ]),
    [
      "a reason that nobody knows",
      JSON.stringify({ [TRIED]: { ...REPORT, dropped: { [CANARY]: CANARY } } }),
      "JSON of another form",
    ],
    [
      "an attribute that is no text",
      JSON.stringify({ [TRIED]: REPORT, response: { userAttributes: { email: [CANARY] } } }),
      "JSON of another form",
    ],
  ])("%s", (_, payload, found) => {
    let message = "";
    try {
      read({ payload, failed: false });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(`answered with ${found}, expected a report`);
    expect(message).not.toContain(CANARY);
  });
});
