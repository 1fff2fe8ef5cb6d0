import { type ChildProcess, spawn } from "node:child_process";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

export interface AccountCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface Moto {
  readonly url: string;
  /** Credentials that moto takes for an administrator of the account. */
  administratorOf(account: string): Promise<AccountCredentials>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** Starts one moto server; it keeps all accounts apart by the credentials of a request. */
export async function startMoto(program: string): Promise<Moto> {
  const child: ChildProcess = spawn(program, ["-H", "127.0.0.1", "-p", "0"], {
    env: { ...process.env, MOTO_ENABLE_ISO_REGIONS: "false" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  // Not left behind when this process ends without cleaning up.
  process.once("exit", () => child.kill("SIGKILL"));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`moto is not ready:\n${output}`)), START_TIMEOUT_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`moto ended with ${code}:\n${output}`)));
  });
  return { url, stop, administratorOf: (account) => administratorOf(url, account) };
}

/** moto binds the credentials of an assumed role to the role's account; the role need not exist. */
async function administratorOf(url: string, account: string): Promise<AccountCredentials> {
  const sts = new STSClient({
    region: "eu-west-1",
    endpoint: url,
    credentials: { accessKeyId: "AKIASANDBOX", secretAccessKey: "sandbox" },
  });
  const RoleArn = `arn:aws:iam::${account}:role/administrator`;
  const { Credentials: c } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "sandbox" }));
  if (!c?.AccessKeyId || !c.SecretAccessKey || !c.SessionToken) throw new Error("moto gave no credentials");
  return { accessKeyId: c.AccessKeyId, secretAccessKey: c.SecretAccessKey, sessionToken: c.SessionToken };
}
