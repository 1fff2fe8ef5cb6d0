import { codeAt, newSecret, stepOf, stepOfCode } from "../../../../sandbox/aws/user-pool/totp";

/** "12345678901234567890" in base 32, as RFC 6238 has it for SHA-1. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const at = (seconds: number): Date => new Date(seconds * 1000);

/** https://www.rfc-editor.org/rfc/rfc6238#appendix-B */
test.each([
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
])("at %d seconds the code is the RFC's", (seconds, code) => {
  expect(codeAt(SECRET, stepOf(at(seconds)), 8)).toBe(code);
  expect(codeAt(SECRET, stepOf(at(seconds)))).toBe(code.slice(2));
});

test("the code before and the next one are taken, and no other", () => {
  const now = at(1_111_111_109);
  const taken = [-2, -1, 0, 1, 2].map((by) => stepOfCode(SECRET, codeAt(SECRET, stepOf(now) + by), now));
  expect(taken).toEqual([undefined, stepOf(now) - 1, stepOf(now), stepOf(now) + 1, undefined]);
});

test("a new secret is as long as Cognito's, and in base 32", () => {
  expect(newSecret()).toMatch(/^[A-Z2-7]{52}$/);
  expect(newSecret()).not.toBe(newSecret());
});
