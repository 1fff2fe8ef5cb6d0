import type { Population } from "../../../../sandbox/aws/user-pool/user-store";
import { list, named, PLAIN, seedUser, userPool } from "../../../support/user-pool";

const nameOf = (index: number): string => `user-${String(index).padStart(7, "0")}`;

/** A million, or fewer. */
const population = (count: number): Population => ({
  count,
  at: (index) =>
    named(nameOf(index), { attributes: { sub: `sub-${nameOf(index)}`, email: `${nameOf(index)}@example.com` } }),
  indexOf: (name) => {
    const index = Number(/^(?:sub-)?user-(\d{7})(?:@example\.com)?$/.exec(name)?.[1] ?? Number.NaN);
    return index < count ? index : undefined;
  },
});

type Call = ReturnType<typeof userPool>["call"];

async function all(call: Call, more: object = {}): Promise<{ names: string[]; pages: number[] }> {
  const names: string[] = [];
  const pages: number[] = [];
  let PaginationToken: string | undefined;
  do {
    const page = await call("ListUsers", { ...more, PaginationToken });
    names.push(...page.Users.map(({ Username }) => Username));
    pages.push(page.Users.length);
    PaginationToken = page.PaginationToken;
  } while (PaginationToken !== undefined);
  return { names, pages };
}

const plain = (...names: string[]) => userPool({ ...PLAIN, users: names.map((name) => named(name)) });

test("pages hold 60 users at most, and every user comes once", async () => {
  const { pool, call } = userPool(PLAIN);
  pool.users.populate(population(130));
  const { names, pages } = await all(call);
  expect(pages).toEqual([60, 60, 10]);
  expect(new Set(names).size).toBe(130);
});

test.each([61, -1, 1.5])("a page of %p is refused", async (Limit) => {
  expect(await plain("a").refusal("ListUsers", { Limit })).toContain("InvalidParameterException");
});

test("Limit 0 is a full page", async () => {
  const { pool, call } = userPool(PLAIN);
  pool.users.populate(population(100));
  expect((await call("ListUsers", { Limit: 0 })).Users).toHaveLength(60);
});

test("a token of another filter, or an invented one, is refused", async () => {
  const { call, refusal } = plain("a", "b");
  const { PaginationToken } = await call("ListUsers", { Limit: 1 });
  expect(await refusal("ListUsers", { PaginationToken, Filter: 'username = "a"' })).toContain("pagination token");
  expect(await refusal("ListUsers", { PaginationToken: "x" })).toContain("pagination token");
});

test("users who are deleted between two pages do not shift the others", async () => {
  const { call } = plain("a", "b", "c", "d");
  const { PaginationToken } = await call("ListUsers", { Limit: 2 });
  await call("AdminDeleteUser", { Username: "a" });
  const rest = await call("ListUsers", { PaginationToken });
  expect(rest.Users.map(({ Username }) => Username)).toEqual(["c", "d"]);
});

describe("filters", () => {
  const subject = () =>
    userPool({
      ...PLAIN,
      users: [
        named("anna", { attributes: { email: "anna@example.com", given_name: "Anna", phone_number: "+15550001" } }),
        named("Annette", { attributes: { email: "Annette@example.com", family_name: "Bell" }, enabled: false }),
        named("bob", { attributes: { email: "bob@example.com", "custom:tier": "gold" }, status: "RESET_REQUIRED" }),
      ],
    });

  test.each([
    ['username = "anna"', ["anna"]],
    ['username ^= "ann"', ["anna", "annette"]],
    ['email = "annette@example.com"', ["annette"]],
    ['email ^= "ANN"', ["anna", "annette"]],
    ['phone_number ^= "+1555"', ["anna"]],
    ['given_name = "Anna"', ["anna"]],
    ['given_name = "anna"', []],
    ['family_name="Bell"', ["annette"]],
    ['sub = "sub-bob"', ["bob"]],
    ['cognito:user_status = "RESET_REQUIRED"', ["bob"]],
    ['status = "Disabled"', ["annette"]],
    ['status = "Enabled"', ["anna", "bob"]],
    ["", ["anna", "annette", "bob"]],
  ])("%s", async (Filter, expected) => {
    expect((await all(subject().call, { Filter })).names).toEqual(expected);
  });

  test.each([
    'custom:tier = "gold"',
    'locale = "en"',
    'username > "a"',
    "username = a",
    'username = "a" and status = "Enabled"',
  ])("%s is refused", async (Filter) => {
    expect(await subject().refusal("ListUsers", { Filter })).toContain("InvalidParameterException");
  });

  test("in a case-sensitive pool names are taken as they are", async () => {
    const { call } = userPool({ ...PLAIN, caseSensitive: true, users: [named("Anna"), named("anna")] });
    expect((await all(call, { Filter: 'username = "Anna"' })).names).toEqual(["Anna"]);
  });

  test("in a pool with e-mail addresses for usernames the username is the sub", async () => {
    const { call } = userPool({ users: [seedUser("a")] });
    expect((await all(call, { Filter: 'username = "a@example.com"' })).names).toEqual([]);
    expect((await all(call, { Filter: 'email = "a@example.com"' })).names).toHaveLength(1);
  });
});

