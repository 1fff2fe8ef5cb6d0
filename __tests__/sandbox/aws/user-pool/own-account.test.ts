import { codeAt, stepOf } from "../../../../sandbox/aws/user-pool/totp";
import { CLIENT, list, PASSWORD, seedUser, userPool } from "../../../support/user-pool";

const FLOWS = ["ALLOW_USER_PASSWORD_AUTH"];
const request = (name = "a@example.com", password = PASSWORD) => ({
  ClientId: CLIENT,
  AuthFlow: "USER_PASSWORD_AUTH",
  AuthParameters: { USERNAME: name, PASSWORD: password },
});

async function signedIn(seed: Parameters<typeof userPool>[0] = {}, options: Parameters<typeof userPool>[1] = {}) {
  const attributes = { email_verified: "true" };
  const subject = userPool({ users: [seedUser("a", { attributes }), seedUser("b")], ...seed }, options);
  const { AccessToken } = (await subject.call("InitiateAuth", request())).AuthenticationResult;
  const own = async () =>
    Object.fromEntries(
      (await subject.call("GetUser", { AccessToken })).UserAttributes.map(({ Name, Value }) => [Name, Value]),
    );
  return { ...subject, AccessToken, own };
}

describe("ChangePassword", () => {
  test("takes the old password and one that the policy takes, and leaves the sign-in", async () => {
    const { refusal, AccessToken } = await signedIn();
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      refusal("ChangePassword", { AccessToken, PreviousPassword, ProposedPassword });
    expect(await change("Aa1-wrong", "Aa1-new-password")).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    expect(await change(PASSWORD, "short")).toContain("InvalidPasswordException");
    expect(await change(PASSWORD, "Aa1-new-password")).toBeUndefined();
    expect(await refusal("GetUser", { AccessToken })).toBeUndefined();
    expect(await refusal("InitiateAuth", request())).toContain("NotAuthorizedException");
    expect(await refusal("InitiateAuth", request("a@example.com", "Aa1-new-password"))).toBeUndefined();
  });
});

describe("UpdateUserAttributes", () => {
  test("changes what the client may write, and asks for a code for a new address", async () => {
    const { call, refusal, AccessToken, own, codes, sent } = await signedIn();
    const updated = await call("UpdateUserAttributes", {
      AccessToken,
      UserAttributes: list({ "custom:tier": "gold", email: "new@example.com" }),
    });
    expect(updated.CodeDeliveryDetailsList).toEqual([
      { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "n***@e***" },
    ]);
    expect(await own()).toMatchObject({ "custom:tier": "gold", email: "new@example.com", email_verified: "false" });
    expect(sent).toEqual([expect.objectContaining({ purpose: "address to verify" })]);
    const verify = { AccessToken, AttributeName: "email" };
    expect(await refusal("VerifyUserAttribute", { ...verify, Code: "x" })).toContain("CodeMismatchException");
    await call("VerifyUserAttribute", { ...verify, Code: codes[0] });
    expect((await own())["email_verified"]).toBe("true");
  });

  test("keeps the old address until the new one is verified, where the pool says so", async () => {
    const settings = { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email" as const] } };
    const { call, refusal, AccessToken, own, codes } = await signedIn({ settings });
    const UserAttributes = list({ email: "new@example.com" });
    await call("UpdateUserAttributes", { AccessToken, UserAttributes });
    expect(await own()).toMatchObject({ email: "a@example.com", email_verified: "true" });
    expect(await refusal("InitiateAuth", request("new@example.com"))).toContain("UserNotFoundException");
    await call("VerifyUserAttribute", { AccessToken, AttributeName: "email", Code: codes[0] });
    expect(await own()).toMatchObject({ email: "new@example.com", email_verified: "true" });
    expect(await refusal("InitiateAuth", request("new@example.com"))).toBeUndefined();
  });

  test.each([
    ["what the client may not write", { WriteAttributes: ["email"] }, { "custom:tier": "gold" }],
    ["what proves an address", {}, { email_verified: "true" }],
  ])("refuses %s", async (_, settings, values) => {
    const appClients = [{ id: CLIENT, name: "a", explicitAuthFlows: FLOWS, settings }];
    const { refusal, AccessToken } = await signedIn({ appClients });
    for (const operation of ["UpdateUserAttributes", "DeleteUserAttributes"].slice(0, "custom:tier" in values ? 2 : 1))
      expect(
        await refusal(operation, {
          AccessToken,
          UserAttributes: list(values),
          UserAttributeNames: Object.keys(values),
        }),
      ).toBe("NotAuthorizedException: A client attempted to write unauthorized attribute");
  });

  test("does not take another user's address", async () => {
    const { refusal, AccessToken } = await signedIn();
    const UserAttributes = list({ email: "b@example.com" });
    expect(await refusal("UpdateUserAttributes", { AccessToken, UserAttributes })).toContain("UsernameExistsException");
  });
});

test("a code for an address is not one for a forgotten password, nor the other way round", async () => {
  const { call, refusal, AccessToken, codes } = await signedIn();
  await call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: "email" });
  const at = { ClientId: CLIENT, Username: "a@example.com", Password: "Aa1-new-password" };
  expect(await refusal("ConfirmForgotPassword", { ...at, ConfirmationCode: codes[0] })).toContain("ExpiredCode");
  await call("ForgotPassword", at);
  const verify = { AccessToken, AttributeName: "email" };
  if (codes[0] !== codes[1])
    expect(await refusal("VerifyUserAttribute", { ...verify, Code: codes[1] })).toContain("CodeMismatch");
  expect(await refusal("VerifyUserAttribute", { ...verify, Code: codes[0] })).toBeUndefined();
});

