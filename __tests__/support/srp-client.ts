import { createDiffieHellman, createHash, createHmac, getDiffieHellman, hkdfSync } from "node:crypto";

/** A client of SRP whose powers OpenSSL computes, to be held against a server that computes its own. */
const PRIME = getDiffieHellman("modp15").getPrime();
const N = int(PRIME);

export interface SrpClient {
  /** Hexadecimal. */
  readonly A: string;
  /** The answers to a challenge, without USERNAME. */
  answer(challenge: Readonly<Record<string, string>>, password: string, now?: Date): Record<string, string>;
}

export function srpClient(userPoolId: string): SrpClient {
  const poolName = userPoolId.split("_")[1] ?? "";
  const own = createDiffieHellman(PRIME, 2);
  const A = int(own.generateKeys());
  return {
    A: A.toString(16),
    answer: ({ SALT = "", SRP_B = "", USER_ID_FOR_SRP = "", SECRET_BLOCK = "" }, password, now = new Date()) => {
      const B = BigInt(`0x${SRP_B}`);
      const u = int(sha256(padded(A), padded(B)));
      const x = int(sha256(padded(BigInt(`0x${SALT}`)), sha256(`${poolName}${USER_ID_FOR_SRP}:${password}`)));
      const k = int(sha256(padded(N), padded(2n)));
      const base = (((B - k * power(2n, x)) % N) + N) % N;
      const secret = power(base, int(own.getPrivateKey()) + u * x);
      const key = Buffer.from(hkdfSync("sha256", padded(secret), padded(u), "Caldera Derived Key", 16));
      const TIMESTAMP = timestamp(now);
      const signed = [poolName, USER_ID_FOR_SRP, Buffer.from(SECRET_BLOCK, "base64"), TIMESTAMP];
      const hmac = signed.reduce((sum, part) => sum.update(part), createHmac("sha256", key));
      return {
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: hmac.digest("base64"),
        TIMESTAMP,
      };
    },
  };
}

function power(base: bigint, exponent: bigint): bigint {
  const dh = createDiffieHellman(PRIME, 2);
  dh.setPrivateKey(bytes(exponent % ((N - 1n) / 2n)));
  return int(dh.computeSecret(bytes(base)));
}

/** "Sat Sep 5 09:05:03 UTC 2026" */
function timestamp(date: Date): string {
  const [, weekday, day, month, year, time] = /^(\w{3}), (\d\d) (\w{3}) (\d{4}) (\S+)/.exec(date.toUTCString()) ?? [];
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

function bytes(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
}

/** With the byte of the sign. */
function padded(value: bigint): Buffer {
  const plain = bytes(value);
  return (plain[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), plain]) : plain;
}

function int(buffer: Buffer): bigint {
  return BigInt(`0x${buffer.toString("hex")}`);
}

function sha256(...parts: readonly (string | Buffer)[]): Buffer {
  return parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();
}
