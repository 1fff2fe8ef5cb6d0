import { type Endpoint, json, listen, type Misbehaviour, type Request, type Response } from "../../sandbox/aws/http";

export type Answer = (request: Request) => Response | Misbehaviour | Promise<Response | Misbehaviour>;

/** STS and cognito-idp that answer what a test tells them to, over real HTTP. */
export interface ScriptedAws {
  readonly url: string;
  /** Operations in the order they came. */
  readonly calls: string[];
  readonly requests: Request[];
  /** What each operation answers from now on. */
  answers: Record<string, Answer>;
  /** Ends every connection. */
  dropConnections(): void;
  close(): Promise<void>;
}

export const awsError = (type: string, message = "a message", status = 400): Response =>
  json(status, { __type: type, message });

/** What AdminInitiateAuth answers to the right password. */
export function tokens(sub: string, claims: object = {}): Response {
  const payload = Buffer.from(JSON.stringify({ sub, token_use: "access", ...claims })).toString("base64url");
  return json(200, { AuthenticationResult: { AccessToken: `header.${payload}.signature` }, ChallengeParameters: {} });
}

/** @param accessKeyId Tells one session from another. */
export function assumedRole(expiration = new Date(Date.now() + 3600_000), accessKeyId = "ASIASCRIPTED"): Response {
  return {
    status: 200,
    headers: { "content-type": "text/xml" },
    body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>canary-role-secret</SecretAccessKey><SessionToken>canary-role-token</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  };
}

export function stsError(code: string, status = 403): Response {
  return {
    status,
    headers: { "content-type": "text/xml" },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>m</Message></Error></ErrorResponse>`,
  };
}

export async function scriptedAws(): Promise<ScriptedAws> {
  const state: Omit<ScriptedAws, "url" | "dropConnections" | "close"> = { calls: [], requests: [], answers: {} };
  const endpoint: Endpoint = await listen(async (request) => {
    const target = request.headers["x-amz-target"];
    const operation =
      typeof target === "string"
        ? (target.split(".")[1] ?? "")
        : (new URLSearchParams(request.body).get("Action") ?? "");
    state.calls.push(operation);
    state.requests.push(request);
    const answer = state.answers[operation];
    return answer === undefined ? awsError("UnknownOperationException") : answer(request);
  });
  return Object.assign(state, endpoint);
}
