import { prepareKeys, TokenKeys } from "../../../../sandbox/aws/user-pool/token-keys";
import { Tokens } from "../../../../sandbox/aws/user-pool/tokens";
import { CLIENT, PASSWORD, seedUser, userPool } from "../../../support/user-pool";

const POOL = "eu-west-1_Pool00001";
const FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
const REQUEST = {
  ClientId: CLIENT,
  AuthFlow: "USER_PASSWORD_AUTH",
  AuthParameters: { USERNAME: "a@example.com", PASSWORD },
};
const byFlow = (REFRESH_TOKEN: string) => ({
  ClientId: CLIENT,
  AuthFlow: "REFRESH_TOKEN_AUTH",
  AuthParameters: { REFRESH_TOKEN },
});
const claims = (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
const header = (token: string) => JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());

/** A pool whose tokens have a clock of their own. */
function world(settings: object = {}, flows = FLOWS) {
  const clock = { seconds: 1_800_000_000 };
  const tokens = new Tokens(POOL, "eu-west-1", () => clock.seconds * 1000);
  const appClients = [{ id: CLIENT, name: "a", explicitAuthFlows: flows, settings }];
  const attributes = { email_verified: "true", phone_number: "+15550001", phone_number_verified: "false" };
  const subject = userPool({ users: [seedUser("a", { attributes }), seedUser("b")], appClients }, { tokens });
  const signIn = async () => (await subject.call("InitiateAuth", REQUEST)).AuthenticationResult;
  const renew = async (RefreshToken: string) =>
    (await subject.call("GetTokensFromRefreshToken", { ClientId: CLIENT, RefreshToken })).AuthenticationResult;
  return { ...subject, clock, signIn, renew };
}

test("claims have Cognito's names and types", async () => {
  const { signIn } = world();
  const { AccessToken, IdToken } = await signIn();
  const now = 1_800_000_000;
  const common = {
    sub: seedUser("a").username,
    iss: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool00001",
    origin_jti: expect.stringMatching(/^[\da-f-]{36}$/),
    event_id: expect.stringMatching(/^[\da-f-]{36}$/),
    jti: expect.stringMatching(/^[\da-f-]{36}$/),
    auth_time: now,
    iat: now,
    exp: now + 3600,
  };
  expect(claims(AccessToken)).toEqual({
    ...common,
    token_use: "access",
    client_id: CLIENT,
    username: seedUser("a").username,
    scope: "aws.cognito.signin.user.admin",
  });
  expect(claims(IdToken)).toEqual({
    ...common,
    token_use: "id",
    aud: CLIENT,
    "cognito:username": seedUser("a").username,
    email: "a@example.com",
    email_verified: true,
    phone_number: "+15550001",
    phone_number_verified: false,
  });
  expect(claims(IdToken).origin_jti).toBe(claims(AccessToken).origin_jti);
  expect(header(IdToken).kid).not.toBe(header(AccessToken).kid);
});

test("a refresh keeps the sign-in, and brings no new refresh token", async () => {
  const { signIn, renew, call, clock } = world();
  const first = await signIn();
  clock.seconds += 60;
  for (const again of [
    await renew(first.RefreshToken),
    (await call("InitiateAuth", byFlow(first.RefreshToken))).AuthenticationResult,
  ]) {
    expect(again.RefreshToken).toBeUndefined();
    const { origin_jti, event_id, auth_time, iat } = claims(again.AccessToken);
    const before = claims(first.AccessToken);
    expect({ origin_jti, event_id, auth_time }).toEqual({
      origin_jti: before.origin_jti,
      event_id: before.event_id,
      auth_time: before.auth_time,
    });
    expect(iat).toBe(before.iat + 60);
  }
});

test("without revocation there is no name of the sign-in, and nothing to revoke", async () => {
  const { signIn, refusal } = world({ EnableTokenRevocation: false });
  const { AccessToken, RefreshToken } = await signIn();
  expect(Object.keys(claims(AccessToken))).not.toEqual(expect.arrayContaining(["origin_jti"]));
  expect(await refusal("RevokeToken", { ClientId: CLIENT, Token: RefreshToken })).toContain("UnsupportedOperation");
});

test("tokens last as long as the client says", async () => {
  const { signIn, refusal, clock } = world({
    AccessTokenValidity: 5,
    IdTokenValidity: 2,
    RefreshTokenValidity: 1,
    TokenValidityUnits: { AccessToken: "minutes", IdToken: "hours", RefreshToken: "hours" },
  });
  const { AccessToken, IdToken, RefreshToken } = await signIn();
  expect(claims(IdToken).exp - claims(IdToken).iat).toBe(7200);
  clock.seconds += 299;
  expect(await refusal("GetUser", { AccessToken })).toBeUndefined();
  clock.seconds += 1;
  expect(await refusal("GetUser", { AccessToken })).toBe("NotAuthorizedException: Access Token has expired");
  clock.seconds += 3299;
  expect(await refusal("InitiateAuth", byFlow(RefreshToken))).toBeUndefined();
  clock.seconds += 1;
  expect(await refusal("InitiateAuth", byFlow(RefreshToken))).toBe("NotAuthorizedException: Refresh Token has expired");
});

