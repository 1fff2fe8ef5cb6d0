import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { type ImportCandidate, type Row, type RowRules, rowOf, rowRules } from "../../../cli/import/user-row";
import { arrivalOf } from "../../../cli/pools/arrival";
import { readImportFile } from "./cognito-csv-reader";

const HEADER =
  "name,email,email_verified,phone_number,phone_number_verified,birthdate,updated_at,preferred_username,address,custom:plan,custom:source_sub,cognito:mfa_enabled,cognito:username,password_hash".split(
    ",",
  );

/** Users sign in with usernames, and e-mail addresses are verified. */
const POOL: UserPoolType = { AutoVerifiedAttributes: ["email"] };

const SETTINGS = { attributeMap: new Map<string, string>(), attributeExclude: new Set<string>() };

const rules = (
  destination: UserPoolType = {},
  { source = {}, settings = {} }: { source?: UserPoolType; settings?: Partial<typeof SETTINGS> } = {},
): RowRules => rowRules(source, { ...POOL, ...destination }, HEADER, { ...SETTINGS, ...settings });

const ALICE: ImportCandidate = {
  username: "alice",
  enabled: true,
  status: "CONFIRMED",
  attributes: { sub: "1a2b", email: "alice@example.com", email_verified: "true" },
};
const alice = (attributes: Record<string, string> = {}, more: Partial<ImportCandidate> = {}): ImportCandidate => ({
  ...ALICE,
  ...more,
  attributes: { ...ALICE.attributes, ...attributes },
});

const decided = (user: ImportCandidate, using: RowRules): Row => rowOf(user, arrivalOf(user, using), using);

/** What Cognito would read. */
function imported(user: ImportCandidate, using = rules()): Record<string, string> {
  const row = decided(user, using);
  if (row.kind !== "row") throw new Error(`left out: ${row.reason} ${row.detail}`);
  const [read = {}] = readImportFile(Buffer.from(`${HEADER.join(",")}\n${row.line}\n`));
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== ""));
}

const reasonFor = (user: ImportCandidate, using = rules()): unknown => {
  const row = decided(user, using);
  return row.kind === "left_out" ? [row.reason, ...(row.detail === undefined ? [] : [row.detail])] : "imported";
};

test("writes the columns that it knows something for, and leaves the others empty", () => {
  expect(imported(ALICE)).toEqual({
    "cognito:username": "alice",
    "cognito:mfa_enabled": "FALSE",
    email: "alice@example.com",
    email_verified: "TRUE",
  });
});

test("dates and times as import files have them", () => {
  expect(imported(alice({ birthdate: "1985-02-01", updated_at: "1471453471" }))).toMatchObject({
    birthdate: "02/01/1985",
    updated_at: "1471453471",
  });
});

test("a verified flag is never invented, and goes only where its address goes", () => {
  expect(imported(alice({ phone_number: "+15555550100" }))).toMatchObject({ phone_number_verified: "FALSE" });
  expect(imported(alice({ phone_number_verified: "true" }))).not.toHaveProperty("phone_number_verified");
  const excluded = rules({}, { settings: { attributeExclude: new Set(["phone_number"]) } });
  expect(imported(alice({ phone_number: "+15555550100", phone_number_verified: "true" }), excluded)).not.toHaveProperty(
    "phone_number_verified",
  );
});

test("attributes are mapped, excluded and dropped as the handler does", () => {
  const using = rules(
    {},
    {
      settings: {
        attributeMap: new Map([
          ["sub", "custom:source_sub"],
          ["custom:tier", "custom:plan"],
        ]),
        attributeExclude: new Set(["name"]),
      },
    },
  );
  const user = alice({ "custom:tier": "gold", name: "Alice", "custom:legacy": "x" });
  expect(imported(user, using)).toEqual({
    "cognito:username": "alice",
    "cognito:mfa_enabled": "FALSE",
    email: "alice@example.com",
    email_verified: "TRUE",
    "custom:plan": "gold",
    "custom:source_sub": "1a2b",
  });
  expect(decided(user, using)).toMatchObject({ dropped: ["custom:legacy"] });
});

