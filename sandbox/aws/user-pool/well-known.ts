import type { UserPool } from "./user-pool";

/** What anybody may read of a user pool, by the end of its path. */
const DOCUMENTS: Readonly<Record<string, (pool: UserPool, endpoint: string) => object>> = {
  /** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html */
  "jwks.json": ({ tokens }) => tokens.keys.list(),
  /**
   * The issuer is AWS's, as in the tokens; the keys are here. There is no managed login, and so none of its endpoints.
   * https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
   */
  "openid-configuration": ({ id, tokens }, endpoint) => ({
    id_token_signing_alg_values_supported: ["RS256"],
    issuer: tokens.issuer,
    jwks_uri: `${endpoint}/${id}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  }),
};

/** @returns undefined where there is no such pool or document. */
export function wellKnown(pools: readonly UserPool[], path: string, endpoint: string): object | undefined {
  const [, id, name = ""] = /^\/([\w-]+)\/\.well-known\/([\w.-]+)(?:\?.*)?$/.exec(path) ?? [];
  const pool = pools.find((one) => one.id === id);
  return pool && Object.hasOwn(DOCUMENTS, name) ? DOCUMENTS[name]?.(pool, endpoint) : undefined;
}
