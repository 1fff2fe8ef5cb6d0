import { seedPerson } from "../../sandbox/accounts/sample-users";
import { type Operator, openOperator } from "../support/operator";

const WITH = seedPerson("with", { attributes: { given_name: "Jane" } });
const WITHOUT = seedPerson("without");

let operator: Operator;
beforeAll(async () => {
  operator = await openOperator({
    users: [WITH, WITHOUT],
    isAttached: true,
    destinationNaming: {
      usernameAttributes: ["email"],
      aliasAttributes: [],
      requiredAttributes: ["email", "given_name"],
    },
  });
});
afterAll(() => operator.close());

/** What a command says of one, by JSON. */
async function told(...parameters: string[]): Promise<Record<string, unknown>> {
  const { child, ended } = operator.start(...parameters, "--json");
  child.stdin?.end(`${WITHOUT.password}\n`);
  return JSON.parse((await ended).stdout);
}

test("each command says which attribute it is that somebody lacks and the destination requires, and none that it works", async () => {
  for (const [one, lacks] of [
    [WITHOUT, true],
    [WITH, false],
  ] as const) {
    const { verdict } = (await told("explain", "--user", one.email)) as { verdict: { unknowable: string[] } };
    const open = verdict.unknowable.filter((text) => /whether Cognito makes the user: .*given_name/.test(text));
    expect([one.email, open.length]).toEqual([one.email, lacks ? 1 : 0]);
  }
  expect(await told("try", "--user", WITHOUT.email)).toMatchObject({ tried: [{ lacking: ["given_name"] }] });
  const { checks } = (await told("preflight", "--scan-users")) as {
    checks: { id: string; state: string; found: string }[];
  };
  expect(checks.find(({ id }) => id === "attributes-required")).toMatchObject({
    state: "failed",
    found: expect.stringContaining("given_name (1 of 2 users lacks it)"),
  });
  expect(await told("import")).toMatchObject({ counts: { toImport: 1, leftOut: { missing_required: 1 } } });
});
