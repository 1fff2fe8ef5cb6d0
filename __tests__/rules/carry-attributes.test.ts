import { type AttributeRules, carryAttributes, hasLinkedProvider } from "../../rules/carry-attributes";
import { schema } from "../support/schema";

const rules = (over: Partial<AttributeRules> = {}): AttributeRules => ({
  attributeExclude: new Set(),
  attributeMap: new Map(),
  destinationSchema: schema(["email", "phone_number", "given_name", "custom:plan", "custom:source_sub", "sub"]),
  ...over,
});

test("carries what the destination's schema knows, unchanged", () => {
  expect(carryAttributes({ email: "a@example.com", given_name: "Änne" }, rules())).toEqual({
    attributes: { email: "a@example.com", given_name: "Änne" },
    dropped: {},
    lacksRequired: false,
  });
});

test("drops what the schema lacks, and names it", () => {
  expect(carryAttributes({ email: "a@example.com", "custom:z": "1", "custom:b": "2" }, rules())).toEqual({
    attributes: { email: "a@example.com" },
    dropped: { "custom:b": "no_place", "custom:z": "no_place" },
    lacksRequired: false,
  });
});

test("names a link to an identity provider, which cannot be handed over, if there is one", () => {
  const linked = '[{"userId":"42","providerName":"Google","providerType":"Google","primary":"false"}]';
  const destinationSchema = schema(["email", "identities"]);
  const carried = (identities: string) => carryAttributes({ email: "a", identities }, rules({ destinationSchema }));
  expect(carried(linked)).toMatchObject({ attributes: { email: "a" }, dropped: { identities: "linked" } });
  expect(carried("[]")).toMatchObject({ attributes: { email: "a" }, dropped: {} });
  expect([{}, { identities: "[]" }, { identities: linked }].map((attributes) => hasLinkedProvider(attributes))).toEqual(
    [false, false, true],
  );
});

test.each(["sub", "cognito:user_status", "dev:custom:x"])(
  "never carries %s, even when the schema has it, and does not count it",
  (name) => {
    const destinationSchema = schema(["email", name]);
    expect(carryAttributes({ email: "a", [name]: "x" }, rules({ destinationSchema }))).toEqual({
      attributes: { email: "a" },
      dropped: {},
      lacksRequired: false,
    });
  },
);

test("leaves behind what is excluded, and does not count it", () => {
  const attributeExclude = new Set(["given_name"]);
  expect(carryAttributes({ email: "a", given_name: "b" }, rules({ attributeExclude }))).toEqual({
    attributes: { email: "a" },
    dropped: {},
    lacksRequired: false,
  });
});

describe("verified flags", () => {
  test.each(["true", "false"])("stay %s", (flag) => {
    const source = { email: "a", email_verified: flag, phone_number: "+1", phone_number_verified: flag };
    expect(carryAttributes(source, rules()).attributes).toEqual(source);
  });

  test("are not invented", () => {
    expect(carryAttributes({ email: "a", phone_number: "+1" }, rules()).attributes).toEqual({
      email: "a",
      phone_number: "+1",
    });
  });

  test.each([
    ["the source has no address", { email_verified: "true" }, rules()],
    [
      "the address is excluded",
      { email: "a", email_verified: "true" },
      rules({ attributeExclude: new Set(["email"]) }),
    ],
    [
      "the address arrives under another name",
      { email: "a", email_verified: "true" },
      rules({ attributeMap: new Map([["email", "custom:plan"]]) }),
    ],
    [
      "the destination has no such attribute",
      { email: "a", email_verified: "true" },
      rules({ destinationSchema: schema(["given_name", "email_verified"]) }),
    ],
    [
      "the flag itself is excluded",
      { email: "a", email_verified: "true" },
      rules({ attributeExclude: new Set(["email_verified"]) }),
    ],
  ])("do not travel when %s", (_, source, withRules) => {
    expect(carryAttributes(source, withRules).attributes).not.toHaveProperty("email_verified");
  });
});

