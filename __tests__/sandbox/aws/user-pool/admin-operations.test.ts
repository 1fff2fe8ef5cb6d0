import { list, named, PASSWORD, PLAIN, seedUser, userPool } from "../../../support/user-pool";

const attributesOf = (answer: { UserAttributes: readonly { Name: string; Value: string }[] }) =>
  Object.fromEntries(answer.UserAttributes.map(({ Name, Value }) => [Name, Value]));
const NEW = { Username: "new@example.com", UserAttributes: list({ email: "new@example.com", email_verified: "true" }) };

describe("AdminCreateUser", () => {
  test("makes a user with a temporary password, whose username in this pool is the sub", async () => {
    const { call, pool } = userPool();
    const { User } = await call("AdminCreateUser", { ...NEW, TemporaryPassword: PASSWORD });
    expect(User).toMatchObject({ UserStatus: "FORCE_CHANGE_PASSWORD", Enabled: true });
    expect(User.Username).toMatch(/^[0-9a-f-]{36}$/);
    expect(User.Attributes).toContainEqual({ Name: "sub", Value: User.Username });
    expect(pool.users.find("NEW@example.com")?.password).toBe(PASSWORD);
  });

  test.each([
    [
      "an attribute outside the schema",
      { "custom:other": "1" },
      "custom:other: Attribute does not exist in the schema.",
    ],
    ["a sub", { sub: "1" }, "sub: Attribute cannot be updated."],
    ["a birthdate as imports write it", { birthdate: "12/31/1999" }, "Invalid birthdate format"],
    ["a number without a plus", { phone_number: "15550001" }, "Invalid phone number format."],
    ["a flag that is none", { email_verified: "yes" }, "must be true or false"],
    ["a date that is no number", { updated_at: "today" }, "must be a whole number"],
  ])("refuses %s", async (_, wrong, message) => {
    const { refusal, pool } = userPool();
    const request = { ...NEW, UserAttributes: list({ email: "new@example.com", ...wrong }) };
    const prefix = "InvalidParameterException: Attributes did not conform to the schema: ";
    const answer = await refusal("AdminCreateUser", request);
    expect([answer?.slice(0, prefix.length), answer]).toEqual([prefix, expect.stringContaining(message)]);
    expect(pool.users.size).toBe(0);
  });

  test("holds values to the schema's own limits", async () => {
    const { refusal } = userPool({
      ...PLAIN,
      customAttributes: [
        {
          Name: "custom:age",
          AttributeDataType: "Number",
          NumberAttributeConstraints: { MinValue: "0", MaxValue: "99" },
        },
        {
          Name: "custom:code",
          AttributeDataType: "String",
          StringAttributeConstraints: { MinLength: "2", MaxLength: "3" },
        },
      ],
    });
    const create = (values: Record<string, string>) =>
      refusal("AdminCreateUser", { Username: Object.values(values).join("-"), UserAttributes: list(values) });
    expect(await create({ "custom:age": "100" })).toContain("out of range");
    expect(await create({ "custom:age": "99" })).toBeUndefined();
    expect(await create({ "custom:code": "a" })).toContain("minimum length");
    expect(await create({ "custom:code": "abcd" })).toContain("maximum length");
    expect(await create({ "custom:code": "abc" })).toBeUndefined();
  });

  test("refuses a user without a required attribute", async () => {
    const { refusal } = userPool({ ...PLAIN, requiredAttributes: ["name"] });
    expect(await refusal("AdminCreateUser", { Username: "a" })).toContain("name: The attribute is required");
  });

  test("refuses a temporary password against the policy, without telling it", async () => {
    const { refusal } = userPool();
    const answer = await refusal("AdminCreateUser", { ...NEW, TemporaryPassword: "lowercase-1" });
    expect(answer).toContain("InvalidPasswordException");
    expect(answer).not.toContain("lowercase-1");
  });

  test("refuses a second user with the name, in whatever case", async () => {
    const { refusal } = userPool({ users: [seedUser("a")] });
    expect(await refusal("AdminCreateUser", { Username: "A@Example.com" })).toContain("UsernameExistsException");
    const sensitive = userPool({ ...PLAIN, caseSensitive: true, users: [named("a")] });
    expect(await sensitive.refusal("AdminCreateUser", { Username: "A" })).toBeUndefined();
    expect(await sensitive.refusal("AdminCreateUser", { Username: "A" })).toContain("UsernameExistsException");
  });

  test("wants an address for a username where the pool has no others", async () => {
    const { refusal } = userPool();
    expect(await refusal("AdminCreateUser", { Username: "a" })).toContain("Username should be email");
    const other = { Username: "a@example.com", UserAttributes: list({ email: "b@example.com" }) };
    expect(await refusal("AdminCreateUser", other)).toContain("must be the same");
  });
});

