import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { PolicyDocument } from "../../rules/policies";

export interface Principal {
  /** Role ARN, or the name of an AWS service. */
  readonly arn: string;
  readonly account: string;
  readonly policies: readonly PolicyDocument[];
  /** Condition keys that AWS would add to this principal's requests. */
  readonly context?: Readonly<Record<string, string>>;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

const SESSION_MS = 3600_000;

/**
 * Hands out credentials and recognizes them again by access key and session token. Signatures are not checked: the
 * sandbox tests who may do what, not cryptography.
 */
export class CredentialStore {
  private readonly sessions = new Map<string, { principal: Principal; token: string }>();

  issue(principal: Principal): Credentials {
    const accessKeyId = `ASIA${randomBytes(10).toString("hex").slice(0, 16).toUpperCase()}`;
    const sessionToken = randomBytes(24).toString("base64");
    this.sessions.set(accessKeyId, { principal, token: sessionToken });
    return {
      accessKeyId,
      secretAccessKey: randomBytes(30).toString("base64"),
      sessionToken,
      expiration: new Date(Date.now() + SESSION_MS),
    };
  }

  /** @returns undefined when the request is unsigned, or signed with credentials that were not issued here. */
  whoSigned(headers: IncomingHttpHeaders): Principal | undefined {
    const accessKeyId = /Credential=([^/,\s]+)\//.exec(headers.authorization ?? "")?.[1];
    const session = accessKeyId === undefined ? undefined : this.sessions.get(accessKeyId);
    return session !== undefined && session.token === headers["x-amz-security-token"] ? session.principal : undefined;
  }
}

/** How a program finds its credentials. */
export function credentialVariables({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}
