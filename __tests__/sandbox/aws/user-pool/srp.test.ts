import { getDiffieHellman } from "node:crypto";
import { canonicalTimestamp, claimOf, exchange, isClaim, verifierOf } from "../../../../sandbox/aws/user-pool/srp";
import vectors from "./srp-vectors.json";

const N = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);

/** The claims are those of amazon-cognito-identity-js 6.3.21, for numbers that are rare among random ones, too. */
describe.each(vectors)("$title", ({ password, salt, A, b, B, block, time, claim }) => {
  const name = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
  const claimed = (poolName: string, user: string, word: string, at = time, secretBlock = block): string => {
    const verifier = verifierOf(poolName, user, word, salt);
    const numbers = exchange(A, verifier, BigInt(`0x${b}`));
    return numbers === undefined ? "" : claimOf(numbers, verifier, secretBlock, at).toString("base64");
  };

  test("the server has the client's claim, and the same public number", () => {
    expect(claimed("Pool00001", name, password)).toBe(claim);
    expect(exchange(A, verifierOf("Pool00001", name, password, salt), BigInt(`0x${b}`))?.B.toString(16)).toBe(B);
  });

  test("no other pool, user, password, time or block has it", () => {
    const others = [
      claimed("Pool00002", name, password),
      claimed("Pool00001", "somebody", password),
      claimed("Pool00001", name, `${password} `),
      claimed("Pool00001", name, password, "Sat Sep 5 09:05:04 UTC 2026"),
      claimed("Pool00001", name, password, time, Buffer.from("another").toString("base64")),
    ];
    expect(others.filter((other) => other === claim || other === "")).toEqual([]);
  });
});

test.each([
  ["zero", "0"],
  ["zero in many digits", "000000"],
  ["the prime", N.toString(16)],
  ["twice the prime", (2n * N).toString(16)],
  ["no number", "xyz"],
  ["nothing", ""],
])("takes no public number of a client with which anybody would know the secret: %s", (_, srpA) => {
  expect(exchange(srpA, verifierOf("Pool00001", "a", "b", "ff"))).toBeUndefined();
});

test.each([
  ["Sat Sep 5 09:05:03 UTC 2026", "Sat Sep 5 09:05:03 UTC 2026"],
  ["Sat Sep 05 09:05:03 UTC 2026", "Sat Sep 5 09:05:03 UTC 2026"],
  ["Mon Sep 5 9:5:3 UTC 2026", "Sat Sep 5 09:05:03 UTC 2026"],
  ["Thu Dec 31 23:59:59 UTC 2026", "Thu Dec 31 23:59:59 UTC 2026"],
  ["2026-09-05T09:05:03Z", undefined],
  ["Sat Foo 5 09:05:03 UTC 2026", undefined],
  ["", undefined],
])("writes the time %p as a server does", (given, written) => {
  expect(canonicalTimestamp(given)).toBe(written);
});

test("a claim of another length is none, and no error", () => {
  expect(["", "AAAA", "*"].map((given) => isClaim(given, Buffer.alloc(32)))).toEqual([false, false, false]);
  expect(isClaim(Buffer.alloc(32).toString("base64"), Buffer.alloc(32))).toBe(true);
});
