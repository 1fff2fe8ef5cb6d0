import { randomBytes, randomUUID } from "node:crypto";
import { USER, USER_ATTRIBUTES } from "./sign-in";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly token: string;
}

/** Of the size that STS issues. */
export function newCredentials(): IssuedCredentials {
  return {
    accessKeyId: `ASIA${randomBytes(8).toString("hex").toUpperCase()}`,
    secret: randomBytes(30).toString("base64"),
    token: randomBytes(600).toString("base64"),
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function assumedRole({ accessKeyId, secret, token }: IssuedCredentials): Answer {
  const expiration = new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+/, "");
  return {
    status: 200,
    type: "text/xml",
    body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>AROAEXAMPLE:cognito-migration</AssumedRoleId>
      <Arn>arn:aws:sts::111111111111:assumed-role/cognito_migration_bench/cognito-migration</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${accessKeyId}</AccessKeyId>
      <SecretAccessKey>${secret}</SecretAccessKey>
      <SessionToken>${token}</SessionToken>
      <Expiration>${expiration}</Expiration>
    </Credentials>
  </AssumeRoleResult>
  <ResponseMetadata>
    <RequestId>${randomUUID()}</RequestId>
  </ResponseMetadata>
</AssumeRoleResponse>
`,
  };
}

const [{ Value: sub } = { Value: "" }] = USER_ATTRIBUTES;

/** Tokens of the lengths that Cognito's have. Of the first the handler reads whom it names. */
const TOKENS = {
  AccessToken: `header.${Buffer.from(JSON.stringify({ sub, scope: "s".repeat(500) })).toString("base64url")}.${"s".repeat(342)}`,
  ExpiresIn: 300,
  IdToken: "i".repeat(1150),
  RefreshToken: "r".repeat(1780),
  TokenType: "Bearer",
};

export function cognitoAnswer(operation: string, body: string): Answer {
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

export function json(status: number, body: object): Answer {
  return { status, type: "application/x-amz-json-1.1", body: JSON.stringify(body) };
}
