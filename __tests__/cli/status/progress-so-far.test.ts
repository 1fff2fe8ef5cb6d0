import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { poolRules } from "../../../cli/pools/pool-rules";
import { isStuck, UserCount } from "../../../cli/status/progress-so-far";

const EMAIL_POOL = { UsernameAttributes: ["email" as const], UsernameConfiguration: { CaseSensitive: false } };

/** From and to a pool with e-mail addresses. The schema is the standard one, as far as it matters. */
const counting = (attributeMap: ReadonlyMap<string, string> = new Map()): UserCount => {
  const SchemaAttributes = [{ Name: "email", AttributeDataType: "String" as const }];
  const settings = { attributeMap, attributeExclude: new Set<string>() };
  return new UserCount(poolRules(EMAIL_POOL, { ...EMAIL_POOL, SchemaAttributes }, settings), {
    source: 0,
    destination: 0,
  });
};

const user = (name: string, created: string, over: Partial<UserType> = {}): UserType => ({
  Username: `id-of-${name}`,
  Attributes: [
    { Name: "sub", Value: `sub-of-${name}` },
    { Name: "email", Value: `${name}@example.com` },
    { Name: "email_verified", Value: "true" },
  ],
  UserStatus: "CONFIRMED",
  UserCreateDate: new Date(created),
  UserLastModifiedDate: new Date(created),
  ...over,
});
const OLD = "2020-01-01T00:00:00Z";

test("counts source users who have one at the destination, by the UTC day on which that one was made", () => {
  const count = counting();
  count.addDestination([user("Anna", "2026-01-05T23:59:59Z"), user("bert", "2026-01-06T00:00:00Z")]);
  count.addDestination([user("native", "2026-01-06T10:00:00Z"), user("cleo", "2026-01-06T12:00:00Z")]);
  count.addClaims(["anna", "bert", "cleo", "dora", "emil"].map((name) => user(name, OLD)));
  count.addSource([user("anna", OLD), user("bert", OLD)]);
  count.addSource([user("cleo", OLD), user("dora", OLD), user("emil", OLD)]);
  expect(count.result()).toEqual({
    sourceUsers: 5,
    destinationUsers: 4,
    notFromSource: 1,
    migrated: 3,
    remaining: 2,
    nameTaken: 0,
    stuck: 0,
    byDay: new Map([
      ["2026-01-05", 1],
      ["2026-01-06", 2],
    ]),
  });
});

test("a user who came twice, under a new name, came once: on the first day", () => {
  const came = (name: string, created: string) =>
    user(name, created, {
      Attributes: [
        { Name: "email", Value: `${name}@example.com` },
        { Name: "custom:source_sub", Value: "sub-of-anna" },
      ],
    });
  const count = counting(new Map([["sub", "custom:source_sub"]]));
  count.addDestination([came("anna-new", "2026-01-09T00:00:00Z"), came("anna", "2026-01-05T00:00:00Z")]);
  count.addSource([user("anna", OLD)]);
  expect(count.result()).toMatchObject({ migrated: 1, notFromSource: 0, byDay: new Map([["2026-01-05", 1]]) });
});

test("all names must be known before one is looked up, but where the sub tells", () => {
  expect([counting().needsClaims, counting(new Map([["sub", "custom:source_sub"]])).needsClaims]).toEqual([
    true,
    false,
  ]);
});

test("says whose name somebody else has", () => {
  const count = counting(new Map([["sub", "custom:source_sub"]]));
  const other = [
    { Name: "email", Value: "anna@example.com" },
    { Name: "custom:source_sub", Value: "sub-of-somebody-else" },
  ];
  count.addDestination([user("x", "2026-01-05T00:00:00Z", { Attributes: other })]);
  count.addSource([user("anna", OLD)]);
  expect(count.result()).toMatchObject({ migrated: 0, remaining: 1, nameTaken: 1, notFromSource: 1 });
});

test("counts the stuck among the migrated only", () => {
  const reset = { UserStatus: "RESET_REQUIRED" as const };
  const count = counting();
  count.addClaims([user("anna", OLD), user("bert", OLD)]);
  count.addDestination([
    user("anna", "2026-01-05T00:00:00Z", reset),
    user("bert", "2026-01-05T00:00:00Z", { ...reset, UserLastModifiedDate: new Date("2026-02-01T00:00:00Z") }),
    user("native", "2026-01-05T00:00:00Z", reset),
  ]);
  count.addSource([user("anna", OLD), user("bert", OLD)]);
  expect(count.result()).toMatchObject({ migrated: 2, stuck: 1, notFromSource: 1 });
});

test.each([
  ["RESET_REQUIRED since it was made", "RESET_REQUIRED", 0, true],
  ["with both dates written one after the other", "RESET_REQUIRED", 900, true],
  ["RESET_REQUIRED by a later change", "RESET_REQUIRED", 3_600_000, false],
  ["CONFIRMED", "CONFIRMED", 0, false],
  ["of another status", "FORCE_CHANGE_PASSWORD", 0, false],
] as const)("a user %s", (_, UserStatus, afterMs, expected) => {
  const created = new Date("2026-01-05T00:00:00Z");
  const UserLastModifiedDate = new Date(created.getTime() + afterMs);
  expect(isStuck({ UserStatus, UserCreateDate: created, UserLastModifiedDate })).toBe(expected);
});

test("without dates nobody is called stuck", () => {
  expect(isStuck({ UserStatus: "RESET_REQUIRED" })).toBe(false);
});
