import { createHash, generateKeyPair, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { promisify } from "node:util";

/** Cognito signs the two kinds with a key for each, so that who takes the first key of the list for both sees it here, too. */
const USES = ["id", "access"] as const;
export type Use = (typeof USES)[number];

interface Key {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** By user pool and use, of all worlds of this process: to make a pair takes a part of a second. */
const KEYS = new Map<string, Key>();

/** One pool's keys. https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html */
export class TokenKeys {
  constructor(private readonly userPoolId: string) {}

  sign(use: Use, claims: object): string {
    const { id, privateKey } = this.key(use);
    const parts = [{ kid: id, alg: "RS256" }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    return [...parts, sign("sha256", Buffer.from(parts.join(".")), privateKey).toString("base64url")].join(".");
  }

  /** @returns what the token says; undefined where it is not signed for this use. */
  read(use: Use, token: string): unknown {
    const [header = "", payload = "", signature = ""] = token.split(".");
    const signed = Buffer.from(`${header}.${payload}`);
    const isOurs = verify("sha256", signed, this.key(use).publicKey, Buffer.from(signature, "base64url"));
    return isOurs ? JSON.parse(Buffer.from(payload, "base64url").toString()) : undefined;
  }

  /** What `.well-known/jwks.json` lists. */
  list(): object {
    return {
      keys: USES.map((use) => {
        const { id, publicKey } = this.key(use);
        const { e, n } = publicKey.export({ format: "jwk" });
        return { alg: "RS256", e, kid: id, kty: "RSA", n, use: "sig" };
      }),
    };
  }

  private key(use: Use): Key {
    return KEYS.get(nameOf(this.userPoolId, use)) ?? keep(this.userPoolId, use, generateKeyPairSync("rsa", RSA));
  }
}

/** Makes the pools' pairs on other threads, ahead of the first sign-in. */
export async function prepareKeys(userPoolIds: readonly string[]): Promise<void> {
  const missing = userPoolIds
    .flatMap((id) => USES.map((use) => ({ id, use })))
    .filter(({ id, use }) => !KEYS.has(nameOf(id, use)));
  await Promise.all(missing.map(async ({ id, use }) => keep(id, use, await promisify(generateKeyPair)("rsa", RSA))));
}

const RSA = { modulusLength: 2048 };
const nameOf = (userPoolId: string, use: Use): string => `${userPoolId} ${use}`;

function keep(userPoolId: string, use: Use, pair: Omit<Key, "id">): Key {
  const id = createHash("sha256")
    .update(pair.publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
  const made = { id, ...pair };
  KEYS.set(nameOf(userPoolId, use), made);
  return made;
}
