// The SDK, the CLI and boto3: clients that send what they are given, and know nothing of a session.
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import identity from "amazon-cognito-identity-js";

const run = promisify(execFile);

/** A failure of a program, in the words of the service. */
function refused({ stderr = "", message }) {
  const [, name = "Error", said = message] = /\((\w+)\) when calling .*?: (.*)/.exec(stderr) ?? [];
  return Object.assign(new Error(said.trim()), { name });
}

const TRANSPORTS = {
  sdk: ({ project, region, endpoint }) => {
    const sdk = createRequire(`${project}/package.json`)("@aws-sdk/client-cognito-identity-provider");
    const client = new sdk.CognitoIdentityProviderClient({ region, endpoint });
    return (operation, request) => client.send(new sdk[`${operation}Command`](request));
  },
  cli: ({ region, endpoint }) => {
    return async (operation, request) => {
      const command = operation.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
      const options = ["--no-sign-request", "--region", region, "--endpoint-url", endpoint, "--output", "json"];
      const input = ["--cli-input-json", JSON.stringify(request)];
      const { stdout } = await run("aws", ["cognito-idp", command, ...options, ...input]).catch((error) => {
        throw refused(error);
      });
      return JSON.parse(stdout || "{}");
    };
  },
  boto3: ({ region, endpoint }) => {
    const program = fileURLToPath(new URL("./boto3-call.py", import.meta.url));
    return async (operation, request) => {
      const parameters = [program, region, endpoint, operation, JSON.stringify(request)];
      const { stdout } = await run("python3", parameters).catch((error) => {
        throw refused(error);
      });
      return JSON.parse(stdout);
    };
  },
};

const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());

export async function open(config, transport) {
  const { clientId: ClientId, userPoolId } = config;
  const send = TRANSPORTS[transport](config);
  let tokens;
  const passed = ({ AuthenticationResult, ChallengeName }) => {
    if (AuthenticationResult === undefined) return ChallengeName;
    tokens = { ...tokens, ...AuthenticationResult };
    return "signed in";
  };
  const initiate = (AuthFlow, AuthParameters) => send("InitiateAuth", { ClientId, AuthFlow, AuthParameters });
  return {
    calls: {
      password: "InitiateAuth, USER_PASSWORD_AUTH",
      srp: "InitiateAuth, USER_SRP_AUTH, and RespondToAuthChallenge; the arithmetic is another library's",
      choice: "InitiateAuth, USER_AUTH, PREFERRED_CHALLENGE=PASSWORD",
      session: "the ID token",
      refresh: "GetTokensFromRefreshToken",
      attributes: "GetUser",
      update: "UpdateUserAttributes",
      change: "ChangePassword",
      signOut: "GlobalSignOut",
      forgot: "ForgotPassword",
      confirmForgot: "ConfirmForgotPassword",
      signUp: "SignUp",
      confirmSignUp: "ConfirmSignUp",
    },
    password: async (USERNAME, PASSWORD) => passed(await initiate("USER_PASSWORD_AUTH", { USERNAME, PASSWORD })),
    srp: async (USERNAME, password) => passed(await bySrp(send, { ClientId, userPoolId, USERNAME, password })),
    choice: async (USERNAME, PASSWORD) =>
      passed(await initiate("USER_AUTH", { USERNAME, PASSWORD, PREFERRED_CHALLENGE: "PASSWORD" })),
    session: async () => claims(tokens.IdToken),
    tokens: async () => ({ accessToken: tokens.AccessToken, idToken: tokens.IdToken }),
    refresh: async () =>
      passed(await send("GetTokensFromRefreshToken", { ClientId, RefreshToken: tokens.RefreshToken })),
    attributes: async () => {
      const { UserAttributes } = await send("GetUser", { AccessToken: tokens.AccessToken });
      return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
    },
    update: (Name, Value) =>
      send("UpdateUserAttributes", { AccessToken: tokens.AccessToken, UserAttributes: [{ Name, Value }] }),
    change: (PreviousPassword, ProposedPassword) =>
      send("ChangePassword", { AccessToken: tokens.AccessToken, PreviousPassword, ProposedPassword }),
    signOut: () => send("GlobalSignOut", { AccessToken: tokens.AccessToken }),
    forgot: async (Username) => {
      const { CodeDeliveryDetails } = await send("ForgotPassword", { ClientId, Username });
      return CodeDeliveryDetails === undefined ? "no code" : "a code was sent";
    },
    confirmForgot: (Username, ConfirmationCode, Password) =>
      send("ConfirmForgotPassword", { ClientId, Username, ConfirmationCode, Password }),
    signUp: async (Username, Password) => {
      const { UserConfirmed } = await send("SignUp", { ClientId, Username, Password });
      return UserConfirmed ? "confirmed" : "a code was sent";
    },
    confirmSignUp: (Username, ConfirmationCode) => send("ConfirmSignUp", { ClientId, Username, ConfirmationCode }),
  };
}

/** None of the three has the arithmetic of SRP. */
async function bySrp(send, { ClientId, userPoolId, USERNAME, password }) {
  const poolName = userPoolId.split("_")[1];
  const helper = new identity.AuthenticationHelper(poolName);
  const called = (method, ...parameters) =>
    new Promise((done, fail) => {
      helper[method](...parameters, (error, value) => (error ? fail(error) : done(value)));
    });
  const A = await called("getLargeAValue");
  const BigInteger = A.constructor;
  const AuthParameters = { USERNAME, SRP_A: A.toString(16) };
  const started = await send("InitiateAuth", { ClientId, AuthFlow: "USER_SRP_AUTH", AuthParameters });
  const { USER_ID_FOR_SRP: name, SRP_B, SALT, SECRET_BLOCK } = started.ChallengeParameters;
  const numbers = [SRP_B, SALT].map((number) => new BigInteger(number, 16));
  const key = await called("getPasswordAuthenticationKey", name, password, ...numbers);
  const TIMESTAMP = new identity.DateHelper().getNowString();
  const signature = createHmac("sha256", Buffer.from(key))
    .update(poolName)
    .update(name)
    .update(Buffer.from(SECRET_BLOCK, "base64"))
    .update(TIMESTAMP)
    .digest("base64");
  const ChallengeResponses = {
    USERNAME: name,
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signature,
    TIMESTAMP,
  };
  return send("RespondToAuthChallenge", { ClientId, ChallengeName: "PASSWORD_VERIFIER", ChallengeResponses });
}
