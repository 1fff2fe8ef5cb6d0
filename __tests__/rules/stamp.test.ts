import { createHmac } from "node:crypto";
import fc from "fast-check";
import {
  HOW,
  isWithin,
  mintStamp,
  STAMP_MAX_LENGTH,
  STAMP_MIN_LENGTH,
  type Stamp,
  type StampedUser,
  stampedNames,
  verifyStamp,
} from "../../rules/stamp";

const KEY = "k".repeat(72);
const USER: StampedUser = { userPoolId: "eu-central-1_Dest0001", names: ["email verified user@example.com"] };
const STAMP: Stamp = {
  sourceSub: "0a1b2c3d-0000-4000-8000-000000000001",
  how: "proven",
  issuedAt: 1_800_000_000,
  groups: ["staff", "editors"],
};

/**
 * Written without any code of ours:
 *
 *   tag() { openssl dgst -sha256 -hmac "$KEY" -binary | head -c16 | basenc --base64url | tr -d =; }
 *   NAME=$(printf 'name\0email verified user@example.com' | tag)
 *   TEXT="v1.$(printf '%s' "[\"$SUB\",\"$POOL\",\"proven\",1800000000,\"$NAME\",[\"staff\",\"editors\"]]" | basenc --base64url -w0 | tr -d =)"
 *   echo "$TEXT.$(printf 'stamp\0%s' "$TEXT" | tag)"
 */
const BY_OPENSSL =
  "v1.WyIwYTFiMmMzZC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDEiLCJldS1jZW50cmFsLTFfRGVzdDAwMDEiLCJwcm92ZW4iLDE4MDAwMDAwMDAsIl94SnlUWThEWVdqbDFyem9BQVdPb2ciLFsic3RhZmYiLCJlZGl0b3JzIl1d.EOqn-oTE5VjONGnwFibsmQ";

const verified = (text: string, user: StampedUser = USER, keys: readonly string[] = [KEY]) =>
  verifyStamp(createHmac, keys, text, user);

test("no stamp of a user pool is shorter than an attribute may demand", () => {
  const least: Stamp = { ...STAMP, how: "mfa", issuedAt: 1_700_000_000, groups: [] };
  const text = mintStamp(createHmac, KEY, least, { userPoolId: "us-east-1_A", names: ["x"] });
  expect(text.length).toBeGreaterThanOrEqual(STAMP_MIN_LENGTH);
});

test("a stamp is what openssl makes of the same", () => {
  expect(mintStamp(createHmac, KEY, STAMP, USER)).toBe(BY_OPENSSL);
  expect(verified(BY_OPENSSL)).toEqual(STAMP);
});

test("it holds nothing that names the user at the destination", () => {
  const [, payload = ""] = BY_OPENSSL.split(".");
  expect(Buffer.from(payload, "base64url").toString()).not.toContain("user@");
});

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 500);

const someText = fc.oneof(fc.string({ minLength: 1, maxLength: 40 }), fc.string({ unit: "binary", minLength: 1 }));
const aGroup = fc
  .string({ unit: "grapheme-composite", minLength: 1, maxLength: 60 })
  .filter((text) => text.length < 129);
const aStamp: fc.Arbitrary<Stamp> = fc.record({
  sourceSub: fc.uuid(),
  how: fc.constantFrom(...HOW),
  issuedAt: fc.integer({ min: 0, max: 4_000_000_000 }),
  groups: fc.oneof(fc.constant("import" as const), fc.array(aGroup, { maxLength: 20 })),
});
const aKey = fc.string({ minLength: 32, maxLength: 80 });

test("whoever may have it reads it, by any name of the user and any key that is taken", () => {
  fc.assert(
    fc.property(aStamp, aKey, aKey, someText, someText, (stamp, key, otherKey, name, otherName) => {
      const user = { userPoolId: USER.userPoolId, names: [name] };
      const text = mintStamp(createHmac, key, stamp, user);
      expect(text.length).toBeLessThanOrEqual(STAMP_MAX_LENGTH);
      const { groups, ...read } = verified(text, { ...user, names: [otherName, name] }, [otherKey, key]) ?? {};
      const { groups: written, ...said } = stamp;
      expect(read).toEqual(said);
      expect([written, "import"]).toContainEqual(groups);
    }),
    { numRuns: RUNS },
  );
});

