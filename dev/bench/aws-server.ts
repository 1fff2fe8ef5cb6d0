import { type Credentials, credentialVariables } from "../../sandbox/aws/credentials";
import { json, type Response } from "../../sandbox/aws/http";
import { targetOf } from "../../sandbox/aws/signed-service";
import { assumed } from "../../sandbox/aws/sts";
import { cognitoAnswer, newCredentials } from "./aws-answers";
import type { Certificates } from "./certificates";
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
