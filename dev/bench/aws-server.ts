import { type Answer, assumedRole, cognitoAnswer, type IssuedCredentials, json, newCredentials } from "./aws-answers";
import type { Certificates } from "./certificates";
import { type SignedParts, signatureProblem } from "./sigv4";
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
  const issued = new Map<string, IssuedCredentials>([[own.accessKeyId, own]]);

  const sts = (operation: string): Answer => {
    if (operation !== "AssumeRole") return json(400, { __type: "InvalidAction" });
    const credentials = newCredentials();
    issued.set(credentials.accessKeyId, credentials);
    return assumedRole(credentials);
  };
  const serve = (service: string, answer: (operation: string, body: string) => Answer) =>
    serveTls(certificates, rttMs, tally, (request) => {
      const problem = signatureProblem(request, service, (id) => issued.get(id));
      const operation = operationOf(request);
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
      AWS_ACCESS_KEY_ID: own.accessKeyId,
      AWS_SECRET_ACCESS_KEY: own.secret,
      AWS_SESSION_TOKEN: own.token,
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

/** In a header in Cognito's protocol, a parameter in that of STS. */
function operationOf({ headers, body }: SignedParts): string {
  const target = headers["x-amz-target"];
  return typeof target === "string"
    ? (target.split(".")[1] ?? "")
    : (new URLSearchParams(body).get("Action") ?? "unnamed");
}
