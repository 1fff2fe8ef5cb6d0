/** `createHmac` of node:crypto, as far as it is used here. */
type CreateHmac = (algorithm: "sha256", key: string) => { update(text: string): { digest(encoding: "hex"): string } };

/**
 * Recognizes a user in the log without naming anybody: 16 hex digits of HMAC-SHA-256. Without the key a list of addresses
 * cannot be tried against it.
 */
export function userHash(createHmac: CreateHmac, key: string, userName: string): string {
  return createHmac("sha256", key).update(userName).digest("hex").slice(0, 16);
}