test.each([
  ["ON", "TRUE"],
  ["OPTIONAL", "FALSE"],
  ["OFF", "FALSE"],
] as const)("MFA %s asks for cognito:mfa_enabled %s", (MfaConfiguration, expected) => {
  expect(imported(ALICE, rules({ MfaConfiguration }))).toMatchObject({ "cognito:mfa_enabled": expected });
});

test.each([
  ["disabled", alice({}, { enabled: false }), ["disabled"]],
  ["disabled, whatever the status", alice({}, { enabled: false, status: "EXTERNAL_PROVIDER" }), ["disabled"]],
  ["of an identity provider", alice({}, { status: "EXTERNAL_PROVIDER" }), ["external_provider"]],
  ["unconfirmed", alice({}, { status: "UNCONFIRMED" }), ["unconfirmed"]],
  ["invited only", alice({}, { status: "FORCE_CHANGE_PASSWORD" }), ["never_signed_in"]],
  ["compromised", alice({}, { status: "COMPROMISED" }), ["unusable_status"]],
  ["of a status to come", alice({}, { status: "SOMETHING_NEW" }), ["unusable_status"]],
  ["about to reset the password", alice({}, { status: "RESET_REQUIRED" }), "imported"],
  ["without a verified address", alice({ email_verified: "false" }), ["no_verified_channel"]],
  [
    "verified for something that the destination does not verify",
    alice({ email_verified: "false", phone_number: "+15555550100", phone_number_verified: "true" }),
    ["no_verified_channel"],
  ],
  ["named with a space", alice({}, { username: "alice smith" }), ["username_with_space"]],
  [
    "with a line break in a value",
    alice({ address: "1 Main Street\nSpringfield" }),
    ["unwritable_value", "address: a line break or control character"],
  ],
  [
    "with a backslash in the username",
    alice({}, { username: "CORP\\alice" }),
    ["unwritable_value", "cognito:username: a backslash"],
  ],
  [
    "with a birthdate that is none",
    alice({ birthdate: "1985-02-30" }),
    ["unwritable_value", "birthdate: no date or number that Cognito takes"],
  ],
  [
    "with a time that is none",
    alice({ updated_at: "yesterday" }),
    ["unwritable_value", "updated_at: no date or number that Cognito takes"],
  ],
  ["of 16,000 characters", alice({ address: "x".repeat(16_000) }), ["row_too_long"]],
])("a user %s", (_, user, expected) => {
  expect(reasonFor(user)).toEqual(expected);
});

test("names the attributes that the destination requires and the user lacks", () => {
  const using = rules({
    SchemaAttributes: [
      { Name: "sub", Required: true },
      { Name: "name", Required: true },
      { Name: "birthdate", Required: true },
      { Name: "email", Required: true },
      { Name: "address", Required: false },
    ],
  });
  expect(reasonFor(alice({ name: " " }), using)).toEqual(["missing_required", "name, birthdate"]);
});

describe("the name at the destination", () => {
  const NO_USERNAMES = { username: "1a2b" };
  test.each<[string, UserPoolType, ImportCandidate, string | undefined]>([
    ["is the username", {}, ALICE, "alice"],
    ["is the address where the source has no usernames", {}, alice({}, NO_USERNAMES), "alice@example.com"],
    ["is the verified address", { UsernameAttributes: ["email"] }, ALICE, "alice@example.com"],
    [
      "is the verified one of two",
      { UsernameAttributes: ["phone_number", "email"] },
      alice({ phone_number: "+15555550100", phone_number_verified: "false" }),
      "alice@example.com",
    ],
    [
      "is nothing that a user with a username has not verified",
      { UsernameAttributes: ["phone_number"] },
      alice({ phone_number: "+15555550100", phone_number_verified: "false" }),
      undefined,
    ],
    ["is the username beside an alias", { AliasAttributes: ["email"] }, ALICE, "alice"],
    [
      "is one that nobody types where the username looks like the alias",
      { AliasAttributes: ["email"] },
      alice({}, { username: "alice@example.com" }),
      "sub:1a2b",
    ],
    [
      "is none where the username looks like an alias that is not proven",
      { AliasAttributes: ["phone_number"] },
      alice({}, { username: "+15555550100" }),
      undefined,
    ],
    ["is the username where another alias looks different", { AliasAttributes: ["phone_number"] }, ALICE, "alice"],
  ])("%s", (_, pool, user, expected) => {
    const source: UserPoolType = user.username === NO_USERNAMES.username ? { UsernameAttributes: ["email"] } : {};
    const row = decided(user, rules(pool, { source }));
    expect(row.kind === "row" ? row.names[0].name : undefined).toBe(expected);
    if (expected === undefined) expect(row).toEqual({ kind: "left_out", reason: "no_sign_in_name" });
    else expect(imported(user, rules(pool, { source }))["cognito:username"]).toBe(expected);
  });
});

