import { randomBytes, randomUUID } from "node:crypto";
import type { AppClient } from "./app-clients";
import { AwsException, notAuthorized } from "./exception";
import type { TokenClaims } from "./token-claims";
import { TokenKeys } from "./token-keys";
import type { User } from "./user";

/** A sign-in, which all tokens that come of it share. */
export interface SignIn {
  readonly sub: string;
  readonly clientId: string;
  /** Name of the sign-in in its tokens. https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html */
  readonly originJti: string;
  readonly eventId: string;
  /** Seconds. */
  readonly authTime: number;
}

interface RefreshToken {
  readonly signIn: SignIn;
  /** Seconds. */
  readonly validUntil: number;
  /** Seconds. Another one has taken its place. */
  readonly replacedAt?: number;
}

interface AccessClaims {
  readonly iss: string;
  readonly sub: string;
  readonly exp: number;
  readonly event_id: string;
}

/**
 * Issues and reads one pool's tokens. The claims are Cognito's.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 */
export class Tokens {
  readonly issuer: string;
  readonly keys: TokenKeys;
  private readonly refreshTokens = new Map<string, RefreshToken>();
  private readonly signIns = new Map<string, SignIn>();

  constructor(
    userPoolId: string,
    region: string,
    /** Milliseconds. */
    private readonly now: () => number = Date.now,
  ) {
    this.issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
    this.keys = new TokenKeys(userPoolId);
  }

  /**
   * Of somebody who has just signed in: with a refresh token.
   *
   * @param claims Besides those that every token has.
   */
  issue(user: User, client: AppClient, claims: TokenClaims): object {
    const signIn = {
      sub: user.attributes["sub"] ?? "",
      clientId: client.ClientId,
      originJti: randomUUID(),
      eventId: randomUUID(),
      authTime: this.seconds(),
    };
    this.signIns.set(signIn.eventId, signIn);
    const validUntil = this.seconds() + lifetimesOf(client).refresh;
    return { ...this.renewed(user, client, claims, signIn), RefreshToken: this.refreshToken({ signIn, validUntil }) };
  }

  /** Of somebody who had signed in before. */
  renewed(user: User, client: AppClient, claims: TokenClaims, signIn: SignIn): object {
    const now = this.seconds();
    const { access, id } = lifetimesOf(client);
    // Rotation adds these claims, too, says the page of refresh tokens.
    const { EnableTokenRevocation, RefreshTokenRotation } = client.settings;
    const isRevocable = EnableTokenRevocation === true || RefreshTokenRotation?.Feature === "ENABLED";
    const common = () => ({
      sub: signIn.sub,
      iss: this.issuer,
      ...(isRevocable ? { origin_jti: signIn.originJti, jti: randomUUID() } : {}),
      event_id: signIn.eventId,
      auth_time: signIn.authTime,
      iat: now,
    });
    return {
      AccessToken: this.keys.sign("access", {
        ...claims.access,
        ...common(),
        exp: now + access,
        client_id: signIn.clientId,
        token_use: "access",
        username: user.username,
      }),
      IdToken: this.keys.sign("id", {
        ...claims.id,
        ...common(),
        exp: now + id,
        aud: signIn.clientId,
        token_use: "id",
        "cognito:username": user.username,
      }),
      TokenType: "Bearer",
      ExpiresIn: access,
    };
  }

  /** @returns the sign-in that a refresh token stands for. @throws NotAuthorizedException, RefreshTokenReuseException */
  signInOf(refreshToken: string, client: AppClient): SignIn {
    const found = this.refreshTokens.get(refreshToken);
    if (found?.signIn.clientId !== client.ClientId) throw notAuthorized("Invalid Refresh Token");
    if (!this.signIns.has(found.signIn.eventId)) throw notAuthorized("Refresh Token has been revoked");
    if (found.validUntil <= this.seconds()) throw notAuthorized("Refresh Token has expired");
    const grace = client.settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0;
    if (found.replacedAt !== undefined && found.replacedAt + grace <= this.seconds())
      throw new AwsException("RefreshTokenReuseException", "Refresh token reuse is not allowed.");
    return found.signIn;
  }

  /**
   * A refresh token in the place of another, good for as long as that one would have been.
   * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
   */
  rotate(refreshToken: string): string | undefined {
    const found = this.refreshTokens.get(refreshToken);
    if (found === undefined) return undefined;
    this.refreshTokens.set(refreshToken, { replacedAt: this.seconds(), ...found });
    return this.refreshToken({ signIn: found.signIn, validUntil: found.validUntil });
  }

  /** @returns whose valid access token this is, and of which sign-in. @throws NotAuthorizedException */
  signInBy(accessToken: string): SignIn {
    const claims = this.keys.read("access", accessToken) as AccessClaims | undefined;
    if (claims === undefined) throw notAuthorized("Invalid Access Token");
    if (claims.exp <= this.seconds()) throw notAuthorized("Access Token has expired");
    const signIn = this.signIns.get(claims.event_id);
    if (signIn === undefined) throw notAuthorized("Access Token has been revoked");
    return signIn;
  }

  /** Ends the sign-in that a refresh token of this client stands for, with all its tokens. */
  revoke(refreshToken: string, client: AppClient): void {
    const signIn = this.refreshTokens.get(refreshToken)?.signIn;
    if (signIn?.clientId === client.ClientId) this.signIns.delete(signIn.eventId);
  }

  /** Ends all of a user's. */
  endAll({ attributes: { sub = "" } }: User): void {
    for (const signIn of this.signIns.values()) if (signIn.sub === sub) this.signIns.delete(signIn.eventId);
  }

  private refreshToken(token: RefreshToken): string {
    const name = opaque();
    this.refreshTokens.set(name, token);
    return name;
  }

  private seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

/** Five parts, as many and as long as Cognito's, which are encrypted. */
function opaque(): string {
  const header = Buffer.from(JSON.stringify({ cty: "JWT", enc: "A256GCM", alg: "RSA-OAEP" })).toString("base64url");
  return [header, ...[256, 12, 700, 16].map((bytes) => randomBytes(bytes).toString("base64url"))].join(".");
}

/** The pool that a token says it is from, without a proof. */
export function poolNamedIn(accessToken: string): string | undefined {
  try {
    const { iss } = JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString()) as AccessClaims;
    return iss?.split("/").at(-1);
  } catch {
    return undefined;
  }
}

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/**
 * How long the tokens of an app client are good for, in seconds. Without a unit an access or ID token counts in hours and
 * a refresh token in days. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
function lifetimesOf({ settings }: AppClient): { access: number; id: number; refresh: number } {
  const { AccessTokenValidity, IdTokenValidity, RefreshTokenValidity, TokenValidityUnits: units = {} } = settings;
  return {
    access: (AccessTokenValidity || 1) * SECONDS[units.AccessToken ?? "hours"],
    id: (IdTokenValidity || 1) * SECONDS[units.IdToken ?? "hours"],
    refresh: (RefreshTokenValidity || 30) * SECONDS[units.RefreshToken ?? "days"],
  };
}
