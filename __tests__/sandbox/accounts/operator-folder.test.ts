import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingsBesides } from "../../../sandbox/accounts/operator-folder";

const directory = mkdtempSync(join(tmpdir(), "operator-folder-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("without a .env nothing counts besides", () => {
  expect(settingsBesides(directory, {})).toEqual([]);
});

test("settings of .env that are not replaced are named, and nothing else", () => {
  writeFileSync(
    join(directory, ".env"),
    "USER_POOL_NAME=mine\nDESTINATION_ACCOUNT=333333333333\nTAGS=\nAWS_PROFILE=mine\n",
  );
  expect(settingsBesides(directory, { USER_POOL_NAME: "sandbox" })).toEqual(["DESTINATION_ACCOUNT"]);
});