describe("a map", () => {
  test("renames, and takes sub along under another name", () => {
    const attributeMap = new Map([
      ["sub", "custom:source_sub"],
      ["custom:tier", "custom:plan"],
    ]);
    expect(carryAttributes({ sub: "old", "custom:tier": "gold", email: "a" }, rules({ attributeMap }))).toEqual({
      attributes: { "custom:source_sub": "old", "custom:plan": "gold", email: "a" },
      dropped: {},
      lacksRequired: false,
    });
  });

  test("wins over an attribute that already has the name", () => {
    const attributeMap = new Map([["custom:tier", "custom:plan"]]);
    for (const source of [
      { "custom:tier": "mapped", "custom:plan": "own" },
      { "custom:plan": "own", "custom:tier": "mapped" },
    ])
      expect(carryAttributes(source, rules({ attributeMap })).attributes).toEqual({ "custom:plan": "mapped" });
  });

  test("drops and names a source whose target the schema lacks", () => {
    const attributeMap = new Map([["sub", "custom:elsewhere"]]);
    expect(carryAttributes({ sub: "old", email: "a" }, rules({ attributeMap }))).toEqual({
      attributes: { email: "a" },
      dropped: { sub: "no_place" },
      lacksRequired: false,
    });
  });

  test("invents nothing for a user who lacks the source attribute", () => {
    const attributeMap = new Map([["custom:tier", "custom:plan"]]);
    expect(carryAttributes({ email: "a" }, rules({ attributeMap })).attributes).toEqual({ email: "a" });
  });
});

test("a name that JavaScript finds special is a name like any other", () => {
  const source = Object.fromEntries([
    ["__proto__", "x"],
    ["constructor", "y"],
    ["email", "a"],
  ]);
  const { attributes, dropped } = carryAttributes(source, rules());
  expect(attributes).toEqual({ email: "a" });
  expect(Object.entries(dropped)).toEqual([
    ["__proto__", "no_place"],
    ["constructor", "no_place"],
  ]);
});

describe("what the destination's schema does not take", () => {
  const withRules = rules({
    destinationSchema: schema(["email"], {
      "custom:level": { type: "Number", min: 1, max: 9 },
      "custom:plan": { max: 4 },
      "custom:active": { type: "Boolean" },
      "custom:code": { min: 3, required: true },
    }),
  });

  test("is dropped and named", () => {
    expect(carryAttributes({ email: "a", "custom:level": "10", "custom:plan": "gold+" }, withRules)).toEqual({
      attributes: { email: "a" },
      dropped: { "custom:level": "unfit", "custom:plan": "unfit" },
      lacksRequired: false,
    });
  });

  test("is missed where the destination requires it", () => {
    expect(carryAttributes({ email: "a", "custom:code": "ab" }, withRules)).toEqual({
      attributes: { email: "a" },
      dropped: { "custom:code": "unfit" },
      lacksRequired: true,
    });
    expect(carryAttributes({ email: "a" }, withRules)).toMatchObject({ lacksRequired: false });
  });

  test("is judged under the name that the destination has for it", () => {
    const attributeMap = new Map([["custom:tier", "custom:plan"]]);
    expect(carryAttributes({ "custom:tier": "platinum" }, { ...withRules, attributeMap })).toMatchObject({
      attributes: {},
      dropped: { "custom:tier": "unfit" },
    });
  });
});

test("Booleans go out as Cognito writes them, however an SDK has spelled them", () => {
  const destinationSchema = schema(["email", "phone_number"], { "custom:active": { type: "Boolean" } });
  const source = {
    email: "a",
    email_verified: "True",
    phone_number: "+1",
    phone_number_verified: "FALSE",
    "custom:active": "TRUE",
  };
  expect(carryAttributes(source, rules({ destinationSchema })).attributes).toEqual({
    email: "a",
    email_verified: "true",
    phone_number: "+1",
    phone_number_verified: "false",
    "custom:active": "true",
  });
});
