import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decidedOf, type Found } from "../../dev/docs/sign-in-names/decided";
import { withSignInNames } from "../../dev/docs/sign-in-names/page";
import { EVERY_LETTERS, type Pair, pairsWith } from "../../dev/docs/sign-in-names/pool-pairs";
import { playedOf } from "./played";

const PAGE = join(__dirname, "../../docs/sign-in-names.md");
const inWords = (tells: boolean): string => (tells ? "tells case" : "does not");
const titleOf = ({ source, destination, letters }: Pair): string =>
  `${source.title} (${inWords(letters.source)}) to ${destination.title} (${inWords(letters.destination)})`;

const PAIRS = EVERY_LETTERS.flatMap(pairsWith).map((pair) => ({ title: titleOf(pair), pair }));
const played = new Map<string, readonly Found[]>();

/** The names with what came of each, in lines that can be compared at a glance. */
const inLines = (found: readonly Found[]): string[] =>
  found.flatMap(({ user, names, imported }) => [
    ...names.map(
      ({ kind, name, username, stays }) =>
        `${user.label}: ${kind} ${name} ${username === undefined ? "fails" : `comes as ${username}${stays ? "" : ", only first"}`}`,
    ),
    `${user.label}: ${imported === undefined ? "is not imported" : `is imported as ${[...imported].sort().join(", ")}`}`,
  ]);

test.each(PAIRS)("$title: the pools let in whom the decisions let in", async ({ title, pair }) => {
  const found = await playedOf(pair);
  played.set(title, found);
  expect(inLines(found)).toEqual(inLines(decidedOf(pair)));
});

test("docs/sign-in-names.md says what the pools say", () => {
  const page = readFileSync(PAGE, "utf8");
  expect(page).toBe(withSignInNames(page, (pair) => played.get(titleOf(pair)) ?? []));
});
