import { createHmac } from "node:crypto";
import type { SeedUser } from "../../../../sandbox/aws/user-pool/seed";
import { CLIENT, list, named, PASSWORD, PLAIN, type Subject, seedUser, userPool } from "../../../support/user-pool";

const FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
const hiding = [
  { id: CLIENT, name: "a", explicitAuthFlows: FLOWS, settings: { PreventUserExistenceErrors: "ENABLED" as const } },
];
const request = (USERNAME: string, PASSWORD_ = PASSWORD, AuthFlow = "USER_PASSWORD_AUTH") => ({
  ClientId: CLIENT,
  AuthFlow,
  AuthParameters: { USERNAME, PASSWORD: PASSWORD_ },
});
const claims = (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

test("tokens name user, sub, client and groups", async () => {
  const { call } = userPool({ users: [seedUser("a")] });
  await call("CreateGroup", { GroupName: "staff" });
  await call("AdminAddUserToGroup", { GroupName: "staff", Username: "a@example.com" });
  const { AuthenticationResult } = await call("InitiateAuth", request("A@example.com"));
  const sub = seedUser("a").username;
  expect(claims(AuthenticationResult.AccessToken)).toMatchObject({
    sub,
    username: sub,
    client_id: CLIENT,
    token_use: "access",
    "cognito:groups": ["staff"],
    iss: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool00001",
  });
  expect(claims(AuthenticationResult.IdToken)).toMatchObject({ "cognito:username": sub, email: "a@example.com" });
  const { Username } = await call("GetUser", { AccessToken: AuthenticationResult.AccessToken });
  expect(Username).toBe(sub);
});

test("a token that was changed, or is no access token, gets nothing", async () => {
  const { call, refusal } = userPool({ users: [seedUser("a")] });
  const { AuthenticationResult: tokens } = await call("InitiateAuth", request("a@example.com"));
  const [header, payload, signature] = tokens.AccessToken.split(".");
  const other = Buffer.from(JSON.stringify({ ...claims(tokens.AccessToken), sub: "x" })).toString("base64url");
  for (const AccessToken of [`${header}.${other}.${signature}`, `${header}.${payload}.`, tokens.IdToken, "x"])
    expect(await refusal("GetUser", { AccessToken })).toContain("NotAuthorizedException");
});

test("a refresh token brings new tokens until the user is disabled", async () => {
  const { call, refusal } = userPool({ users: [seedUser("a")] });
  const { AuthenticationResult: tokens } = await call("InitiateAuth", request("a@example.com"));
  const refresh = {
    ClientId: CLIENT,
    AuthFlow: "REFRESH_TOKEN_AUTH",
    AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
  };
  expect((await call("InitiateAuth", refresh)).AuthenticationResult.AccessToken).toBeDefined();
  await call("AdminDisableUser", { Username: "a@example.com" });
  expect(await refusal("InitiateAuth", refresh)).toContain("NotAuthorizedException");
});

test.each([
  ["a wrong password", "a@example.com", "NotAuthorizedException: Incorrect username or password."],
  ["a disabled user", "disabled@example.com", "NotAuthorizedException: User is disabled."],
  ["an unconfirmed user", "unconfirmed@example.com", "UserNotConfirmedException: User is not confirmed."],
  [
    "a user who must reset",
    "reset@example.com",
    "PasswordResetRequiredException: Password reset required for the user",
  ],
  ["a federated user", "federated@example.com", "UserNotFoundException: User does not exist."],
  ["nobody", "nobody@example.com", "UserNotFoundException: User does not exist."],
])("%s is refused whatever the password", async (_, name, answer) => {
  const { refusal } = userPool({
    users: [
      seedUser("a"),
      seedUser("disabled", { enabled: false }),
      seedUser("unconfirmed", { status: "UNCONFIRMED" }),
      seedUser("reset", { status: "RESET_REQUIRED" }),
      seedUser("federated", { status: "EXTERNAL_PROVIDER" }),
    ],
  });
  expect(await refusal("InitiateAuth", request(name, "wrong"))).toBe(answer);
  expect(await refusal("AdminInitiateAuth", request(name, "wrong", "ADMIN_USER_PASSWORD_AUTH"))).toBe(answer);
});

test("a client that hides users answers for nobody as for a wrong password", async () => {
  const { refusal } = userPool({ appClients: hiding, users: [seedUser("a")] });
  const answers = [
    await refusal("InitiateAuth", request("nobody@example.com")),
    await refusal("InitiateAuth", request("a@example.com", "wrong")),
  ];
  expect(answers).toEqual(Array(2).fill("NotAuthorizedException: Incorrect username or password."));
});

test("a user without a password cannot guess one", async () => {
  const { password: _, ...imported } = seedUser("a");
  const { refusal } = userPool({ users: [imported] });
  expect(await refusal("InitiateAuth", request("a@example.com", "undefined"))).toContain("NotAuthorizedException");
});

describe("flows", () => {
  const withFlows = (explicitAuthFlows: string[]) =>
    userPool({ users: [seedUser("a")], appClients: [{ id: CLIENT, name: "a", explicitAuthFlows }] });

  test("that a client does not have are refused, before anything is said about the user", async () => {
    const { refusal } = withFlows(["ALLOW_USER_SRP_AUTH"]);
    expect(await refusal("InitiateAuth", request("a@example.com"))).toBe(
      "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
    );
    expect(await refusal("AdminInitiateAuth", request("x", "x", "ADMIN_USER_PASSWORD_AUTH"))).toBe(
      "InvalidParameterException: Auth flow not enabled for this client",
    );
  });

  test("of the administrator are none of InitiateAuth", async () => {
    const { refusal } = withFlows(FLOWS);
    expect(await refusal("InitiateAuth", request("a@example.com", PASSWORD, "ADMIN_USER_PASSWORD_AUTH"))).toContain(
      "InvalidParameterException",
    );
  });
});

describe("challenges", () => {
  const challenge = async ({ call }: Subject, name: string) => call("InitiateAuth", request(name));
  const respond = (ChallengeName: string, Session: string, ChallengeResponses: Record<string, string>) => ({
    ClientId: CLIENT,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: "a@example.com", ...ChallengeResponses },
  });

  test("a temporary password must be changed for one that the policy takes", async () => {
    const subject = userPool({ users: [seedUser("a", { status: "FORCE_CHANGE_PASSWORD" })] });
    const { ChallengeName, Session } = await challenge(subject, "a@example.com");
    expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    const answer = await subject.call(
      "RespondToAuthChallenge",
      respond(ChallengeName, Session, { NEW_PASSWORD: "Aa1-other-one" }),
    );
    expect(answer.AuthenticationResult.AccessToken).toBeDefined();
    expect(await subject.refusal("InitiateAuth", request("a@example.com"))).toContain("NotAuthorizedException");
    expect(await subject.refusal("InitiateAuth", request("a@example.com", "Aa1-other-one"))).toBeUndefined();
  });

  test("a second factor wants its code, which may be tried again, and a session serves once", async () => {
    const subject = userPool({
      users: [seedUser("a", { mfaSettings: ["SMS_MFA"], attributes: { phone_number: "+15550001" } })],
    });
    const { ChallengeName, Session } = await challenge(subject, "a@example.com");
    expect(ChallengeName).toBe("SMS_MFA");
    const wrong = respond(ChallengeName, Session, { SMS_MFA_CODE: "x" });
    expect(await subject.refusal("RespondToAuthChallenge", wrong)).toContain("CodeMismatchException");
    const right = respond(ChallengeName, Session, { SMS_MFA_CODE: subject.codes.at(-1) ?? "" });
    expect((await subject.call("RespondToAuthChallenge", right)).AuthenticationResult.AccessToken).toBeDefined();
    expect(await subject.refusal("RespondToAuthChallenge", right)).toContain("NotAuthorizedException");
  });

  const withSms = { mfaSettings: ["SMS_MFA"], attributes: { phone_number: "+15550001" } };
  const EXPIRED = "NotAuthorizedException: Invalid session for the user, session is expired.";

  test.each([
    [{}, 180],
    [{ AuthSessionValidity: 15 }, 900],
  ])("a client with %j waits %s seconds for an answer", async (settings, seconds) => {
    const clock = { now: new Date("2026-09-05T09:05:03Z") };
    const pass = (ms: number): void => {
      clock.now = new Date(clock.now.getTime() + ms);
    };
    const appClients = [{ id: CLIENT, name: "a", explicitAuthFlows: FLOWS, settings }];
    const subject = userPool({ users: [seedUser("a", withSms)], appClients }, { now: () => clock.now });
    const answer = async () => {
      const { ChallengeName, Session } = await challenge(subject, "a@example.com");
      return respond(ChallengeName, Session, { SMS_MFA_CODE: subject.codes.at(-1) ?? "" });
    };
    const inTime = await answer();
    pass(seconds * 1000 - 1);
    expect(await subject.refusal("RespondToAuthChallenge", inTime)).toBeUndefined();
    const late = await answer();
    pass(seconds * 1000);
    expect(await subject.refusal("RespondToAuthChallenge", late)).toBe(EXPIRED);
    expect(await subject.refusal("RespondToAuthChallenge", late)).toContain("Invalid session for the user.");
  });

  test("an answer names the user, by any name, and nobody else", async () => {
    const subject = userPool({ users: [seedUser("a", withSms), seedUser("b")] });
    const { ChallengeName, Session } = await challenge(subject, "a@example.com");
    const as = (USERNAME: string) =>
      subject.refusal(
        "RespondToAuthChallenge",
        respond(ChallengeName, Session, { USERNAME, SMS_MFA_CODE: subject.codes.at(-1) ?? "" }),
      );
    expect(await as("")).toBe("InvalidParameterException: Missing required parameter USERNAME");
    for (const other of ["b@example.com", "nobody@example.com"])
      expect(await as(other)).toBe("NotAuthorizedException: Invalid session for the user.");
    expect(await as(seedUser("a").username)).toBeUndefined();
  });

  test.each(["RespondToAuthChallenge", "AdminRespondToAuthChallenge"])(
    "a client with a secret proves it in every answer: %s",
    async (operation) => {
      const appClients = [{ id: CLIENT, name: "a", explicitAuthFlows: FLOWS, settings: { ClientSecret: "secret" } }];
      const subject = userPool({ users: [seedUser("a", withSms)], appClients });
      const hash = (name: string) => createHmac("sha256", "secret").update(`${name}${CLIENT}`).digest("base64");
      const asked = request("a@example.com");
      const { ChallengeName, Session } = await subject.call("InitiateAuth", {
        ...asked,
        AuthParameters: { ...asked.AuthParameters, SECRET_HASH: hash("a@example.com") },
      });
      const refusal = (parameters: Record<string, string>) => {
        const answers = { SMS_MFA_CODE: subject.codes.at(-1) ?? "", ...parameters };
        return subject.refusal(operation, respond(ChallengeName, Session, answers));
      };
      expect(await refusal({})).toContain("SECRET_HASH was not received");
      expect(await refusal({ SECRET_HASH: hash("b@example.com") })).toContain("Unable to verify secret hash");
      expect(await refusal({ SECRET_HASH: hash("a@example.com") })).toBeUndefined();
    },
  );

  test.each<[string, string, object, string]>([
    ["is disabled", "AdminDisableUser", {}, "User is disabled."],
    [
      "has another password",
      "AdminSetUserPassword",
      { Password: "Aa1-from-above", Permanent: true },
      "Invalid session",
    ],
    ["must reset", "AdminResetUserPassword", {}, "PasswordResetRequiredException"],
  ])("who %s since has no way in by an open challenge, and changes nothing", async (_, operation, more, refused) => {
    const verified = { email_verified: "true" };
    const users = [
      seedUser("temporary", { status: "FORCE_CHANGE_PASSWORD", attributes: verified }),
      seedUser("sms", { ...withSms, attributes: { ...withSms.attributes, ...verified } }),
    ];
    const subject = userPool({ users });
    for (const [name, answers] of [
      ["temporary", { NEW_PASSWORD: "Aa1-other-one" }],
      ["sms", {}],
    ] as const) {
      if (name === "temporary" && operation === "AdminResetUserPassword") continue;
      const Username = `${name}@example.com`;
      const { ChallengeName, Session } = await challenge(subject, Username);
      const code = { SMS_MFA_CODE: subject.codes.at(-1) ?? "" };
      await subject.call(operation, { Username, ...more });
      const { password } = subject.pool.user(Username);
      const answer = respond(ChallengeName, Session, { USERNAME: Username, ...code, ...answers });
      expect(await subject.refusal("RespondToAuthChallenge", answer)).toContain(refused);
      expect(subject.pool.user(Username).password).toBe(password);
    }
  });

  test("a session is of a user, not of whoever has the name later", async () => {
    const subject = userPool({ ...PLAIN, users: [named("jane", { status: "FORCE_CHANGE_PASSWORD" })] });
    const { ChallengeName, Session } = await challenge(subject, "jane");
    await subject.call("AdminDeleteUser", { Username: "jane" });
    await subject.call("AdminCreateUser", { Username: "jane", TemporaryPassword: PASSWORD, MessageAction: "SUPPRESS" });
    const answer = respond(ChallengeName, Session, { USERNAME: "jane", NEW_PASSWORD: "Aa1-other-one" });
    expect(await subject.refusal("RespondToAuthChallenge", answer)).toContain("Invalid session for the user.");
  });

  test("who has several factors chooses", async () => {
    const subject = userPool({ users: [seedUser("a", { mfaSettings: ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] })] });
    const { ChallengeName, Session } = await challenge(subject, "a@example.com");
    expect(ChallengeName).toBe("SELECT_MFA_TYPE");
    const chosen = await subject.call(
      "RespondToAuthChallenge",
      respond(ChallengeName, Session, { ANSWER: "EMAIL_OTP" }),
    );
    expect(chosen.ChallengeName).toBe("EMAIL_OTP");
  });
});