describe("rotation", () => {
  const ROTATING = { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 } };

  test("brings a token in the place of the old one, which is good for a moment more", async () => {
    const { signIn, renew, refusal, clock } = world(ROTATING, ["ALLOW_USER_PASSWORD_AUTH"]);
    const { RefreshToken: first } = await signIn();
    const { RefreshToken: second } = await renew(first);
    expect(second).not.toBe(first);
    clock.seconds += 9;
    await renew(first);
    clock.seconds += 1;
    const old = { ClientId: CLIENT, RefreshToken: first };
    expect(await refusal("GetTokensFromRefreshToken", old)).toContain("RefreshTokenReuseException");
    await renew(second);
  });

  test("does not make a sign-in last longer", async () => {
    const { signIn, renew, refusal, clock } = world({ ...ROTATING, RefreshTokenValidity: 1 });
    const { RefreshToken: first } = await signIn();
    clock.seconds += 86_000;
    const { RefreshToken: second } = await renew(first);
    clock.seconds += 400;
    const request = { ClientId: CLIENT, RefreshToken: second };
    expect(await refusal("GetTokensFromRefreshToken", request)).toContain("Refresh Token has expired");
  });

  test("leaves no other way to refresh", async () => {
    const { signIn, refusal } = world(ROTATING);
    const { RefreshToken } = await signIn();
    expect(await refusal("InitiateAuth", byFlow(RefreshToken))).toContain("UnsupportedOperationException");
  });
});

describe("after the end of a sign-in", () => {
  const ended = async (
    end: (w: ReturnType<typeof world>, tokens: { AccessToken: string; RefreshToken: string }) => Promise<unknown>,
  ) => {
    const w = world();
    const [one, two] = [await w.signIn(), await w.signIn()];
    await end(w, one);
    const state = async ({ AccessToken, RefreshToken }: typeof one) => [
      await w.refusal("GetUser", { AccessToken }),
      await w.refusal("GetTokensFromRefreshToken", { ClientId: CLIENT, RefreshToken }),
    ];
    return [await state(one), await state(two)];
  };
  const REVOKED = [
    "NotAuthorizedException: Access Token has been revoked",
    "NotAuthorizedException: Refresh Token has been revoked",
  ];
  const GOOD = [undefined, undefined];

  test("by RevokeToken its tokens are worth nothing, and those of another are", async () => {
    expect(
      await ended(({ call }, { RefreshToken }) => call("RevokeToken", { ClientId: CLIENT, Token: RefreshToken })),
    ).toEqual([REVOKED, GOOD]);
  });

  test.each([
    ["GlobalSignOut", ({ AccessToken }: { AccessToken: string }) => ({ AccessToken })],
    ["AdminUserGlobalSignOut", () => ({ Username: "a@example.com" })],
  ])("by %s all of the user's are worth nothing", async (operation, request) => {
    expect(await ended(({ call }, tokens) => call(operation, request(tokens)))).toEqual([REVOKED, REVOKED]);
  });

  test("a new sign-in in the same second is good", async () => {
    const { signIn, call, refusal } = world();
    const { AccessToken } = await signIn();
    await call("GlobalSignOut", { AccessToken });
    expect(await refusal("GetUser", { AccessToken: (await signIn()).AccessToken })).toBeUndefined();
  });

  test("an access token is no refresh token, and who sends one is told", async () => {
    const { signIn, refusal } = world();
    const { AccessToken } = await signIn();
    expect(await refusal("RevokeToken", { ClientId: CLIENT, Token: AccessToken })).toContain("UnsupportedTokenType");
  });
});

test("another client's refresh token is worth nothing here, and a client with a secret must say it", async () => {
  const other = { id: "other00000000000000000000000", name: "b", explicitAuthFlows: FLOWS };
  const secret = { ...other, id: "secret0000000000000000000000", settings: { ClientSecret: "quiet" } };
  const own = { id: CLIENT, name: "a", explicitAuthFlows: FLOWS };
  const { call, refusal } = userPool({ users: [seedUser("a")], appClients: [own, other, secret] });
  const { RefreshToken } = (await call("InitiateAuth", REQUEST)).AuthenticationResult;
  const at = (ClientId: string, more: object = {}) => ({ ClientId, RefreshToken, ...more });
  expect([
    await refusal("GetTokensFromRefreshToken", at(other.id)),
    await refusal("GetTokensFromRefreshToken", at(secret.id)),
    await refusal("GetTokensFromRefreshToken", at(secret.id, { ClientSecret: "loud" })),
    await refusal("GetTokensFromRefreshToken", at(secret.id, { ClientSecret: "quiet" })),
  ]).toEqual([
    "NotAuthorizedException: Invalid Refresh Token",
    `NotAuthorizedException: Unable to verify secret for client ${secret.id}`,
    `NotAuthorizedException: Unable to verify secret for client ${secret.id}`,
    "NotAuthorizedException: Invalid Refresh Token",
  ]);
});

test("keys that were made ahead are those that sign, and stay", async () => {
  await prepareKeys(["eu-west-1_Ahead0001"]);
  const keys = new TokenKeys("eu-west-1_Ahead0001");
  const before = keys.list();
  const token = keys.sign("id", { sub: "a" });
  await prepareKeys(["eu-west-1_Ahead0001", "eu-west-1_Ahead0002"]);
  expect(new TokenKeys("eu-west-1_Ahead0001").list()).toEqual(before);
  expect([keys.read("id", token), keys.read("access", token)]).toEqual([{ sub: "a" }, undefined]);
  expect(new TokenKeys("eu-west-1_Ahead0002").list()).not.toEqual(before);
});
