import { generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from "node:crypto";
import { notAuthorized } from "./exception";
import type { TokenClaims } from "./token-claims";
import type { User } from "./user";

const SECONDS = 3600;

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** By user pool, of all worlds of this process: to make a pair takes a part of a second. */
const KEY_PAIRS = new Map<string, KeyPair>();

interface Claims {
  readonly sub: string;
  readonly iss: string;
  readonly exp: number;
  readonly token_use: string;
  readonly [claim: string]: unknown;
}

/**
 * Issues and reads one pool's tokens. The claims are Cognito's.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export class Tokens {
  private readonly refreshTokens = new Map<string, { username: string; clientId: string }>();

  constructor(
    private readonly userPoolId: string,
    private readonly region: string,
  ) {}

  /** @param claims Besides those that every token has. */
  issue(user: User, clientId: string, claims: TokenClaims): object {
    const now = Math.floor(Date.now() / 1000);
    const common = {
      sub: user.attributes["sub"] ?? "",
      iss: `https://cognito-idp.${this.region}.amazonaws.com/${this.userPoolId}`,
      auth_time: now,
      iat: now,
      exp: now + SECONDS,
      jti: randomUUID(),
    };
    const refreshToken = randomUUID();
    this.refreshTokens.set(refreshToken, { username: user.username, clientId });
    return {
      AccessToken: this.signed({
        ...claims.access,
        ...common,
        token_use: "access",
        username: user.username,
        client_id: clientId,
      }),
      IdToken: this.signed({
        ...claims.id,
        ...common,
        token_use: "id",
        "cognito:username": user.username,
        aud: clientId,
      }),
      RefreshToken: refreshToken,
      TokenType: "Bearer",
      ExpiresIn: SECONDS,
    };
  }

  /** @returns the username. @throws NotAuthorizedException */
  refresh(refreshToken: string, clientId: string): string {
    const found = this.refreshTokens.get(refreshToken);
    if (found?.clientId !== clientId) throw notAuthorized("Invalid Refresh Token");
    return found.username;
  }

  /** @returns whose a valid access token is, and of which app client. @throws NotAuthorizedException */
  read(accessToken: string): { readonly sub: string; readonly clientId: string } {
    const [header = "", payload = "", signature = ""] = accessToken.split(".");
    const valid = verify(
      "sha256",
      Buffer.from(`${header}.${payload}`),
      this.keyPair().publicKey,
      Buffer.from(signature, "base64url"),
    );
    if (!valid) throw notAuthorized("Invalid Access Token");
    const {
      sub,
      exp,
      token_use,
      client_id: clientId,
    } = JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims;
    if (token_use !== "access") throw notAuthorized("Invalid Access Token");
    if (exp * 1000 < Date.now()) throw notAuthorized("Access Token has expired");
    return { sub, clientId: String(clientId) };
  }

  private signed(claims: Claims): string {
    const parts = [{ alg: "RS256", kid: this.userPoolId }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    const signature = sign("sha256", Buffer.from(parts.join(".")), this.keyPair().privateKey);
    return [...parts, signature.toString("base64url")].join(".");
  }

  private keyPair(): KeyPair {
    const known = KEY_PAIRS.get(this.userPoolId);
    if (known !== undefined) return known;
    const made = generateKeyPairSync("rsa", { modulusLength: 2048 });
    KEY_PAIRS.set(this.userPoolId, made);
    return made;
  }
}

/** The pool that a token says it is from, without a proof. */
export function poolNamedIn(accessToken: string): string | undefined {
  try {
    const { iss } = JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString()) as Partial<Claims>;
    return iss?.split("/").at(-1);
  } catch {
    return undefined;
  }
}
