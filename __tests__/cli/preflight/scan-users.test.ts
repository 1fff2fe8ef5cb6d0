import type { UserPoolType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { UserCounts } from "../../../cli/preflight/scan-users";

const user = (Username: string, attributes: Record<string, string>): UserType => ({
  Username,
  Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
});

function scanned(pool: UserPoolType, ...users: UserType[]) {
  const counts = new UserCounts(pool);
  for (const one of users) counts.add(one);
  return counts.scan();
}

const BY_EMAIL: UserPoolType = { UsernameAttributes: ["email"] };

test("names that differ in case alone collide, once for each name", () => {
  const users = ["a@x", "A@x", "a@X", "b@x"].map((email, index) => user(`${index}`, { email }));
  expect(scanned(BY_EMAIL, ...users)).toMatchObject({ users: 4, collisions: 1, mixedCase: 2 });
});

test("a user does not collide with himself", () => {
  const aliases: UserPoolType = { AliasAttributes: ["email", "preferred_username"] };
  expect(scanned(aliases, user("Ann", { preferred_username: "ann", email: "ann" }))).toMatchObject({ collisions: 0 });
});

test("an alias of one user may be the username of another", () => {
  const aliases: UserPoolType = { AliasAttributes: ["preferred_username"] };
  expect(scanned(aliases, user("Ann", {}), user("bob", { preferred_username: "ann" }))).toMatchObject({
    collisions: 1,
  });
});

test("what nobody signs in with is no name", () => {
  const users = [user("1", { email: "a@x", nickname: "Ann" }), user("2", { email: "b@x", nickname: "ann" })];
  expect(scanned(BY_EMAIL, ...users)).toMatchObject({ collisions: 0, mixedCase: 0 });
});

test("attributes are measured in characters, and as numbers while all are", () => {
  const { attributes } = scanned(
    BY_EMAIL,
    user("1", { "custom:age": "7", "custom:mixed": "7", name: "Zoë" }),
    user("2", { "custom:age": "-40", "custom:mixed": "x", name: "😀" }),
    user("3", {}),
  );
  expect(attributes.get("custom:age")).toEqual({ count: 2, shortest: 1, longest: 3, smallest: -40, largest: 7 });
  expect(attributes.get("custom:mixed")).toMatchObject({ count: 2, smallest: undefined, largest: undefined });
  expect(attributes.get("name")).toMatchObject({ shortest: 1, longest: 3 });
});

test("no name or value is kept", () => {
  const scan = scanned(BY_EMAIL, user("secret-username", { email: "secret@example.com" }));
  expect(JSON.stringify({ ...scan, attributes: [...scan.attributes] })).not.toContain("secret");
});

test("no name is kept while users are read, either: only hashes, of which millions fit", () => {
  const counts = new UserCounts(BY_EMAIL);
  counts.add(user("secret-username", { email: "secret@example.com" }));
  const kept = (value: unknown): unknown[] =>
    value instanceof Map || value instanceof Set
      ? [...value].flatMap(kept)
      : ArrayBuffer.isView(value)
        ? []
        : typeof value === "object" && value !== null
          ? Object.values(value).flatMap(kept)
          : [value];
  expect(kept(counts).filter((value) => String(value).includes("secret"))).toEqual([]);
});
