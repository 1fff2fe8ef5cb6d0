import { decideAll, type Given } from "../../../cli/preflight/check";
import { CHECKS } from "../../../cli/preflight/checks";
import type { FactValues } from "../../../cli/preflight/facts";
import { givenWith, known, settingsOf } from "../../support/preflight";
import { decide, facts, given, ofFunction, stateOf, withVariable } from "../../support/preflight-findings";
import { leaning } from "../../support/stands-alone";

test("in two good accounts everything passes", () => {
  expect(decide({}, {}).map(({ check, finding }) => [check.id, finding.state])).toEqual(
    CHECKS.filter(({ occasion }) => occasion === undefined).map(({ id }) => [id, "passed"]),
  );
});

test("what was found is understood without the title, and the title without that", () => {
  const withoutUsers = decide({}, { scan: undefined, expectSignInsPerSecond: undefined });
  const nothingThere = decide({ function: undefined, sourceRole: undefined, functionRole: undefined }, {});
  const found = [...decide({}, {}), ...withoutUsers, ...nothingThere].map(({ finding }) => finding.found);
  expect([...found, ...CHECKS.map(({ title }) => title)].flatMap(leaning)).toEqual([]);
});

test.each([
  "It is OFF.",
  "90 days.",
  "None runs.",
  "The same, or text.",
  "Both say email.",
  "They notify nobody.",
  "It does.",
  "As the settings say.",
])("a line such as %j is found to lean on another", (line) => {
  expect(leaning(line)).not.toEqual([]);
});

test("a fact that is missing skips the checks that need it, with its reason, and no other", () => {
  const reason = { known: false, reason: "AccessDeniedException", remedy: "Ask for lambda:GetPolicy." } as const;
  const results = decideAll(CHECKS, { ...known(facts), invokePolicy: reason }, givenWith());
  expect(results.filter(({ finding }) => finding.state !== "passed")).toEqual([
    {
      check: expect.objectContaining({ id: "function-invoke-policy" }),
      finding: { state: "skipped", found: reason.reason, remedy: reason.remedy },
    },
  ]);
});

const FOLDING = {
  destination: { ...facts.destination, UsernameConfiguration: { CaseSensitive: false } },
  ...withVariable({ DESTINATION_CASE_SENSITIVE: "false" }),
};

test.each<[string, Partial<FactValues>, Partial<Given>, string]>([
  ["users that were not read", FOLDING, given({ DESTINATION_CASE_SENSITIVE: "false" }), "case-collisions"],
  ["a rate that was not given", {}, { expectSignInsPerSecond: undefined }, "expected-sign-ins"],
  ["a function that is not there", { function: undefined }, {}, "function-configuration"],
  ["code that AWS does not tell", ofFunction({ CodeSha256: undefined }), {}, "function-code"],
  ["code of a function that is not there", { function: undefined }, {}, "function-code"],
  ["a role that is not there", { sourceRole: undefined }, {}, "source-role-permissions"],
])("%s is no pass", (_, changed, more, id) => {
  expect(stateOf(decide(changed, more), id)).toBe("skipped");
});

test("a function that is not there is found once", () => {
  const found = decide({ function: undefined }, {}).filter(({ finding }) => finding.state === "failed");
  expect(found.map(({ check }) => check.id)).toEqual(["function-state"]);
});

test("in one account and Region a sign-in is two requests", () => {
  const reach = { ...givenWith().reach, source: givenWith().reach.destination };
  const settings = settingsOf({ SOURCE_USER_POOL_ID: "eu-central-1_Source001", SOURCE_ACCOUNT: "222222222222" });
  const results = decideAll(CHECKS, known(facts), givenWith({ reach, settings, expectSignInsPerSecond: 61 }));
  expect(results.find(({ check }) => check.id === "expected-sign-ins")?.finding).toMatchObject({
    state: "failed",
    found: "61 sign-ins per second are 122 requests of the source's 120.",
  });
});

test("the list is sound: unique ids, AWS's own pages, theme by theme", () => {
  const ids = CHECKS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, source } of CHECKS) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|repost\.aws)\//);
  }
  const themes = CHECKS.map(({ theme }) => theme);
  const changes = themes.filter((theme, at) => theme !== themes[at - 1]);
  expect(new Set(changes).size).toBe(changes.length);
});
