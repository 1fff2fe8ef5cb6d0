import { randomBytes } from "node:crypto";
import type { Credentials } from "../../sandbox/aws/credentials";
import { json, type Response } from "../../sandbox/aws/http";
import { GROUPS, USER, USER_ATTRIBUTES } from "./sign-in";

/** Of the size that STS issues. */
export function newCredentials(): Credentials {
  return {
    accessKeyId: `ASIA${randomBytes(8).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64"),
    sessionToken: randomBytes(600).toString("base64"),
    expiration: new Date(Date.now() + 3600_000),
  };
}

const [{ Value: sub } = { Value: "" }] = USER_ATTRIBUTES;

/** Tokens of the lengths that Cognito's have. Of the first the handler reads whom it names. */
const TOKENS = {
  AccessToken: `header.${Buffer.from(JSON.stringify({ sub, "cognito:groups": GROUPS, scope: "s".repeat(500) })).toString("base64url")}.${"s".repeat(342)}`,
  ExpiresIn: 300,
  IdToken: "i".repeat(1150),
  RefreshToken: "r".repeat(1780),
  TokenType: "Bearer",
};

export function cognitoAnswer(operation: string, body: string): Response {
  const request = JSON.parse(body) as { AuthParameters?: { USERNAME?: string; PASSWORD?: string }; Username?: string };
  if (operation === "AdminInitiateAuth") {
    const { USERNAME, PASSWORD } = request.AuthParameters ?? {};
    return USERNAME === USER.username && PASSWORD === USER.password
      ? json(200, { AuthenticationResult: TOKENS, ChallengeParameters: {} })
      : json(400, { __type: "NotAuthorizedException", message: "Incorrect username or password." });
  }
  if (operation === "AdminGetUser" && request.Username === USER.username)
    return json(200, {
      Enabled: true,
      UserAttributes: USER_ATTRIBUTES,
      UserCreateDate: 1_600_000_000.123,
      UserLastModifiedDate: 1_700_000_000.456,
      UserStatus: "CONFIRMED",
      Username: USER.username,
    });
  return json(400, { __type: "InvalidParameterException", message: `the benchmark does not answer ${operation}` });
}
