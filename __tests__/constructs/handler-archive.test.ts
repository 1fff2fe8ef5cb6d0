import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readHandlerArchive } from "../../constructs/handler-archive";

const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("the hashes are those of the bytes, as Terraform and Lambda write them", () => {
  const path = join(directory, "handler.zip");
  writeFileSync(path, "abc");
  // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  expect(readHandlerArchive(path, "npm run build")).toEqual({
    path,
    sha256Base64: "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
    sha256Hex: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
});

test("a zip that is not there is said with what makes it", () => {
  const path = join(directory, "dist/handler.zip");
  expect(() => readHandlerArchive(path, "npm run build")).toThrow(
    `${path}: found no zip of the function, expected the one that npm run build makes. Run npm run build.`,
  );
});
