import { type Endpoint, json, listen, type Request, type Response } from "../../sandbox/http";

/** STS and cognito-idp that answer what a test tells them to, over real HTTP. */
export interface ScriptedAws {
  readonly url: string;
  /** Operations in the order they came. */
  readonly calls: string[];
  readonly requests: Request[];
  /** What each operation answers from now on. */
  answers: Record<string, (request: Request) => Response | Promise<Response>>;
  close(): Promise<void>;
}

export const awsError = (type: string, message = "a message"): Response => json(400, { __type: type, message });

export function assumedRole(expiration = new Date(Date.now() + 3600_000)): Response {
  return {
    status: 200,
    headers: { "content-type": "text/xml" },
    body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIASCRIPTED</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
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
  const state: Omit<ScriptedAws, "url" | "close"> = { calls: [], requests: [], answers: {} };
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
  return Object.assign(state, { url: endpoint.url, close: () => endpoint.close() });
}
