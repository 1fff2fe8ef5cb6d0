import { createHmac } from "node:crypto";
import { userHash } from "../../rules/user-hash";

test("a user's hash depends on the key and on the name, and shows neither", () => {
  const key = "a-key-of-thirty-two-characters-00";
  const hash = (k: string, name: string): string => userHash(createHmac, k, name);
  // printf user@example.com | openssl dgst -sha256 -hmac a-key-of-thirty-two-characters-00
  expect(hash(key, "user@example.com")).toBe("9a45710e79e1a636");
  expect(hash(`${key}1`, "user@example.com")).not.toBe(hash(key, "user@example.com"));
  expect(hash(key, "User@example.com")).not.toBe(hash(key, "user@example.com"));
});