test("who deletes the account is gone, with sign-ins and groups, and a new one under the name has neither", async () => {
  const { call, refusal, AccessToken, pool } = await signedIn();
  await call("CreateGroup", { GroupName: "staff" });
  await call("AdminAddUserToGroup", { GroupName: "staff", Username: "a@example.com" });
  await call("DeleteUser", { AccessToken });
  expect(await refusal("GetUser", { AccessToken })).toContain("NotAuthorizedException: Access Token has been revoked");
  expect(await refusal("InitiateAuth", request())).toContain("UserNotFoundException");
  await call("SignUp", { ClientId: CLIENT, Username: "a@example.com", Password: PASSWORD });
  expect(pool.groups.of(pool.user("a@example.com").username)).toEqual([]);
});

test("a code is of the address that it was sent to, and of what it was sent for", async () => {
  const { call, refusal, codes, AccessToken } = await signedIn({
    settings: { AutoVerifiedAttributes: [] },
    users: [seedUser("a", { mfaSettings: [], attributes: { email_verified: "true" } })],
  });
  const verify = (Code: string | undefined) =>
    refusal("VerifyUserAttribute", { AccessToken, AttributeName: "email", Code });
  await call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: "email" });
  const [first] = codes;
  await call("UpdateUserAttributes", { AccessToken, UserAttributes: [{ Name: "email", Value: "b@example.com" }] });
  expect(await verify(first)).toContain("ExpiredCodeException");
  await call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: "email" });
  expect(await verify(codes.at(-1))).toBeUndefined();
  await call("ForgotPassword", { ClientId: CLIENT, Username: "b@example.com" });
  await call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: "email" });
  expect(await verify(codes.at(-2))).toContain("CodeMismatchException");
});

describe("ResendConfirmationCode", () => {
  test("sends a code that confirms, to who is unconfirmed", async () => {
    const { call, refusal, codes } = userPool({ users: [seedUser("a")] });
    const at = { ClientId: CLIENT, Username: "new@example.com" };
    await call("SignUp", { ...at, Password: PASSWORD });
    await call("ResendConfirmationCode", at);
    expect(codes).toHaveLength(2);
    expect(await refusal("ConfirmSignUp", { ...at, ConfirmationCode: codes[1] })).toBeUndefined();
    expect(await refusal("ResendConfirmationCode", at)).toBe("InvalidParameterException: User is already confirmed.");
    expect(await refusal("ResendConfirmationCode", { ...at, Username: "x@example.com" })).toContain("UserNotFound");
  });
});

