import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  type AuthFlowType,
  type ChallengeNameType,
  GetTokensFromRefreshTokenCommand,
  GetUserAttributeVerificationCodeCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { codeAt, stepOf } from "../../sandbox/aws/user-pool/totp";
import { describeDeep } from "../support/deep";
import { srpClient } from "../support/srp-client";
import { PASSWORD } from "../support/user-pool";
import { asking, expectSame, ofMoto, ofOurs, type Seen, type Subject } from "./lab/both-pools";
import { type Moto, startMoto } from "./lab/moto";

const API = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference";
const SRP =
  "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html";

const MOTO_DIFFERS: Readonly<Record<string, string>> = {
  "SRP without a public number": `${API}/API_InitiateAuth.html`,
  // Moto takes any answer for the right one.
  "an SRP answer of another password": SRP,
  "an SRP answer a second time": SRP,
  "a session that is none": `${API}/API_RespondToAuthChallenge.html`,
  "an answer without a name": `${API}/API_RespondToAuthChallenge.html`,
  "another user's name": `${API}/API_RespondToAuthChallenge.html`,
  "an authenticator app": `${API}/API_AssociateSoftwareToken.html`,
  "a wrong code to verify": `${API}/API_VerifySoftwareToken.html`,
  "a wrong code": `${API}/API_RespondToAuthChallenge.html`,
};

/** Operations of clients that moto does not know. As soon as it does, they belong into the comparison. */
const MOTO_LACKS = [
  ["RevokeToken", (ClientId: string) => new RevokeTokenCommand({ ClientId, Token: "none" })],
  [
    "GetTokensFromRefreshToken",
    (ClientId: string) => new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: "none" }),
  ],
  [
    "ResendConfirmationCode",
    (ClientId: string) => new ResendConfirmationCodeCommand({ ClientId, Username: "x@example.com" }),
  ],
  [
    "GetUserAttributeVerificationCode",
    () => new GetUserAttributeVerificationCodeCommand({ AccessToken: "none", AttributeName: "email" }),
  ],
  [
    "VerifyUserAttribute",
    () => new VerifyUserAttributeCommand({ AccessToken: "none", AttributeName: "email", Code: "1" }),
  ],
] as const;