describe("aliases", () => {
  const subject = () =>
    userPool({
      ...PLAIN,
      aliasAttributes: ["email", "preferred_username"],
      users: [named("first", { attributes: { email: "shared@example.com", email_verified: "true" } })],
    });
  const second = { Username: "second", UserAttributes: list({ email: "Shared@example.com", email_verified: "true" }) };

  test("name a user once they are verified", async () => {
    const { call, pool } = subject();
    expect((await call("AdminGetUser", { Username: "SHARED@example.com" })).Username).toBe("first");
    await call("AdminUpdateUserAttributes", { Username: "first", UserAttributes: list({ email_verified: "false" }) });
    expect(pool.users.find("shared@example.com")).toBeUndefined();
    await call("AdminUpdateUserAttributes", { Username: "first", UserAttributes: list({ preferred_username: "One" }) });
    expect(pool.users.find("one")?.username).toBe("first");
  });

  test("belong to one user: a second is refused", async () => {
    const { refusal, pool } = subject();
    expect(await refusal("AdminCreateUser", second)).toBe(
      "AliasExistsException: An account with the email already exists.",
    );
    expect(pool.users.find("second")).toBeUndefined();
  });

  test("an unverified address is nobody's", async () => {
    const unverified = { Username: "second", UserAttributes: list({ email: "shared@example.com" }) };
    expect(await subject().refusal("AdminCreateUser", unverified)).toBeUndefined();
  });

  test("move to the new user by force, and the older one's address counts no more", async () => {
    const { call, pool } = subject();
    await call("AdminCreateUser", { ...second, ForceAliasCreation: true });
    expect(pool.users.find("shared@example.com")?.username).toBe("second");
    expect(pool.users.find("first")?.attributes["email_verified"]).toBe("false");
  });

  test("cannot be taken by a change of attributes either", async () => {
    const { call, refusal } = subject();
    await call("AdminCreateUser", { Username: "second" });
    const { UserAttributes } = second;
    expect(await refusal("AdminUpdateUserAttributes", { Username: "second", UserAttributes })).toContain(
      "AliasExistsException",
    );
  });

  test("forbid usernames that look like them", async () => {
    expect(await subject().refusal("AdminCreateUser", { Username: "a@example.com" })).toBe(
      "InvalidParameterException: Username cannot be of email format, since user pool is configured for email alias.",
    );
  });
});

describe("AdminUpdateUserAttributes", () => {
  test("unverifies a new address, unless the request says that it is verified", async () => {
    const { call } = userPool({ users: [seedUser("a")] });
    const { Username } = await call("AdminGetUser", { Username: "a@example.com" });
    await call("AdminUpdateUserAttributes", { Username, UserAttributes: list({ email: "b@example.com" }) });
    expect(attributesOf(await call("AdminGetUser", { Username }))).toMatchObject({ email_verified: "false" });
    const verified = list({ email: "c@example.com", email_verified: "true" });
    await call("AdminUpdateUserAttributes", { Username, UserAttributes: verified });
    expect(attributesOf(await call("AdminGetUser", { Username: "c@example.com" }))).toMatchObject({
      email_verified: "true",
    });
  });

  test("refuses what is immutable, and removes what is empty", async () => {
    const immutable = { Name: "custom:origin", Mutable: false };
    const { call, refusal } = userPool({ ...PLAIN, customAttributes: [immutable, "tier"] });
    const given = list({ "custom:origin": "shop", "custom:tier": "gold" });
    await call("AdminCreateUser", { Username: "a", UserAttributes: given });
    const change = (values: Record<string, string>) => ({ Username: "a", UserAttributes: list(values) });
    expect(await refusal("AdminUpdateUserAttributes", change({ "custom:origin": "web" }))).toContain(
      "custom:origin: Attribute cannot be updated.",
    );
    await call("AdminUpdateUserAttributes", change({ "custom:tier": "" }));
    const attributes = attributesOf(await call("AdminGetUser", { Username: "a" }));
    expect([attributes["custom:origin"], attributes["custom:tier"]]).toEqual(["shop", undefined]);
  });
});

