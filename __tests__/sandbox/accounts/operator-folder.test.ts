import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingsBesides } from "../../../sandbox/accounts/operator-folder";
import { ownSettings } from "../../../sandbox/accounts/own-pools/asked-for";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "operator-folder-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("without a .env nothing counts besides", () => {
  expect(settingsBesides(ownSettings(directory), {})).toEqual([]);
});

test("settings of .env that are not replaced are named, and nothing else", () => {
  writeFileSync(
    join(directory, ".env"),
    "USER_POOL_NAME=mine\nDESTINATION_ACCOUNT=333333333333\nTAGS=\nAWS_PROFILE=mine\n",
  );
  expect(settingsBesides(ownSettings(directory), { USER_POOL_NAME: "sandbox" })).toEqual(["DESTINATION_ACCOUNT"]);
});

test.each<[string, () => void]>([
  ["a folder", () => mkdirSync(join(directory, ".env"))],
  ["no text", () => writeFileSync(join(directory, ".env"), Buffer.from("USER_POOL_NAME=\xff", "utf16le"))],
])("a .env that the commands cannot read either is refused before anything starts: %s", (_, make) => {
  make();
  expect(() => ownSettings(directory)).toThrow(/^ {2}\.env: found .+, expected /);
});
