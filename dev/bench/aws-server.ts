import { randomBytes } from "node:crypto";
import { type Credentials, credentialVariables } from "../../sandbox/aws/credentials";
import { json, type Response } from "../../sandbox/aws/http";
import { targetOf } from "../../sandbox/aws/signed-service";
import { assumed } from "../../sandbox/aws/sts";
import type { Certificates } from "./certificates";
import { GROUPS, USER, USER_ATTRIBUTES } from "./sign-in";
import { signatureProblem } from "./sigv4";
import { type Counts, serveTls, type Tally } from "./tls-service";

export interface AwsServer {
  /** What a function needs in its environment to reach this server: credentials, endpoints, the authority to trust. */
  readonly environment: Readonly<Record<string, string>>;
  /** Why requests were refused, in their order. */
  readonly problems: readonly string[];
  /** Since the server started. */
  counts(): Counts;
  close(): Promise<void>;
}

/** STS and cognito-idp for one function process: whatever arrives here was sent by it. */
export async function startAwsServer(certificates: Certificates, rttMs: number): Promise<AwsServer> {
  const tally: Tally = { requests: 0, connections: 0, fullHandshakes: 0, resumedHandshakes: 0 };
  const problems: string[] = [];
  const own = newCredentials();
  const issued = new Map<string, Credentials>([[own.accessKeyId, own]]);

  const sts = (operation: string): Response => {
    if (operation !== "AssumeRole") return json(400, { __type: "InvalidAction" });
    const credentials = newCredentials();
    issued.set(credentials.accessKeyId, credentials);
    return assumed("arn:aws:sts::111111111111:assumed-role/cognito_migration_bench/cognito-migration", credentials);
  };
  const serve = (service: string, answer: (operation: string, body: string) => Response) =>
    serveTls(certificates, rttMs, tally, (request) => {
      const problem = signatureProblem(request, service, (id) => issued.get(id));
      // In a header in Cognito's protocol, a parameter in that of STS.
      const operation = targetOf(request) || (new URLSearchParams(request.body).get("Action") ?? "unnamed");
      const answered = problem
        ? json(403, { __type: "InvalidSignatureException", message: problem })
        : answer(operation, request.body);
      if (answered.status !== 200) problems.push(`${service} ${operation}: ${answered.body}`);
      return answered;
    });

  const services = await Promise.all([serve("sts", sts), serve("cognito-idp", cognitoAnswer)]);
  const [stsService, cognitoService] = services;
  return {
    environment: {
      ...credentialVariables(own),
      AWS_ENDPOINT_URL_STS: stsService.url,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognitoService.url,
      NODE_EXTRA_CA_CERTS: certificates.authorityFile,
    },
    problems,
    counts: () => ({ ...tally }),
    close: async () => {
      await Promise.all(services.map((service) => service.close()));
    },
  };
}

/** Of the size that STS issues. */
function newCredentials(): Credentials {
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

function cognitoAnswer(operation: string, body: string): Response {
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
