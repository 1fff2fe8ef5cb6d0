import { consequencesOf, renderCounts } from "../../../cli/import/report";
import type { Counts } from "../../../cli/import/run-state";

const counts = (over: Partial<Counts> = {}): Counts => ({
  source: 10,
  destination: 0,
  alreadyThere: 0,
  toImport: 5,
  renamed: 0,
  leftOut: {},
  dropped: {},
  ...over,
});

const said = (over: Partial<Counts>): string =>
  consequencesOf(counts(over), { losesMfa: false, dropMfa: false }).join("\n");

test("says how many will have to be told of another name", () => {
  expect(said({ renamed: 1_200 })).toContain(
    "1,200 users will sign in with none of the names that they have now, but with the address or number that is proven to be theirs: tell them.",
  );
  expect(said({ renamed: 0 })).not.toContain("tell them");
  expect(said({ renamed: 3, toImport: 0 })).toBe("");
});

test("says what imported users may hear instead of the truth, and what helps", () => {
  expect(said({})).toContain("Incorrect username or password.");
  expect(said({})).toContain('let the app offer "forgot password" there');
});

test.each([
  [false, false, undefined],
  [true, false, "it needs --drop-mfa"],
  [true, true, "as --drop-mfa says"],
])("second factors that get lost (%s), --drop-mfa (%s)", (losesMfa, dropMfa, words) => {
  const [line] = consequencesOf(counts(), { losesMfa, dropMfa }).filter((one) => one.includes("second factor"));
  expect(line?.match(/it needs --drop-mfa|as --drop-mfa says/)?.[0]).toBe(words);
});

test("says of those who have a name in common that nobody gets it, and what helps", () => {
  const table = renderCounts(counts({ leftOut: { same_name: 2, same_alias: 4 } }), 500);
  expect(table).toMatch(/^ {2}same_name +2 .*neither gets it; leave it to one of them at the source$/m);
  expect(table).toMatch(/^ {2}same_alias +4 .*neither gets it; ATTRIBUTE_EXCLUDE with its name, and both come$/m);
});
