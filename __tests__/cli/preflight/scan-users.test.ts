import type { UserPoolType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { poolRules } from "../../../cli/pools/pool-rules";
import { UserCounts } from "../../../cli/preflight/scan-users";
import { STANDARD_ATTRIBUTES } from "../../../rules/attribute-names";

const SchemaAttributes = STANDARD_ATTRIBUTES.map((Name) => ({ Name }));

const user = (Username: string, attributes: Record<string, string>, more: Partial<UserType> = {}): UserType => ({
  Username,
  Enabled: true,
  UserStatus: "CONFIRMED",
  Attributes: Object.entries({ sub: `sub of ${Username}`, ...attributes }).map(([Name, Value]) => ({ Name, Value })),
  ...more,
});

/** A user of a pool that makes usernames itself. */
const nameless = (sub: string, attributes: Record<string, string>): UserType => user(sub, { sub, ...attributes });

const settings = { attributeMap: new Map<string, string>(), attributeExclude: [] };

function counting(source: UserPoolType, destination: UserPoolType, users: readonly UserType[]): UserCounts {
  const rules = poolRules(source, { SchemaAttributes, ...destination }, settings);
  const counts = new UserCounts(rules, 0);
  for (const one of users) counts.add(one);
  return counts;
}

const scanned = (source: UserPoolType, destination: UserPoolType, ...users: UserType[]) =>
  counting(source, destination, users).scan();

const namesOf = (...given: Parameters<typeof scanned>) => scanned(...given).names;

const BY_EMAIL: UserPoolType = { UsernameAttributes: ["email"] };
const INSENSITIVE: UserPoolType = { UsernameConfiguration: { CaseSensitive: false } };
const EMAIL_VERIFIED = { email: "a@x", email_verified: "true" };

describe("names that differ in case alone", () => {
  test("collide, once for each name", () => {
    const users = ["a@x", "A@x", "a@X", "b@x"].map((email, index) => nameless(`${index}`, { email }));
    expect(namesOf(BY_EMAIL, { ...BY_EMAIL, ...INSENSITIVE }, ...users)).toMatchObject({
      users: 4,
      collisions: 1,
      mixedCase: 2,
      byNoName: 2,
    });
  });

  test("do not where the destination tells them apart, or the source does not", () => {
    const users = ["a@x", "A@x"].map((email, index) => nameless(`${index}`, { email }));
    expect(namesOf(BY_EMAIL, BY_EMAIL, ...users)).toMatchObject({ collisions: 0, mixedCase: 0, byEveryName: 2 });
    const pool = { ...BY_EMAIL, ...INSENSITIVE };
    expect(namesOf(pool, pool, ...users)).toMatchObject({ collisions: 0, mixedCase: 0, byEveryName: 2 });
  });

  test("do not with one's own", () => {
    const aliases: UserPoolType = { AliasAttributes: ["preferred_username"] };
    const ann = user("Ann", { preferred_username: "ann" });
    expect(namesOf(aliases, { ...aliases, ...INSENSITIVE }, ann, ann)).toMatchObject({ collisions: 0 });
  });

  test("do as the alias of one user and the username of another", () => {
    const aliases: UserPoolType = { AliasAttributes: ["preferred_username"] };
    const two = [user("Ann", {}), user("bob", { preferred_username: "ann" })];
    expect(namesOf(aliases, { ...aliases, ...INSENSITIVE }, ...two)).toMatchObject({ collisions: 1 });
  });

  test("do not matter in what nobody signs in with at the destination", () => {
    const users = [
      nameless("1", { email: "a@x", nickname: "Ann", phone_number: "+1" }),
      nameless("2", { email: "b@x", nickname: "ann", preferred_username: "Bob" }),
    ];
    const found = namesOf(BY_EMAIL, { ...BY_EMAIL, ...INSENSITIVE }, ...users);
    expect(found).toMatchObject({ collisions: 0, mixedCase: 0 });
    const aliases: UserPoolType = { AliasAttributes: ["preferred_username"] };
    const hans = user("hans", { preferred_username: "Hansi" });
    expect(namesOf(aliases, INSENSITIVE, hans)).toMatchObject({
      mixedCase: 0,
      losing: new Map([["preferred_username", 1]]),
    });
  });
});

describe("by which of their names users can come", () => {
  const EVERY_ALIAS: UserPoolType = { AliasAttributes: ["email", "phone_number", "preferred_username"] };

  test("usernames that are addresses, to a pool of addresses", () => {
    const users = [
      user("a@x", EMAIL_VERIFIED),
      user("b@x", { email: "b@x", email_verified: "false" }),
      user("c@x", { email: "other@x", email_verified: "true" }),
      user("dora", { email: "d@x", email_verified: "true" }),
    ];
    expect(namesOf({}, BY_EMAIL, ...users)).toMatchObject({
      users: 4,
      byEveryName: 1,
      byNoName: 3,
      losing: new Map([["username", 3]]),
    });
  });

  test("some of them, and those that only the first sign-in brings along", () => {
    const hans = user("hans", { ...EMAIL_VERIFIED, preferred_username: "hansi" });
    expect(namesOf(EVERY_ALIAS, {}, hans)).toMatchObject({
      byEveryName: 0,
      byNoName: 0,
      typedFirst: 0,
      losing: new Map([
        ["email", 1],
        ["preferred_username", 1],
      ]),
    });
    expect(namesOf(EVERY_ALIAS, EVERY_ALIAS, hans)).toMatchObject({ byEveryName: 1, typedFirst: 1, losing: new Map() });
  });

  test("only of those who sign in with a password, or will", () => {
    const states: Partial<UserType>[] = [
      { UserStatus: "RESET_REQUIRED" },
      { UserStatus: "FORCE_CHANGE_PASSWORD" },
      { Enabled: false },
      { UserStatus: "UNCONFIRMED" },
      { UserStatus: "EXTERNAL_PROVIDER" },
      { UserStatus: "ARCHIVED" },
    ];
    const users = states.map((more, index) => user(`user${index}`, EMAIL_VERIFIED, more));
    expect(scanned({}, {}, ...users)).toMatchObject({ users: 6, names: { users: 2, byEveryName: 2 } });
  });

  test("of somebody without a password of the own no preferred_username", () => {
    const hans = user("hans", { preferred_username: "hansi" }, { UserStatus: "RESET_REQUIRED" });
    expect(namesOf(EVERY_ALIAS, EVERY_ALIAS, hans)).toMatchObject({ losing: new Map([["preferred_username", 1]]) });
  });
});

describe("addresses that several users have verified", () => {
  const verified = (number: string, flag = "true") => ({ phone_number: number, phone_number_verified: flag });
  const family = [
    user("ann", verified("+1")),
    user("bob", verified("+1", "True")),
    user("cid", verified("+1")),
    user("dan", verified("+2"), { Enabled: false }),
    user("eve", verified("+2")),
    user("fay", verified("+3")),
    user("gus", verified("+3", "false")),
  ];

  test("are counted where users of the destination sign in with them, each once", () => {
    const byNumber: UserPoolType = { AliasAttributes: ["phone_number"] };
    expect(namesOf({}, byNumber, ...family)?.shared).toEqual(new Map([["phone_number", 2]]));
    expect(namesOf({}, { UsernameAttributes: ["phone_number"] }, ...family)?.shared).toEqual(
      new Map([["phone_number", 2]]),
    );
    expect(namesOf({}, {}, ...family)?.shared).toEqual(new Map());
  });

  test("are no other's when ListUsers tells of a user twice", () => {
    const [ann] = family;
    if (ann === undefined) throw new Error("no user");
    expect(namesOf({}, { AliasAttributes: ["phone_number"] }, ann, ann)?.shared).toEqual(new Map());
  });
});

test.each<[string, Partial<UserType>, string | undefined, number]>([
  ["a password and a provider", {}, '[{"userId":"42","providerName":"Google"}]', 1],
  ["a password to be reset, and a provider", { UserStatus: "RESET_REQUIRED" }, '[{"userId":"42"}]', 1],
  ["a password alone", {}, undefined, 0],
  ["a password, and a link that was taken off", {}, "[]", 0],
  ["a provider alone", { UserStatus: "EXTERNAL_PROVIDER" }, '[{"userId":"42","providerName":"Google"}]', 0],
])("of a user with %s it is counted whether a provider is linked", (_, more, identities, linked) => {
  const one = user("ann", { ...EMAIL_VERIFIED, ...(identities === undefined ? {} : { identities }) }, more);
  expect(scanned({}, {}, one, user("bob", {}))).toMatchObject({ users: 2, linked });
});

test("attributes are measured in characters, and as numbers while all are", () => {
  const { attributes } = scanned(
    BY_EMAIL,
    BY_EMAIL,
    user("1", { "custom:age": "7", "custom:mixed": "7", name: "Zoë" }),
    user("2", { "custom:age": "-40", "custom:mixed": "x", name: "😀" }),
    user("3", {}),
  );
  expect(attributes.get("custom:age")).toEqual({ count: 2, shortest: 1, longest: 3, smallest: -40, largest: 7 });
  expect(attributes.get("custom:mixed")).toMatchObject({ count: 2, smallest: undefined, largest: undefined });
  expect(attributes.get("name")).toMatchObject({ shortest: 1, longest: 3 });
});

test("without a destination the attributes are counted, and no names", () => {
  const counts = new UserCounts(undefined, 0);
  counts.add(user("ann", EMAIL_VERIFIED));
  expect(counts.scan()).toMatchObject({ users: 1, names: undefined });
  expect(counts.scan().attributes.get("email")).toMatchObject({ count: 1 });
});

const secret = user("secret-Username", {
  email: "secret@Example.com",
  email_verified: "true",
  phone_number: "+1secret",
  phone_number_verified: "true",
  preferred_username: "secret-Name",
});
const EVERYTHING: [UserPoolType, UserPoolType] = [
  { AliasAttributes: ["preferred_username"] },
  { AliasAttributes: ["email", "phone_number", "preferred_username"], ...INSENSITIVE },
];

test("no name or value is kept", () => {
  const plain = (_: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);
  const text = JSON.stringify(scanned(...EVERYTHING, secret), plain);
  expect(text).toContain("preferred_username");
  expect(text).not.toMatch(/secret/i);
});

test("no name is kept while users are read, either: only hashes, of which millions fit", () => {
  const kept = (value: unknown): unknown[] =>
    value instanceof Map || value instanceof Set
      ? [...value].flatMap(kept)
      : ArrayBuffer.isView(value)
        ? []
        : typeof value === "object" && value !== null
          ? Object.values(value).flatMap(kept)
          : [value];
  expect(kept(counting(...EVERYTHING, [secret])).filter((value) => /secret/i.test(String(value)))).toEqual([]);
});
