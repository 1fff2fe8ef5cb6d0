import type { PolicyDocument, PolicyStatement } from "../../../rules/policies";
import { peopleOf } from "../../../sandbox/accounts/people";
import { sampleUsers } from "../../../sandbox/accounts/sample-users";
import { documentedPermissions } from "../../support/command-page";
import { type Operator, openOperator } from "../../support/operator";

const USERS = sampleUsers();
const [JANE] = USERS;
if (JANE === undefined) throw new Error("no users");

let operator: Operator;
beforeAll(async () => {
  operator = await openOperator({ users: USERS, isAttached: true });
  await peopleOf(operator.world.destination).signIn(JANE.email, JANE.password);
});
beforeEach(() => operator.forget());
afterAll(() => operator.close());

test("says it all in plain lines, and changes nothing", async () => {
  const before = operator.world.destination.userPool.users.size;
  const { status, stdout } = await operator.run("explain", "--user", JANE.email.toUpperCase());
  expect(status).toBe(0);
  expect(stdout).toMatch(/^source {7}[0-9a-f-]{36} {2}CONFIRMED, enabled$/m);
  expect(stdout).toMatch(/^ +came from the source: has that user's sub$/m);
  expect(stdout).toMatch(/^[\d: -]{19} {2}ordinary@example\.com +migrated +handed over/m);
  expect(stdout).toMatch(/^What a sign-in would end in now\n\nThe destination knows this name/m);
  // Of the profile there are names alone.
  expect(stdout).not.toMatch(/Sample|gold|stays behind/);
  expect(operator.world.destination.userPool.users.size).toBe(before);
  expect([...new Set(operator.calls(""))].filter((action) => !/:(Get|List|Describe|Admin|Start)/.test(action))).toEqual(
    [],
  );
});

test("--since leaves out older lines", async () => {
  const { clock, destination } = operator.world;
  clock.turnBack(3);
  await peopleOf(destination).signIn("disabled@example.com", "Aa1-whatever");
  clock.turnBack(0);
  const outcomes = async (...since: string[]): Promise<string[]> => {
    const { stdout } = await operator.run("explain", "--user", "disabled@example.com", "--json", ...since);
    return JSON.parse(stdout).log.entries.map(({ outcome }: { outcome: string }) => outcome);
  };
  expect(await outcomes()).toEqual(["user_disabled"]);
  expect(await outcomes("--since", new Date().toISOString().slice(0, 10))).toEqual([]);
});

test("before the trigger is attached it says so", async () => {
  const { status, stdout } = await operator.run("detach", "--apply");
  expect([status, stdout]).toEqual([0, expect.any(String)]);
  const { stdout: text } = await operator.run("explain", "--user", "disabled@example.com");
  expect(text).toMatch(/no user migration trigger is attached/);
  expect((await operator.run("attach", "--all-clients", "--apply")).status).toBe(0);
});

test("a function whose environment is not as deployed fails, and the log cannot be read without its key", async () => {
  const environment = operator.world.function.configuration.environment as Record<string, string | undefined>;
  const { MFA_POLICY } = environment;
  environment["MFA_POLICY"] = "perhaps";
  const { status, stdout } = await operator.run("explain", "--user", "disabled@example.com", "--json");
  environment["MFA_POLICY"] = MFA_POLICY;
  expect(status).toBe(0);
  const { verdict, unread } = JSON.parse(stdout);
  expect(verdict).toMatchObject({ ending: "fails", outcome: "misconfigured" });
  expect(verdict.because).toMatch(/environment: MFA_POLICY\.$/);
  expect(unread).toEqual([expect.stringMatching(/^The function's log: the key .*MFA_POLICY/)]);
});

test.each([
  [[], /Missing required argument: user/],
  [["--user", ""], /--user: found nothing/],
  [["--user", "jane", "--since", "2999-01-01"], /--since: found "2999-01-01"/],
  [["--user", "jane", "--password", "secret"], /Unknown (argument: |option --)password/],
])("%j is wrong usage", async (parameters, message) => {
  const { status, stdout, stderr } = await operator.run("explain", ...parameters);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(message);
});

describe("the permissions in docs/cli/explain.md", () => {
  const { source, destination } = documentedPermissions("explain");
  const asGiven = (statements: readonly PolicyStatement[]) =>
    Object.fromEntries(statements.map(({ Action, Resource }) => [String(Resource), [Action].flat()]));

  test("of the destination are enough, and all of them are needed", async () => {
    operator.restrictTo(asGiven(destination.Statement));
    const from = operator.world.decisions.length;
    const { status, stdout } = await operator.run("explain", "--user", JANE.email);
    expect([status, stdout]).toEqual([0, expect.not.stringContaining("Not read")]);
    const asked = operator.world.decisions.slice(from);
    const actions = (isDestination: boolean) =>
      [
        ...new Set(
          asked
            .filter((one) => one.principal.arn.endsWith(":role/operator") === isDestination)
            .map((one) => one.action),
        ),
      ].sort();
    const granted = ({ Statement }: PolicyDocument) => Statement.flatMap(({ Action }) => Action).sort();
    expect(actions(true)).toEqual(granted(destination));
    expect(actions(false)).toEqual(granted(source));
  });

  test.each([
    ["cognito-idp:AdminGetUser", /^Second factors at the destination; .*AdminGetUser/m, /second factors: not read/],
    [
      "lambda:GetFunctionConfiguration",
      /^The function's environment; the settings here stand in for it\. /m,
      /What a sign-in would end in/,
    ],
    ["logs:StartQuery", /^The function's log: .*logs:StartQuery/m, /What a sign-in would end in/],
  ])("without %s the rest is said, and what was not read", async (missing, unread, rest) => {
    const statements = destination.Statement.map((one) => ({
      ...one,
      Action: [one.Action].flat().filter((action) => action !== missing),
    }));
    operator.restrictTo(asGiven(statements));
    const { status, stdout } = await operator.run("explain", "--user", JANE.email);
    expect(status).toBe(0);
    const [said = "", notRead = ""] = stdout.split("Not read, so nothing is said of it\n");
    expect(notRead).toMatch(unread);
    expect(said).toMatch(rest);
    expect(said).toMatch(/came from the source: has that user's sub/);
    expect(said).toMatch(/^The destination knows this name, and does not ask the function\./m);
    if (missing !== "cognito-idp:AdminGetUser") expect(said).not.toContain("What the function logged");
  });

  test("without ListUsers nothing can be said", async () => {
    operator.restrictTo(asGiven(destination.Statement.slice(1)));
    const { status, stdout, stderr } = await operator.run("explain", "--user", JANE.email);
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/AccessDeniedException/);
  });
});