test("a preferred_username becomes an alias only if it is a name that something proves", () => {
  const user = alice({ preferred_username: "boss" });
  const destination: UserPoolType = { AliasAttributes: ["preferred_username"] };
  expect(imported(user)).toMatchObject({ preferred_username: "boss" });
  expect(imported(user, rules(destination))).not.toHaveProperty("preferred_username");
  expect(decided(user, rules(destination))).toMatchObject({ dropped: ["preferred_username"] });
  expect(imported(alice({ preferred_username: "alice" }), rules(destination))).toMatchObject({
    preferred_username: "alice",
  });
});

describe("nobody is imported under a name that nobody has proven or nobody knows", () => {
  const PHONE = "+15555550100";
  const byNumber: { source: UserPoolType } = { source: { UsernameAttributes: ["phone_number"] } };

  test("an address that somebody has written at a source of phone numbers", () => {
    const squatter = alice(
      { email: "ceo@example.com", email_verified: "false", phone_number: PHONE },
      { username: "1a2b" },
    );
    const verifiedNumber = { ...squatter, attributes: { ...squatter.attributes, phone_number_verified: "true" } };
    const numbers: UserPoolType = { AutoVerifiedAttributes: ["phone_number"] };
    expect(imported(verifiedNumber, rules(numbers, byNumber))["cognito:username"]).toBe(PHONE);
    const both: UserPoolType = { ...numbers, UsernameAttributes: ["email", "phone_number"] };
    expect(imported(verifiedNumber, rules(both, byNumber))).toMatchObject({ "cognito:username": PHONE });
    expect(imported(verifiedNumber, rules(both, byNumber))).not.toHaveProperty("email");
    expect(decided(verifiedNumber, rules(both, byNumber))).toMatchObject({ dropped: ["email"] });
  });

  test("an old sub, where no alias would sign the user in", () => {
    const unverified = alice({ phone_number: PHONE, phone_number_verified: "false" }, { username: PHONE });
    expect(reasonFor(unverified, rules({ AliasAttributes: ["phone_number"] }))).toEqual(["no_sign_in_name"]);
  });

  test("an address that the destination requires", () => {
    const required: UserPoolType = {
      UsernameAttributes: ["email", "phone_number"],
      SchemaAttributes: [{ Name: "phone_number", AttributeDataType: "String", Required: true }],
    };
    const unverified = alice({ phone_number: PHONE, phone_number_verified: "false" });
    expect(reasonFor(unverified, rules(required))).toEqual(["required_unproven"]);
  });
});

test("a value that the destination's schema does not take stays behind, and where it is required, so does the user", () => {
  const withName = (Required: boolean): RowRules =>
    rules({
      SchemaAttributes: [
        { Name: "name", AttributeDataType: "String", Required, StringAttributeConstraints: { MaxLength: "3" } },
      ],
    });
  expect(decided(alice({ name: "Alice" }), withName(false))).toMatchObject({ kind: "row", dropped: ["name"] });
  expect(reasonFor(alice({ name: "Alice" }), withName(true))).toEqual(["required_unfit"]);
  expect(reasonFor(alice({ name: "Ali" }), withName(true))).toEqual("imported");
});

test("says who will sign in with another name than before", () => {
  const renamed = (user: ImportCandidate, destination: UserPoolType): unknown => decided(user, rules(destination));
  expect(renamed(ALICE, {})).toMatchObject({ renamed: false });
  expect(renamed(ALICE, { UsernameAttributes: ["email"] })).toMatchObject({ renamed: true });
  expect(renamed(alice({}, { username: "alice@example.com" }), { UsernameAttributes: ["email"] })).toMatchObject({
    renamed: false,
  });
});
