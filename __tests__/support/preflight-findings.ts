import { type Check, decideAll, type Given, type Result, type State } from "../../cli/preflight/check";
import { CHECKS } from "../../cli/preflight/checks";
import type { FactValues, RoleFacts } from "../../cli/preflight/facts";
import type { NameCounts, Scan } from "../../cli/preflight/scan";
import { describedSchema } from "../../sandbox/accounts/terraform-values";
import type { SchemaAttribute } from "../../sandbox/aws/user-pool/schema";
import { givenWith, goodFacts, known, settingsOf, variables } from "./preflight";
import { leaning } from "./stands-alone";

/** What is wrong, which check finds it and how, what AWS or the operator says otherwise, a part of what is said. */
export type Row = readonly [
  wrong: string,
  id: string,
  state: Exclude<State, "passed" | "skipped">,
  changed: Partial<FactValues>,
  given: Partial<Given>,
  said: RegExp,
];

export const facts: FactValues = goodFacts();

/** A source whose users were read, and nothing found. */
export const scan: Scan = { users: 100, linked: 0, attributes: new Map(), names: undefined };

/** Of a hundred users whose every name works, but for this. */
export const nameCounts = (over: Partial<NameCounts> = {}): NameCounts => ({
  users: 100,
  byEveryName: 100,
  byNoName: 0,
  losing: new Map(),
  typedFirst: 0,
  mixedCase: 0,
  collisions: 0,
  shared: new Map(),
  ...over,
});
export const range = { count: 100, shortest: 3, longest: 40, smallest: undefined, largest: undefined };

export const given = (environment: Record<string, string>): Partial<Given> => ({ settings: settingsOf(environment) });

/** A role, but for this. */
export const roleWith = (role: "sourceRole" | "functionRole", more: Partial<RoleFacts>): Partial<FactValues> => {
  const good = facts[role];
  return good === undefined ? {} : { [role]: { ...good, ...more } };
};

/** The function, but for this. */
export const ofFunction = (configuration: object): Partial<FactValues> => ({
  function: { configuration: { ...facts.function?.configuration, ...configuration }, reservedConcurrency: 10 },
});

export const withVariable = (more: object): Partial<FactValues> =>
  ofFunction({ Environment: { Variables: { ...variables(settingsOf()), ...more } } });

export const withConcurrency = (reservedConcurrency: number | undefined): Partial<FactValues> => ({
  function: { configuration: { ...facts.function?.configuration }, reservedConcurrency },
});

/** Where a pool is another than usual, the function was deployed for that one, unless the row says what the function believes. */
export function decide(changed: Partial<FactValues>, more: Partial<Given>): Result[] {
  const values = { ...facts, ...changed };
  return decideAll(CHECKS, known({ ...values, function: deployedFor(values) }), givenWith(more));
}

function deployedFor({ source, destination, function: fn }: FactValues): FactValues["function"] {
  if (fn === undefined) return undefined;
  const usual = variables(settingsOf());
  const ofPools = Object.entries({
    SOURCE_USERNAME_ATTRIBUTES: [...(source.UsernameAttributes ?? [])].sort().join(",") || "none",
    DESTINATION_USERNAME_ATTRIBUTES: [...(destination.UsernameAttributes ?? [])].sort().join(",") || "none",
    DESTINATION_SCHEMA: describedSchema((destination.SchemaAttributes ?? []) as SchemaAttribute[]),
  });
  const { Environment: { Variables: found = {} } = {}, ...configuration } = fn.configuration;
  const Variables = {
    ...found,
    ...Object.fromEntries(ofPools.filter(([name]) => name in found && found[name] === usual[name])),
  };
  return { ...fn, configuration: { ...configuration, Environment: { Variables } } };
}

export const stateOf = (results: readonly Result[], id: string): State | undefined =>
  results.find(({ check }) => check.id === id)?.finding.state;

/** Said of a migration that brings nobody over: no warning, since a pipeline would go on. */
const STOPS_EVERYBODY = /every(?:one|body) will be refused|never arrives|No name works at both|which never fires/;

/** One test for each row, and one that every check has a row. What is green is in checks.test.ts. */
export function testFindings(checks: readonly Check[], rows: readonly Row[]): void {
  test.each(rows)("%s: found by %s, %s, and by no other check", (_, id, state, changed, more, said) => {
    const results = decide(changed, more);
    expect(results.flatMap(({ finding }) => leaning(finding.found))).toEqual([]);
    const found = results.filter(({ finding }) => !["passed", "skipped"].includes(finding.state));
    expect(found.map(({ check }) => check.id)).toEqual([id]);
    const stopped = found.filter(({ finding }) => STOPS_EVERYBODY.test(finding.found));
    expect(stopped.map(({ finding }) => finding.state)).toEqual(stopped.map(() => "failed"));
    expect(found[0]?.finding).toEqual({
      state,
      found: expect.stringMatching(said),
      remedy: expect.stringMatching(/^[A-Z].*[.?/a-z]$/),
    });
  });

  test("every check has somebody who does not pass it", () => {
    const found = new Set(rows.map(([, id]) => id));
    // Those of some settings alone are in stamp-checks.test.ts.
    const always = checks.filter(({ occasion }) => occasion === undefined);
    expect(always.filter(({ id }) => !found.has(id)).map(({ id }) => id)).toEqual([]);
  });
}