test("AttributesToGet gives these attributes only, and fails for a user without one", async () => {
  const { call, refusal } = userPool({ users: [seedUser("a", { attributes: { name: "A" } }), seedUser("b")] });
  const { Users } = await call("ListUsers", { AttributesToGet: ["email"] });
  expect(Users[0]?.Attributes).toEqual(list({ email: "a@example.com" }));
  expect(await refusal("ListUsers", { AttributesToGet: ["name"] })).toContain("InvalidParameterException");
});

test("a new user comes into sight some calls later, and can be read at once", async () => {
  const { pool, call } = plain("a");
  pool.users.listLag = 2;
  await call("AdminCreateUser", { Username: "new" });
  const seen = [];
  for (let index = 0; index < 3; index += 1) seen.push((await all(call, { Filter: 'username = "new"' })).names.length);
  expect(seen).toEqual([0, 0, 1]);
  expect((await call("AdminGetUser", { Username: "new" })).Username).toBe("new");
});

test("a page may be empty and not the last", async () => {
  const { pool, call } = plain("a", "b", "c");
  pool.users.emptyPageEvery = 2;
  const { names, pages } = await all(call, { Limit: 1 });
  expect(names).toEqual(["a", "b", "c"]);
  expect(pages).toEqual([1, 0, 1, 0, 1]);
});

describe("a population", () => {
  test("of a million is counted and found without being made", async () => {
    const { pool, call } = userPool({ ...PLAIN, aliasAttributes: ["email"] });
    let made = 0;
    const { at, ...rest } = population(1_000_000);
    const counted = (index: number) => {
      made += 1;
      return at(index);
    };
    pool.users.populate({ ...rest, at: counted });
    expect((await call("DescribeUserPool")).UserPool.EstimatedNumberOfUsers).toBe(1_000_000);
    expect((await call("AdminGetUser", { Username: "user-0999999" })).Username).toBe("user-0999999");
    expect((await all(call, { Filter: 'sub = "sub-user-0500000"' })).names).toEqual(["user-0500000"]);
    expect(made).toBeLessThan(5);
  });

  test("is listed whole from the first to the last", async () => {
    const { pool } = userPool(PLAIN);
    pool.users.populate(population(100_000));
    let count = 0;
    let last = "";
    for (const [{ username }] of pool.users.visibleFrom(0)) {
      count += 1;
      last = username;
    }
    expect([count, last]).toEqual([100_000, "user-0099999"]);
  });

  test("takes changes and deletions of its users, in their places", async () => {
    const { pool, call, refusal } = userPool(PLAIN);
    pool.users.populate(population(4));
    await call("AdminDisableUser", { Username: nameOf(1) });
    await call("AdminDeleteUser", { Username: nameOf(2) });
    await call("AdminCreateUser", { Username: "later" });
    expect((await all(call)).names).toEqual([nameOf(0), nameOf(1), nameOf(3), "later"]);
    expect((await all(call, { Filter: 'status = "Disabled"' })).names).toEqual([nameOf(1)]);
    expect(await refusal("AdminGetUser", { Username: nameOf(2) })).toContain("UserNotFoundException");
    expect(pool.users.size).toBe(4);
    await call("AdminCreateUser", { Username: nameOf(2) });
    expect((await all(call)).names).toEqual([nameOf(0), nameOf(1), nameOf(3), "later", nameOf(2)]);
  });
});
