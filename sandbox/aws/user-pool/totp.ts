import { createHmac, randomBytes } from "node:crypto";

/** Codes of authenticator apps: SHA-1, thirty seconds, six digits. https://www.rfc-editor.org/rfc/rfc6238 */
const STEP_SECONDS = 30;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** 256 random bits in base 32: the 52 characters that Cognito's own have. */
export function newSecret(): string {
  const bits = [...randomBytes(33)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: 52 }, (_, i) => ALPHABET[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)]).join("");
}

/** Which thirty seconds a moment is in. */
export const stepOf = (date: Date): number => Math.floor(date.getTime() / 1000 / STEP_SECONDS);

/** @param secret In base 32. */
export function codeAt(secret: string, step: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, "0");
}

/** @returns the step of which the code is: this one, the one before or the next. Undefined where it is of none. */
export function stepOfCode(secret: string, code: string, date: Date): number | undefined {
  return [0, -1, 1].map((difference) => stepOf(date) + difference).find((step) => codeAt(secret, step) === code);
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret.toUpperCase()]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