/** What an application sees of its users' sign-ins. */
async function signIns({ client, UserPoolId, ClientId }: Subject): Promise<Seen> {
  const seen: Seen = {};
  const see = asking(seen);
  const create = async (name: string, isPermanent: boolean) => {
    const at = { UserPoolId, Username: `${name}@example.com` };
    const UserAttributes = [{ Name: "email", Value: at.Username }];
    const quiet = { TemporaryPassword: PASSWORD, MessageAction: "SUPPRESS" as const };
    await client.send(new AdminCreateUserCommand({ ...at, ...quiet, UserAttributes }));
    if (isPermanent) await client.send(new AdminSetUserPasswordCommand({ ...at, Password: PASSWORD, Permanent: true }));
  };
  const begin = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>) =>
    client.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
  const withPassword = (name: string, password = PASSWORD) =>
    begin("USER_PASSWORD_AUTH", { USERNAME: `${name}@example.com`, PASSWORD: password });
  const respond = (name: string | undefined, Session: string | undefined, answers: Record<string, string>) =>
    client.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: name as ChallengeNameType,
        Session,
        ChallengeResponses: answers,
      }),
    );
  /** The challenge, or which tokens there are. */
  const outcome = ({ ChallengeName, AuthenticationResult }: InitiateAuthCommandOutput) =>
    ChallengeName ?? Object.keys(AuthenticationResult ?? {}).sort();
  const overSrp = async (name: string, password = PASSWORD) => {
    const srp = srpClient(UserPoolId);
    const first = await begin("USER_SRP_AUTH", { USERNAME: `${name}@example.com`, SRP_A: srp.A });
    const sent = first.ChallengeParameters ?? {};
    const answers = { USERNAME: sent["USERNAME"] ?? "", ...srp.answer(sent, password) };
    return { first, answer: () => respond("PASSWORD_VERIFIER", undefined, answers) };
  };
  for (const name of ["a", "other"]) await create(name, true);
  for (const name of ["temporary", "another"]) await create(name, false);

  await see("SRP begins", async () => {
    const { ChallengeName, ChallengeParameters } = (await overSrp("a")).first;
    return [ChallengeName, Object.keys(ChallengeParameters ?? {}).sort()];
  });
  await see("SRP of nobody", () => overSrp("nobody"));
  await see("SRP without a public number", () => begin("USER_SRP_AUTH", { USERNAME: "a@example.com" }));
  await see("SRP with the right password", async () => outcome(await (await overSrp("a")).answer()));
  await see("an SRP answer of another password", async () => outcome(await (await overSrp("a", "other")).answer()));
  await see("an SRP answer a second time", async () => {
    const { answer } = await overSrp("a");
    await answer();
    return answer();
  });
  await see("SRP with a temporary password", async () => outcome(await (await overSrp("temporary")).answer()));
  await see("a flow that the client does not allow", () => begin("USER_AUTH", { USERNAME: "a@example.com" }));

  const newPassword = async (NEW_PASSWORD: string, USERNAME = "temporary@example.com") => {
    const { ChallengeName, Session } = await withPassword("temporary");
    return outcome(await respond(ChallengeName, Session, { USERNAME, NEW_PASSWORD }));
  };
  await see("a weak new password", () => newPassword("weak"));
  await see("another user's name", () => newPassword(`${PASSWORD}2`, "another@example.com"));
  await see("an answer without a name", async () => {
    const { ChallengeName, Session } = await withPassword("another");
    return outcome(await respond(ChallengeName, Session, { NEW_PASSWORD: `${PASSWORD}3` }));
  });
  await see("a session that is none", () =>
    respond("NEW_PASSWORD_REQUIRED", "none-that-was-ever-given", {
      USERNAME: "temporary@example.com",
      NEW_PASSWORD: `${PASSWORD}2`,
    }),
  );

  const AccessToken = (await withPassword("a")).AuthenticationResult?.AccessToken ?? "";
  let secret = "";
  await see("an authenticator app", async () => {
    const { SecretCode = "" } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    secret = SecretCode;
    return /^[A-Z2-7]{16,}$/.test(SecretCode);
  });
  const code = (ahead = 0) => codeAt(secret, stepOf(new Date()) + ahead);
  const wrong = () => (code() === "000000" ? "000001" : "000000");
  await see("a wrong code to verify", () =>
    client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: wrong() })),
  );
  await see("the right code to verify", async () => {
    const { Status } = await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: code() }));
    return Status;
  });
  await see("the app is preferred", async () => {
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await client.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    return outcome(await withPassword("a"));
  });
  await see("SRP and the app", async () => outcome(await (await overSrp("a")).answer()));
  const secondFactor = async (SOFTWARE_TOKEN_MFA_CODE: string) => {
    const { ChallengeName, Session } = await withPassword("a");
    return outcome(await respond(ChallengeName, Session, { USERNAME: "a@example.com", SOFTWARE_TOKEN_MFA_CODE }));
  };
  await see("a wrong code", () => secondFactor(wrong()));
  // A code counts once: this one is of the next thirty seconds.
  await see("the right code", () => secondFactor(code(1)));
  return seen;
}

describeDeep("sign-ins of real clients, beside moto's", (tools) => {
  let moto: Moto;
  let ours: Awaited<ReturnType<typeof ofOurs>>;
  let theirs: Subject;
  beforeAll(async () => {
    moto = await startMoto(tools.motoServer);
    ours = await ofOurs();
    theirs = await ofMoto(moto);
  });
  afterAll(async () => {
    await ours.endpoint.close();
    await moto.stop();
  });

  test("answer the same", async () => {
    expectSame(await signIns(ours), await signIns(theirs), MOTO_DIFFERS, 10);
  });

  test.each(MOTO_LACKS)("%s is not in moto, and is here", async (_, command) => {
    const nameOf = ({ client, ClientId }: Subject) =>
      client.send(command(ClientId) as RevokeTokenCommand).then(
        () => "answered",
        (error: Error) => error.name,
      );
    expect(await nameOf(theirs)).not.toMatch(/NotAuthorized|UserNotFound/);
    expect(await nameOf(ours)).not.toMatch(/Unknown/);
  });
});