test("nothing that was changed, cut or put together verifies", () => {
  fc.assert(
    fc.property(aStamp, aStamp, fc.nat(), fc.string({ minLength: 1, maxLength: 3 }), (stamp, other, at, put) => {
      const text = mintStamp(createHmac, KEY, stamp, USER);
      const cut = at % text.length;
      expect(verified(text.slice(0, cut))).toBeUndefined();
      expect(verified(text.slice(cut + 1))).toBeUndefined();
      expect(verified(text + put)).toBeUndefined();
      const changed = text.slice(0, cut) + put + text.slice(cut + put.length);
      if (changed !== text) expect(verified(changed)).toBeUndefined();
      const recased = text.slice(0, cut) + swapCase(text.slice(cut));
      if (recased !== text) expect(verified(recased)).toBeUndefined();
      const [version, payload, mac] = text.split(".");
      const [, otherPayload, otherMac] = mintStamp(createHmac, KEY, other, USER).split(".");
      if (payload !== otherPayload) {
        expect(verified([version, payload, otherMac].join("."))).toBeUndefined();
        expect(verified([version, otherPayload, mac].join("."))).toBeUndefined();
      }
    }),
    { numRuns: RUNS },
  );
});

const swapCase = (text: string): string =>
  text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );

test("nothing of another user, pool or key verifies", () => {
  fc.assert(
    fc.property(aStamp, aKey, aKey, someText, someText, someText, (stamp, key, otherKey, name, otherName, pool) => {
      const user = { userPoolId: USER.userPoolId, names: [name] };
      const text = mintStamp(createHmac, key, stamp, user);
      if (otherName !== name) expect(verified(text, { ...user, names: [otherName] }, [key])).toBeUndefined();
      expect(verified(text, { ...user, names: [] }, [key])).toBeUndefined();
      if (swapCase(name) !== name) expect(verified(text, { ...user, names: [swapCase(name)] }, [key])).toBeUndefined();
      if (pool !== user.userPoolId) expect(verified(text, { ...user, userPoolId: pool }, [key])).toBeUndefined();
      if (otherKey !== key) expect(verified(text, user, [otherKey])).toBeUndefined();
      expect(verified(text, user, [])).toBeUndefined();
    }),
    { numRuns: RUNS },
  );
});

test("groups that do not fit are left to the command, and the stamp is never longer than an attribute", () => {
  const many = Array.from({ length: 150 }, (_, n) => `department-${n}`);
  const fitting = (groups: readonly string[]) => verified(mintStamp(createHmac, KEY, { ...STAMP, groups }, USER));
  expect(fitting(many)).toEqual({ ...STAMP, groups: "import" });
  const sizes = many.map(
    (_, count) => mintStamp(createHmac, KEY, { ...STAMP, groups: many.slice(0, count) }, USER).length,
  );
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
  // Room is not given away: the most that fits is nearly all.
  expect(Math.max(...sizes)).toBeGreaterThan(2000);
  expect(fitting(many.slice(0, 50))).toEqual({ ...STAMP, groups: many.slice(0, 50) });
});

test("a stamp of just as many characters as an attribute takes is written and read, a longer one is not", () => {
  const groups = (letters: number): string[] => [
    "x".repeat(letters),
    ...Array.from({ length: 10 }, () => "y".repeat(125)),
  ];
  const whole = Array.from({ length: 125 }, (_, n) => groups(n + 1))
    .map((each) => ({ each, text: mintStamp(createHmac, KEY, { ...STAMP, groups: each }, USER) }))
    .filter(({ text }) => verified(text)?.groups !== "import");
  const longest = whole.at(-1);
  expect(longest?.text).toHaveLength(STAMP_MAX_LENGTH);
  expect(verified(longest?.text ?? "")).toEqual({ ...STAMP, groups: longest?.each });
  expect(verified(signed([...PAYLOAD.slice(0, 5), groups(125)]))).toBeUndefined();
});

const ownTag = (text: string): string =>
  createHmac("sha256", KEY).update(text).digest().subarray(0, 16).toString("base64url");
const PAYLOAD = [
  STAMP.sourceSub,
  USER.userPoolId,
  "proven",
  STAMP.issuedAt,
  ownTag(`name\0${USER.names[0]}`),
  ["staff"],
];
/** By the right key, whatever it says. */
const signed = (payload: unknown, version = "v1"): string => {
  const json = typeof payload === "string" ? payload : JSON.stringify(payload);
  const text = `${version}.${Buffer.from(json).toString("base64url")}`;
  return `${text}.${ownTag(`stamp\0${text}`)}`;
};
const put = (at: number, value: unknown): unknown[] => PAYLOAD.with(at, value as string);