describe("an authenticator app", () => {
  const clock = { now: new Date("2026-09-05T09:05:03Z") };
  const later = (seconds: number): void => {
    clock.now = new Date(clock.now.getTime() + seconds * 1000);
  };
  const codeOf = (secret: string) => codeAt(secret, stepOf(clock.now));
  const respond = (ChallengeName: string, Session: string, responses: object = {}) => ({
    ClientId: CLIENT,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: "a@example.com", ...responses },
  });

  test("counts once it is verified and preferred, and each of its codes once", async () => {
    const { call, refusal, AccessToken } = await signedIn({}, { now: () => clock.now });
    const { SecretCode } = await call("AssociateSoftwareToken", { AccessToken });
    const prefer = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
    expect(await refusal("SetUserMFAPreference", prefer)).toContain("User has not verified software token mfa");
    const wrong = { AccessToken, UserCode: "x" };
    expect(await refusal("VerifySoftwareToken", wrong)).toBe("EnableSoftwareTokenMFAException: Code mismatch");
    expect((await call("VerifySoftwareToken", { AccessToken, UserCode: codeOf(SecretCode) })).Status).toBe("SUCCESS");
    await call("SetUserMFAPreference", prefer);
    expect((await call("GetUser", { AccessToken })).PreferredMfaSetting).toBe("SOFTWARE_TOKEN_MFA");

    const { ChallengeName, Session } = await call("InitiateAuth", request());
    expect(ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string) => respond(ChallengeName, Session, { SOFTWARE_TOKEN_MFA_CODE });
    expect(await refusal("RespondToAuthChallenge", answer("x"))).toContain("CodeMismatchException");
    expect(await refusal("RespondToAuthChallenge", answer(codeOf(SecretCode)))).toContain("ExpiredCodeException");
    later(30);
    const { AuthenticationResult } = await call("RespondToAuthChallenge", answer(codeOf(SecretCode)));
    expect(AuthenticationResult.AccessToken).toBeDefined();
  });

  test("is set up on the way in where the pool demands a factor", async () => {
    const settings = { MfaConfiguration: "ON" as const };
    const { call, refusal } = userPool({ users: [seedUser("a")], settings }, { now: () => clock.now });
    const { ChallengeName, ChallengeParameters, Session } = await call("InitiateAuth", request());
    expect([ChallengeName, ChallengeParameters["MFAS_CAN_SETUP"]]).toEqual(["MFA_SETUP", '["SOFTWARE_TOKEN_MFA"]']);
    expect(await refusal("RespondToAuthChallenge", respond(ChallengeName, Session))).toContain("NotAuthorized");
    const { SecretCode, Session: second } = await call("AssociateSoftwareToken", { Session });
    const { Session: third } = await call("VerifySoftwareToken", { Session: second, UserCode: codeOf(SecretCode) });
    const { AuthenticationResult } = await call("RespondToAuthChallenge", respond(ChallengeName, third));
    expect(AuthenticationResult.AccessToken).toBeDefined();
    expect((await call("InitiateAuth", request())).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  test("is not there where the pool has none, and a text message needs a number", async () => {
    const mfa = { SoftwareTokenMfaConfiguration: { Enabled: false } };
    const { refusal, AccessToken } = await signedIn({ mfa });
    expect(await refusal("AssociateSoftwareToken", { AccessToken })).toContain("SoftwareTokenMFANotFoundException");
    const sms = { AccessToken, SMSMfaSettings: { Enabled: true } };
    expect(await refusal("SetUserMFAPreference", sms)).toContain("InvalidParameterException");
  });

  test("is not set up by whose access has gone since", async () => {
    const settings = { MfaConfiguration: "ON" as const };
    const { call, refusal } = userPool({ users: [seedUser("a")], settings });
    const { Session } = await call("InitiateAuth", request());
    await call("AdminDisableUser", { Username: "a@example.com" });
    expect(await refusal("AssociateSoftwareToken", { Session })).toBe("NotAuthorizedException: User is disabled.");
  });

  test("takes no session but that of its challenge", async () => {
    const { call, refusal } = userPool({ users: [seedUser("a", { status: "FORCE_CHANGE_PASSWORD" })] });
    const { Session } = await call("InitiateAuth", request());
    for (const session of [Session, "x"])
      expect(await refusal("AssociateSoftwareToken", { Session: session })).toContain("NotAuthorizedException");
  });
});