describe("the user migration trigger", () => {
  const TRIGGER = { UserMigration: "arn:aws:lambda:eu-west-1:111111111111:function:migrate" };
  const migrating = (response: object, seed = {}) =>
    userPool(
      { lambdaConfig: TRIGGER, appClients: hiding, ...seed },
      { trigger: () => ({ kind: "returned", payload: { response } }) },
    );

  test("is asked for who is unknown, with the name in small letters, and never again", async () => {
    const { call, events, pool } = migrating({
      userAttributes: { email: "new@example.com", email_verified: "true" },
      finalUserStatus: "CONFIRMED",
    });
    await call("InitiateAuth", { ...request("New@Example.com"), ClientMetadata: { from: "app" } });
    await call("InitiateAuth", request("new@example.com"));
    expect(events).toEqual([
      expect.objectContaining({
        triggerSource: "UserMigration_Authentication",
        userName: "new@example.com",
        request: expect.objectContaining({ password: PASSWORD, validationData: { from: "app" } }),
      }),
    ]);
    expect(pool.users.find("new@example.com")?.status).toBe("CONFIRMED");
  });

  test("that returns the event untouched leaves nobody behind", async () => {
    const { refusal, pool } = migrating({ userAttributes: null });
    expect(await refusal("InitiateAuth", request("new@example.com"))).toContain("Incorrect username or password.");
    expect(pool.users.size).toBe(0);
  });

  test("chooses a username in a pool with aliases, whose alias must be free", async () => {
    const seed = { ...PLAIN, aliasAttributes: ["email" as const] };
    const userAttributes = { username: "chosen", email: "new@example.com", email_verified: "true" };
    const free = migrating({ userAttributes, finalUserStatus: "CONFIRMED" }, seed);
    await free.call("InitiateAuth", request("new@example.com"));
    expect(free.pool.users.find("chosen")?.attributes["email"]).toBe("new@example.com");
    const taken = migrating({ userAttributes }, { ...seed, users: [named("chosen")] });
    expect(await taken.refusal("InitiateAuth", request("new@example.com"))).toContain(
      "UserNotFoundException: Error during migration",
    );
  });

  test("lets a client sign in with SMS MFA once, and asks for the code from then on", async () => {
    const subject = migrating({
      userAttributes: { email: "new@example.com", phone_number: "+15550001" },
      finalUserStatus: "CONFIRMED",
      enableSMSMFA: true,
    });
    expect((await subject.call("InitiateAuth", request("new@example.com"))).AuthenticationResult).toBeDefined();
    expect((await subject.call("InitiateAuth", request("new@example.com"))).ChallengeName).toBe("SMS_MFA");
  });
});