test("what the right key has signed is read", () => {
  expect(verified(signed(PAYLOAD))).toEqual({ ...STAMP, groups: ["staff"] });
  expect(verified(signed(put(2, "mfa")))).toEqual({ ...STAMP, how: "mfa", groups: ["staff"] });
  expect(verified(signed(put(2, "unproven")))).toEqual({ ...STAMP, how: "unproven", groups: ["staff"] });
  expect(verified(signed(put(3, 0)))).toEqual({ ...STAMP, issuedAt: 0, groups: ["staff"] });
  expect(verified(signed(put(5, "import")))).toEqual({ ...STAMP, groups: "import" });
  expect(verified(signed(put(5, ["g".repeat(128)])))).toEqual({ ...STAMP, groups: ["g".repeat(128)] });
});

test.each([
  ["no JSON", "[1,"],
  ["no array", { ...PAYLOAD }],
  ["too few", PAYLOAD.slice(0, 5)],
  ["too many", [...PAYLOAD, "more"]],
  ["no sub", put(0, "")],
  ["a sub that is no text", put(0, 1)],
  ["another pool", put(1, "eu-central-1_Dest0002")],
  ["another proof", put(2, "trusted")],
  ["a time that is text", put(3, "1800000000")],
  ["half a second", put(3, 1.5)],
  ["a time before 1970", put(3, -1)],
  ["a time that no number holds", put(3, 2 ** 53)],
  ["another name", put(4, ownTag("name\0email verified other@example.com"))],
  ["a name's tag that was cut", put(4, String(PAYLOAD[4]).slice(0, -1))],
  ["a tag of another kind", put(4, ownTag(`stamp\0${USER.names[0]}`))],
  ["groups that are none", put(5, "all")],
  ["a group without a name", put(5, [""])],
  ["a group's name that Cognito does not take", put(5, ["g".repeat(129)])],
])("what the right key has signed, but no stamp says, is refused: %s", (_, payload) => {
  expect(verified(signed(payload))).toBeUndefined();
});

const [, OUR_PAYLOAD, OUR_TAG] = BY_OPENSSL.split(".");

test.each([
  "",
  "v1",
  "v1.",
  "v1..",
  `v1.${OUR_PAYLOAD}`,
  `v1.${OUR_PAYLOAD}.`,
  `v1..${OUR_TAG}`,
  `v2.${OUR_PAYLOAD}.${OUR_TAG}`,
  `.${OUR_PAYLOAD}.${OUR_TAG}`,
  `${BY_OPENSSL}.`,
  `${BY_OPENSSL}.v1`,
  ` ${BY_OPENSSL}`,
  signed(PAYLOAD, "v2"),
  signed(PAYLOAD).replace("v1.", "v2."),
])("%p is no stamp", (text) => {
  expect(verified(text)).toBeUndefined();
});

test.each([
  [1_800_000_000, 600, 1_800_000_000, true],
  [1_800_000_000, 600, 1_800_000_599, true],
  [1_800_000_000, 600, 1_800_000_600, false],
  // Two clocks of AWS, and no more.
  [1_800_000_000, 600, 1_799_999_970, true],
  [1_800_000_000, 600, 1_799_999_969, false],
])("issued at %i, good for %i seconds, at %i: %p", (issuedAt, seconds, now, expected) => {
  expect(isWithin({ issuedAt }, seconds, now)).toBe(expected);
});

describe("the names that a stamp knows a user by", () => {
  const attributes = { email: "User@Example.com", email_verified: "True", phone_number: "+15555550100" };
  const named = (instead: readonly ("email" | "phone_number")[], destinationCaseSensitive: boolean) =>
    stampedNames(
      { username: "Jane", attributes },
      { destinationUsernameAttributes: instead, destinationCaseSensitive },
    );

  test("the username, where users have one", () => {
    expect(named([], true)).toEqual(["Jane"]);
    expect(named([], false)).toEqual(["jane"]);
  });

  test("else their addresses, each with whether it is verified", () => {
    expect(named(["email"], true)).toEqual(["email verified User@Example.com"]);
    expect(named(["email", "phone_number"], false)).toEqual([
      "email verified user@example.com",
      "phone_number unverified +15555550100",
    ]);
  });

  test("none, where there is no address", () => {
    expect(
      stampedNames(
        { username: "a-made-id", attributes: {} },
        { destinationUsernameAttributes: ["email"], destinationCaseSensitive: true },
      ),
    ).toEqual([]);
  });
});
