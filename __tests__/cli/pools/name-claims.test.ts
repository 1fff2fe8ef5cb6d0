import { NameClaims } from "../../../cli/pools/name-claims";
import type { NamedUser } from "../../../rules/names";
import type { OwnName } from "../../../rules/own-name";

const user = (sub: string): NamedUser => ({ username: sub, attributes: { sub } });
const own = (name: string, verified: boolean): OwnName => ({ name, verified, known: true });

type Claim = readonly [sub: string, verified: boolean];

/** Whose the name is, whatever the order in which the claims are told. */
function holders(...claims: readonly Claim[]): readonly string[][] {
  return [claims, [...claims].reverse()].map((order) => {
    const names = new NameClaims(0, true);
    for (const [sub, verified] of order) names.add(user(sub), [own("office", verified)]);
    return claims.filter(([sub, verified]) => names.isHeldBy(user(sub), own("office", verified))).map(([sub]) => sub);
  });
}

test.each<[string, readonly Claim[], readonly string[]]>([
  ["the only claim", [["a", false]], ["a"]],
  [
    "the only verified claim",
    [
      ["a", false],
      ["b", true],
    ],
    ["b"],
  ],
  [
    "the only verified claim among many",
    [
      ["a", false],
      ["b", true],
      ["c", false],
    ],
    ["b"],
  ],
  [
    "neither of two verified claims",
    [
      ["a", true],
      ["b", true],
    ],
    [],
  ],
  [
    "neither of two that are not",
    [
      ["a", false],
      ["b", false],
    ],
    [],
  ],
  [
    "the verified one, although two were not",
    [
      ["a", false],
      ["b", false],
      ["c", true],
    ],
    ["c"],
  ],
  [
    "none of three",
    [
      ["a", true],
      ["b", true],
      ["c", true],
    ],
    [],
  ],
])("a name belongs to %s", (_, claims, expected) => {
  for (const found of holders(...claims)) expect(found).toEqual(expected);
});

test("a user of whom one is told twice has one claim", () => {
  const names = new NameClaims(0, true);
  for (const verified of [true, true]) names.add(user("a"), [own("office", verified)]);
  expect(names.isHeldBy(user("a"), own("office", true))).toBe(true);
});

test("letters count as they do at the destination", () => {
  const [sensitive, insensitive] = [true, false].map((caseSensitive) => {
    const names = new NameClaims(0, caseSensitive);
    names.add(user("a"), [own("Office", true)]);
    names.add(user("b"), [own("office", true)]);
    return names.isHeldBy(user("a"), own("Office", true));
  });
  expect([sensitive, insensitive]).toEqual([true, false]);
});

test("says of a name when it comes to be nobody's, and says it once", () => {
  const names = new NameClaims(0, true);
  const add = (who: string, verified: boolean) => names.add(user(who), [own("office", verified), own(who, verified)]);
  expect(add("a", false)).toEqual([]);
  expect(add("b", false)).toEqual([own("office", false)]);
  expect(add("c", false)).toEqual([]);
  expect(add("a", true)).toEqual([]);
  expect(add("b", true)).toEqual([own("office", true)]);
  expect(add("c", true)).toEqual([]);
});

test("who holds a name need not be the only one who could have come by it", () => {
  const names = new NameClaims(0, true);
  names.add(user("a"), [own("office", false), own("home", true)]);
  names.add(user("b"), [own("office", true)]);
  const alone = (sub: string, name: string) => names.isAlone(user(sub), own(name, true));
  expect([names.isHeldBy(user("b"), own("office", true)), alone("b", "office")]).toEqual([true, false]);
  expect([alone("a", "home"), alone("b", "home"), alone("a", "nowhere")]).toEqual([true, false, false]);
});

test("a user whose name is verified in one place, and not in another, holds it in both", () => {
  const names = new NameClaims(0, true);
  names.add(user("a"), [own("office", false), own("office", true)]);
  for (const verified of [true, false]) expect(names.isHeldBy(user("a"), own("office", verified))).toBe(true);
});