describe("a forgotten password", () => {
  const forgot = { ClientId: CLIENT, Username: "a@example.com" };

  test("is replaced with the code, once", async () => {
    const { call, refusal, codes } = userPool({ users: [seedUser("a", { status: "RESET_REQUIRED" })] });
    const { CodeDeliveryDetails } = await call("ForgotPassword", forgot);
    expect(CodeDeliveryDetails).toEqual({ AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" });
    const confirm = { ...forgot, ConfirmationCode: codes[0], Password: "Aa1-other-one" };
    expect(await refusal("ConfirmForgotPassword", { ...confirm, ConfirmationCode: "x" })).toContain("CodeMismatch");
    expect(await refusal("ConfirmForgotPassword", { ...confirm, Password: "x" })).toContain("InvalidPassword");
    await call("ConfirmForgotPassword", confirm);
    expect(await refusal("ConfirmForgotPassword", confirm)).toContain("ExpiredCodeException");
    expect(await refusal("InitiateAuth", request("a@example.com", "Aa1-other-one"))).toBeUndefined();
  });

  test.each([
    [
      "the setting's first",
      [
        { Name: "verified_email" as const, Priority: 1 },
        { Name: "verified_phone_number" as const, Priority: 2 },
      ],
      "EMAIL",
    ],
    ["by text message without a setting", undefined, "SMS"],
  ])("goes %s", async (_, RecoveryMechanisms, medium) => {
    const { call } = userPool({
      users: [seedUser("a", { attributes: { phone_number: "+15550001", phone_number_verified: "true" } })],
      settings: RecoveryMechanisms === undefined ? {} : { AccountRecoverySetting: { RecoveryMechanisms } },
    });
    expect((await call("ForgotPassword", forgot)).CodeDeliveryDetails["DeliveryMedium"]).toBe(medium);
  });
});

test("who signs up is unconfirmed until the code comes back, and proves no address by saying so", async () => {
  const { call, refusal, codes, pool } = userPool();
  const signUp = {
    ClientId: CLIENT,
    Username: "a@example.com",
    Password: PASSWORD,
    UserAttributes: list({ email: "a@example.com", email_verified: "true" }),
  };
  await call("SignUp", signUp);
  expect(pool.users.find("a@example.com")).toMatchObject({ status: "UNCONFIRMED" });
  expect(pool.users.find("a@example.com")?.attributes).not.toHaveProperty("email_verified");
  expect(await refusal("SignUp", signUp)).toContain("UsernameExistsException");
  await call("ConfirmSignUp", { ClientId: CLIENT, Username: "a@example.com", ConfirmationCode: codes[0] });
  expect(pool.users.find("a@example.com")).toMatchObject({
    status: "CONFIRMED",
    attributes: { email_verified: "true" },
  });
});

test("where only administrators make users, nobody signs up", async () => {
  const { refusal } = userPool({ settings: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } });
  const signUp = { ClientId: CLIENT, Username: "a@example.com", Password: PASSWORD };
  expect(await refusal("SignUp", signUp)).toContain("NotAuthorizedException");
});

describe("whether a second factor is asked for is the pool's to say", () => {
  const sms = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::111111111111:role/sms" } };
  const number = { attributes: { phone_number: "+15550001" } };

  test.each([
    ["OFF", {}, { mfaSettings: ["SMS_MFA"], ...number }, undefined],
    ["OPTIONAL", sms, number, undefined],
    ["OPTIONAL", sms, { mfaSettings: ["SMS_MFA"], ...number }, "SMS_MFA"],
    ["ON", sms, number, "SMS_MFA"],
    ["ON", sms, {}, "MFA_SETUP"],
    ["ON", {}, number, "MFA_SETUP"],
    ["ON", {}, { mfaSettings: ["SOFTWARE_TOKEN_MFA"] }, "SOFTWARE_TOKEN_MFA"],
  ] as const)("MFA %s, settings %j, user %j: %s", async (MfaConfiguration, more, user, challenge) => {
    const { call } = userPool({ settings: { MfaConfiguration, ...more }, users: [seedUser("a", user)] });
    expect((await call("InitiateAuth", request("a@example.com"))).ChallengeName).toBe(challenge);
  });
});

describe("a code says what it is for and where it goes, and no more of the address than Cognito does", () => {
  const number = { phone_number: "+15550001", phone_number_verified: "true" };
  const toEmail = { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" };
  const toNumber = { AttributeName: "phone_number", DeliveryMedium: "SMS", Destination: "+*******0001" };
  const Username = "a@example.com";

  test.each<[string, SeedUser[], string, object, object]>([
    ["forgotten password", [seedUser("a")], "ForgotPassword", { ClientId: CLIENT, Username }, toEmail],
    ["reset by an administrator", [seedUser("a")], "AdminResetUserPassword", { Username }, toEmail],
    [
      "reset by an administrator",
      [seedUser("a", { attributes: number })],
      "AdminResetUserPassword",
      { Username },
      toNumber,
    ],
    [
      "second factor",
      [seedUser("a", { attributes: number, mfaSettings: ["SMS_MFA"] })],
      "InitiateAuth",
      request(Username),
      toNumber,
    ],
    ["second factor", [seedUser("a", { mfaSettings: ["EMAIL_OTP"] })], "InitiateAuth", request(Username), toEmail],
    [
      "sign-up",
      [],
      "SignUp",
      { ClientId: CLIENT, Username, Password: PASSWORD, UserAttributes: list({ email: Username }) },
      toEmail,
    ],
  ])("%s", async (purpose, users, operation, body, delivery) => {
    const { call, sent } = userPool({ users });
    await call(operation, body);
    expect(sent).toEqual([{ purpose, delivery }]);
  });
});
