import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decidedOf, type Found } from "../../../dev/docs/sign-in-names/decided";
import { withSignInNames } from "../../../dev/docs/sign-in-names/page";
import { EVERY_LETTERS, namingOf, type Pair, pairsWith } from "../../../dev/docs/sign-in-names/pool-pairs";
import { listIn, preflightSays } from "../../../dev/docs/sign-in-names/preflight-says";
import { folded } from "../../../sandbox/aws/user-pool/user-names";

const PAGE = join(__dirname, "../../../docs/sign-in-names.md");

const inWords = (tells: boolean): string => (tells ? "tells case" : "does not");

/** Every pair of kinds of pools, with all that is known of it. */
const PAIRS = EVERY_LETTERS.flatMap((letters) =>
  pairsWith(letters).map((pair) => ({
    title: `${pair.source.title} (${inWords(letters.source)}) to ${pair.destination.title} (${inWords(letters.destination)})`,
    pair,
    found: decidedOf(pair),
  })),
);

const worksFor = ({ names }: Found): readonly string[] =>
  names.flatMap(({ kind, username }) => (username === undefined ? [] : [kind]));

const isSameCase = ({ letters }: Pair): boolean => letters.destination || !letters.source;

/** `email (once verified)` and the like: kind, and whether anything is said about it. */
function kindsIn(list: string): { kind: string; isConditional: boolean }[] {
  return [...list.matchAll(/\b(username|email|phone_number|preferred_username)\b( \([^)]*\))?/g)].map(
    ([, kind = "", condition]) => ({ kind, isConditional: condition !== undefined }),
  );
}

describe.each(PAIRS)("$title", ({ pair, found }) => {
  const [before, after] = [preflightSays(pair, false), preflightSays(pair, true)];
  const coming = found.filter((one) => worksFor(one).length > 0);

  test("preflight fails exactly where nobody can come, with and without a look at the users", () => {
    for (const { signInNames } of [before, after]) expect(signInNames.state === "failed").toBe(coming.length === 0);
  });

  test("what is said to stop works for nobody, what is said to work for somebody, and without a condition for all", () => {
    const stopping = kindsIn(listIn(before.signInNames.found, "Names that stop working"));
    const working = kindsIn(listIn(before.signInNames.found, "Names that work from now on"));
    for (const { kind } of stopping) expect(found.flatMap(worksFor)).not.toContain(kind);
    for (const { kind, isConditional } of working) {
      const having = found.flatMap(({ names }) => names.filter((one) => one.kind === kind));
      const lost = having.filter(({ username }) => username === undefined);
      if (having.length > 0 && kind !== "username") expect(lost.length).toBeLessThan(having.length);
      if (!isConditional && isSameCase(pair)) expect(lost).toEqual([]);
    }
    const kinds = found.flatMap(({ names }) => names.map(({ kind }) => kind));
    const listed = [...stopping, ...working].map(({ kind }) => kind);
    expect([...new Set(kinds)].filter((kind) => !listed.includes(kind))).toEqual([]);
  });

  test("without a warning every name of everybody works", () => {
    const isQuiet = before.signInNames.state === "passed" && before.letterCase.state === "passed";
    const lost = found.flatMap(({ names }) => names.filter((one) => one.username === undefined || !one.stays));
    if (isQuiet) expect(lost).toEqual([]);
    if (after.signInNames.state === "passed") expect(lost).toEqual([]);
    if (lost.length === 0) expect(after.signInNames.state).toBe("passed");
  });

  test("--scan-users counts who can come by all, some and none of their names, and what is lost", () => {
    if (coming.length === 0) return;
    const all = found.filter((one) => worksFor(one).length === one.names.length).length;
    const text = after.signInNames.found;
    if (after.signInNames.state === "passed") return expect(text).toContain(`All of ${all} users who sign in`);
    expect(text).toContain(
      `Of ${found.length} users who sign in with a password, ${all} can come by every name that works for them now, ` +
        `${coming.length - all} by some of their names, ${found.length - coming.length} by none.`,
    );
    const first = found.filter(({ names }) => names.some((one) => one.username !== undefined && !one.stays)).length;
    expect(/Lost unless it is typed first: preferred_username \((\d+) /.exec(text)?.[1] ?? "0").toBe(String(first));
    if (isSameCase(pair)) expect(countsIn(text)).toEqual(lostBy(found));
  });

  test("nobody is imported under names that nobody knows", () => {
    const destination = namingOf(pair, "destination");
    for (const { user, names, imported } of found) {
      if (imported === undefined) continue;
      const { attributes } = user;
      const verified = [
        attributes["email_verified"] === "true" ? attributes["email"] : undefined,
        attributes["phone_number_verified"] === "true" ? attributes["phone_number"] : undefined,
      ];
      const known = [...names.map(({ name }) => name), ...verified.filter((name) => name !== undefined)];
      const folding = known.map((name) => folded(destination, name));
      expect([user.label, imported.some((name) => folding.includes(name))]).toEqual([user.label, true]);
    }
  });

  test("an import makes a user under the username with which a sign-in would", () => {
    if (pair.destination.usernameAttributes.length > 0) return;
    const destination = namingOf(pair, "destination");
    for (const { user, names, imported } of found) {
      if (imported === undefined) continue;
      const usernames = names.flatMap(({ username }) => (username === undefined ? [] : folded(destination, username)));
      for (const username of usernames) expect([user.label, imported[0]]).toEqual([user.label, username]);
    }
  });
});

/** "Names lost: email (7 users), ..." */
function countsIn(text: string): Record<string, number> {
  const [, list = ""] = /Names lost: (.*?)\.(?: [A-Z]|$)/.exec(text) ?? [];
  return Object.fromEntries(
    [...list.matchAll(/(\w+) \((\d+) users?\)/g)].map(([, kind = "", count]) => [kind, Number(count)]),
  );
}

function lostBy(found: readonly Found[]): Record<string, number> {
  const lost = found.flatMap(({ names }) => names.filter(({ username }) => username === undefined));
  return Object.fromEntries(lost.map(({ kind }) => [kind, lost.filter((one) => one.kind === kind).length]));
}

test("case makes a difference only where the source alone tells it, as the page says", () => {
  const numbersOf = (source: boolean, destination: boolean) =>
    pairsWith({ source, destination }).map((pair) => decidedOf(pair).map((one) => worksFor(one)));
  const both = numbersOf(true, true);
  expect(numbersOf(false, true)).toEqual(both);
  expect(numbersOf(false, false)).toEqual(both);
  expect(numbersOf(true, false)).not.toEqual(both);
});

test("docs/sign-in-names.md says what the program decides (npm run docs)", () => {
  const page = readFileSync(PAGE, "utf8");
  expect(page).toBe(withSignInNames(page));
});