test("a permanent password confirms a user, a temporary one does not", async () => {
  const { call, refusal } = userPool({ users: [seedUser("a", { status: "RESET_REQUIRED" })] });
  const Username = "a@example.com";
  await call("AdminSetUserPassword", { Username, Password: PASSWORD });
  expect((await call("AdminGetUser", { Username })).UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  await call("AdminSetUserPassword", { Username, Password: PASSWORD, Permanent: true });
  expect((await call("AdminGetUser", { Username })).UserStatus).toBe("CONFIRMED");
  expect(await refusal("AdminSetUserPassword", { Username, Password: "short" })).toContain("not long enough");
});

test("AdminResetUserPassword sends a code, and refuses a user whom none could reach", async () => {
  const { call, refusal, codes } = userPool({
    users: [seedUser("a"), seedUser("b", { attributes: { email_verified: "false" } })],
  });
  await call("AdminResetUserPassword", { Username: "a@example.com" });
  expect(codes).toHaveLength(1);
  expect((await call("AdminGetUser", { Username: "a@example.com" })).UserStatus).toBe("RESET_REQUIRED");
  expect(await refusal("AdminResetUserPassword", { Username: "b@example.com" })).toContain("InvalidParameterException");
});

test("second factors are told with the preferred one", async () => {
  const { call } = userPool({ users: [seedUser("a")] });
  const Username = "a@example.com";
  expect(await call("AdminGetUser", { Username })).not.toHaveProperty("UserMFASettingList");
  await call("AdminSetUserMFAPreference", {
    Username,
    SMSMfaSettings: { Enabled: true },
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  expect(await call("AdminGetUser", { Username })).toMatchObject({
    PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
    UserMFASettingList: ["SOFTWARE_TOKEN_MFA", "SMS_MFA"],
  });
  await call("AdminSetUserMFAPreference", { Username, SoftwareTokenMfaSettings: { Enabled: false } });
  expect((await call("AdminGetUser", { Username })).UserMFASettingList).toEqual(["SMS_MFA"]);
});

test("a user who is deleted leaves every group, and the name is free", async () => {
  const { call, pool } = userPool({ users: [seedUser("a")] });
  await call("CreateGroup", { GroupName: "staff" });
  await call("AdminAddUserToGroup", { GroupName: "staff", Username: "a@example.com" });
  await call("AdminDeleteUser", { Username: "a@example.com" });
  expect(pool.groups.membersOf("staff")).toEqual([]);
  await call("AdminCreateUser", { Username: "a@example.com" });
  expect(pool.users.size).toBe(1);
});

test.each(["AdminGetUser", "AdminDeleteUser", "AdminDisableUser", "AdminListGroupsForUser"])(
  "%s says when there is no such user",
  async (operation) => {
    expect(await userPool().refusal(operation, { Username: "a" })).toBe("UserNotFoundException: User does not exist.");
    expect(await userPool().refusal(operation, {})).toContain("Value null at 'username'");
  },
);

test.each([6, 16, 17, 99])(
  "a password that the pool makes up has the %i characters that its policy asks for",
  async (MinimumLength) => {
    const { call } = userPool({ settings: { Policies: { PasswordPolicy: { MinimumLength, RequireSymbols: true } } } });
    const { User } = await call("AdminCreateUser", { Username: "new@example.com" });
    expect(User.UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  },
);
