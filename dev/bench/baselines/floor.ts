import { Agent, request } from "node:https";
import { connect, type TLSSocket } from "node:tls";
import { signatureOf } from "../sigv4";
import type { MigrationEvent } from "./migrate";

interface Endpoint {
  readonly url: URL;
  readonly agent?: Agent;
  readonly service: string;
  readonly region: string;
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

const env = (name: string): string => process.env[name] ?? "";

const sts: Endpoint = { url: new URL(env("AWS_ENDPOINT_URL_STS")), service: "sts", region: env("AWS_REGION") };
/** Hands out a connection that was opened ahead of the first request. */
class ReadyAgent extends Agent {
  private ready: TLSSocket | undefined;

  open({ hostname, port }: URL): Promise<void> {
    const socket = connect({ host: hostname, servername: hostname, port: Number(port) });
    socket.setNoDelay(true);
    this.ready = socket;
    return new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
  }

  override createConnection(
    ...parameters: Parameters<Agent["createConnection"]>
  ): ReturnType<Agent["createConnection"]> {
    const socket = this.ready;
    this.ready = undefined;
    return socket ?? super.createConnection(...parameters);
  }
}

const agent = new ReadyAgent({ keepAlive: true, maxSockets: 1 });

const cognito: Endpoint = {
  url: new URL(env("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER")),
  agent,
  service: "cognito-idp",
  region: env("SOURCE_REGION"),
};

function post(to: Endpoint, credentials: Credentials, content: Record<string, string>, body: string): Promise<string> {
  const time = new Date().toISOString().replace(/[:-]|\.\d{3}/g, "");
  const headers: Record<string, string> = {
    ...content,
    host: to.url.host,
    "x-amz-date": time,
    "x-amz-security-token": credentials.token,
  };
  const names = Object.keys(headers).sort();
  const signature = signatureOf(
    { method: "POST", path: "/", headers, body },
    names,
    { ...to, time },
    credentials.secret,
  );
  const scope = `${time.slice(0, 8)}/${to.region}/${to.service}/aws4_request`;
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${credentials.id}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  headers["content-length"] = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const outgoing = request(to.url, { method: "POST", headers, agent: to.agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if (incoming.statusCode === 200) resolve(text);
        else reject(new Error(`${to.service}: ${incoming.statusCode} ${text}`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function assumeRole(): Promise<Credentials> {
  const own = { id: env("AWS_ACCESS_KEY_ID"), secret: env("AWS_SECRET_ACCESS_KEY"), token: env("AWS_SESSION_TOKEN") };
  const body = new URLSearchParams({
    Action: "AssumeRole",
    Version: "2011-06-15",
    RoleArn: env("SOURCE_ROLE_ARN"),
    RoleSessionName: "migration",
    ExternalId: env("EXTERNAL_ID"),
  }).toString();
  const answer = await post(sts, own, { "content-type": "application/x-www-form-urlencoded" }, body);
  const textOf = (tag: string): string => new RegExp(`<${tag}>([^<]+)<`).exec(answer)?.[1] ?? "";
  return { id: textOf("AccessKeyId"), secret: textOf("SecretAccessKey"), token: textOf("SessionToken") };
}

const assumed = assumeRole();
await agent.open(cognito.url);
const credentials = await assumed;

function call(operation: string, body: object): Promise<string> {
  const content = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
  };
  return post(cognito, credentials, content, JSON.stringify(body));
}

/** Not a handler to use: the two calls that a sign-in needs, and nothing else. It shows what no handler can go below. */
export const handler = async (event: MigrationEvent): Promise<MigrationEvent> => {
  const UserPoolId = env("SOURCE_USER_POOL_ID");
  await call("AdminInitiateAuth", {
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    UserPoolId,
    ClientId: env("SOURCE_APP_CLIENT_ID"),
    AuthParameters: { USERNAME: event.userName, PASSWORD: event.request.password },
  });
  const { UserAttributes } = JSON.parse(await call("AdminGetUser", { UserPoolId, Username: event.userName })) as {
    UserAttributes: { Name: string; Value: string }[];
  };
  event.response.userAttributes = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
  event.response.finalUserStatus = "CONFIRMED";
  event.response.messageAction = "SUPPRESS";
  return event;
};
