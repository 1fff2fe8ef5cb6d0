import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * The server's part of SRP-6a as Cognito and its clients compute it. Pure but for the random numbers. AWS publishes no
 * specification; these are its own clients:
 * https://github.com/aws-amplify/amplify-js/tree/main/packages/auth/src/providers/cognito/utils/srp
 * https://github.com/aws-amplify/amplify-js/blob/v5-stable/packages/amazon-cognito-identity-js/src/AuthenticationHelper.js
 */

/** RFC 3526, group 15. The generator is 2 here, while RFC 5054 pairs this prime with 5. */
const N = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);
const G = 2n;
const K = numberOf(sha256(bytesOf(N), bytesOf(G)));

/** What a server keeps instead of a password. */
export interface Verifier {
  /** As the pool names the user: `USER_ID_FOR_SRP`. A verifier is worth nothing under another name, or in another pool. */
  readonly name: string;
  /** The part of the pool's id after the underscore. */
  readonly poolName: string;
  /** Hexadecimal. Clients read it as a number, so that zeros in front do not count. */
  readonly salt: string;
  readonly value: bigint;
}

/** Both public numbers, and the server's secret one. */
export interface Exchange {
  readonly A: bigint;
  readonly b: bigint;
  readonly B: bigint;
}

export function verifierOf(poolName: string, name: string, password: string, salt: string): Verifier {
  const identity = sha256(`${poolName}${name}:${password}`);
  const x = numberOf(sha256(bytesOf(BigInt(`0x${salt}`)), identity));
  return { name, poolName, salt, value: power(G, x) };
}

/**
 * @param srpA The client's public number, in hexadecimal.
 * @returns undefined for what is no number, and for a multiple of N: with it anybody would know the shared secret.
 */
export function exchange(srpA: string, verifier: Verifier, b = numberOf(randomBytes(128)) % N): Exchange | undefined {
  if (!/^[0-9a-f]+$/i.test(srpA)) return undefined;
  const A = BigInt(`0x${srpA}`);
  if (A % N === 0n) return undefined;
  return { A, b, B: (K * verifier.value + power(G, b)) % N };
}

/** The claim of a client that knows the password, for this block and this time. */
export function claimOf({ A, b, B }: Exchange, verifier: Verifier, secretBlock: string, timestamp: string): Buffer {
  const u = numberOf(sha256(bytesOf(A), bytesOf(B)));
  const secret = power(A * power(verifier.value, u), b);
  const key = hkdfSync("sha256", bytesOf(secret), bytesOf(u), "Caldera Derived Key", 16);
  return createHmac("sha256", Buffer.from(key))
    .update(verifier.poolName)
    .update(verifier.name)
    .update(Buffer.from(secretBlock, "base64"))
    .update(timestamp)
    .digest();
}

export function isClaim(given: string, expected: Buffer): boolean {
  const bytes = Buffer.from(given, "base64");
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TIMESTAMP = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2}) UTC (\d{4})$/;

/**
 * The time of a claim as a server writes it again: the day has no zero in front. A client that writes it otherwise has
 * signed another text. https://github.com/amazon-archives/amazon-cognito-identity-js/issues/683
 *
 * @returns undefined for what is no time.
 */
export function canonicalTimestamp(given: string): string | undefined {
  const [, monthName = "", ...numbers] = TIMESTAMP.exec(given) ?? [];
  const month = MONTHS.indexOf(monthName);
  if (month < 0) return undefined;
  const [day = 0, hour = 0, minute = 0, second = 0, year = 0] = numbers.map(Number);
  const date = new Date(Date.UTC(year, month, day, hour, minute, second));
  const time = date.toISOString().slice(11, 19);
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()} ${time} UTC ${date.getUTCFullYear()}`;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

/**
 * As Java writes a positive number, on which all clients agree: as few bytes as it needs, and a zero byte in front where
 * the first bit would be a sign. A fixed length would be wrong in one sign-in of about eighty.
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/math/BigInteger.html#toByteArray()
 */
export function bytesOf(number: bigint): Buffer {
  const hex = number.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

function sha256(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
