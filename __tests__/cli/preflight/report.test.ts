import { failed, passed, type Result, skipped, warning } from "../../../cli/preflight/check";
import { CHECKS } from "../../../cli/preflight/checks";
import { countsOf, isReady, jsonDocument, report } from "../../../cli/preflight/report";

const result = (id: string, finding: Result["finding"]): Result => {
  const check = CHECKS.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return { check, finding };
};
const RESULTS = [
  result("source-reachable", passed("Account 1.")),
  result("client-flows", failed("The trigger never fires.", "Add a flow.")),
  result("source-mfa", warning("MFA is ON.", "Decide.")),
  result("alarms", skipped("AccessDenied.", "Allow it.")),
];
const side = { userPoolId: "p", region: "r", account: "1" };

test("one line for each check under its theme, what to do below, counts at the end", () => {
  expect(report(RESULTS, { columns: 100, hasColour: false })).toBe(`Access
  passed   source-reachable  Account 1.

App clients
  failed   client-flows      The trigger never fires.
                             -> Add a flow.

Second factors and passwords
  warning  source-mfa        MFA is ON.
                             -> Decide.

Quotas and alarms
  skipped  alarms            AccessDenied.
                             -> Allow it.

1 passed, 1 warning, 1 failed, 1 skipped`);
});

test("colours are there only when asked for", () => {
  const ESC = String.fromCharCode(27);
  expect(report(RESULTS, { columns: 100, hasColour: true })).toContain(`${ESC}[31mfailed`);
  expect(report(RESULTS, { columns: 100, hasColour: false })).not.toContain(ESC);
});

test.each([
  [RESULTS, false, false],
  [RESULTS.filter(({ finding }) => finding.state !== "failed"), false, true],
  [RESULTS.filter(({ finding }) => finding.state !== "failed"), true, false],
  [RESULTS.filter(({ finding }) => ["passed", "skipped"].includes(finding.state)), true, true],
])("ready or not (case %#)", (results, strict, ready) => {
  expect(isReady(countsOf(results), strict)).toBe(ready);
  expect(jsonDocument(results, { source: side, destination: side }, strict)).toMatchObject({ ready });
});

test("--json has what the list has, and where it comes from", () => {
  expect(jsonDocument(RESULTS.slice(1, 2), { source: side, destination: side }, false)).toEqual({
    ready: false,
    counts: { passed: 0, warning: 0, failed: 1, skipped: 0 },
    source: side,
    destination: side,
    checks: [
      {
        id: "client-flows",
        theme: "App clients",
        title: expect.any(String),
        state: "failed",
        found: "The trigger never fires.",
        remedy: "Add a flow.",
        source: expect.stringContaining("https://docs.aws.amazon.com/"),
      },
    ],
  });
});
