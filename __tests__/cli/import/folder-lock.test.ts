import { spawnSync } from "node:child_process";
import fs, { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFolder, takeAway } from "../../../cli/import/folder-lock";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const lock = (): string => join(directory, "lock");
const aside = (): string => join(directory, "aside");

test("takes the lock away that it has read", () => {
  writeFileSync(lock(), "stale");
  takeAway(lock(), "stale", aside());
  expect(readdirSync(directory)).toEqual([]);
});

test("leaves the lock where it is that somebody has taken since", () => {
  writeFileSync(lock(), "of somebody who was faster");
  takeAway(lock(), "stale", aside());
  expect(readFileSync(lock(), "utf8")).toBe("of somebody who was faster");
  expect(existsSync(aside())).toBe(false);
});

test("is content when somebody else has taken it away", () => {
  expect(() => takeAway(lock(), "stale", aside())).not.toThrow();
});

describe.each([
  ["with hard links", undefined],
  ["where links are not permitted", "EPERM"],
  ["where links are not supported", "ENOTSUP"],
])("a file system %s", (_, code) => {
  beforeEach(() => {
    if (code === undefined) return;
    jest.spyOn(fs, "linkSync").mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
  });
  afterEach(() => jest.restoreAllMocks());

  test("gives the lock to one at a time, and leaves nothing behind", () => {
    const unlock = lockFolder(lock());
    const taken = readFileSync(lock(), "utf8");
    expect(JSON.parse(taken)).toMatchObject({ process: process.pid });
    expect(statSync(lock()).mode & 0o777).toBe(0o600);
    expect(() => lockFolder(lock())).toThrow(`works on this user pool: process ${process.pid}. `);
    expect(readFileSync(lock(), "utf8")).toBe(taken);
    expect(readdirSync(directory)).toEqual(["lock"]);
    unlock();
    expect(readdirSync(directory)).toEqual([]);
    lockFolder(lock())();
  });

  test("gives the lock of a process that is gone to the next", () => {
    const unlock = lockFolder(lock());
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(lock(), JSON.stringify({ ...JSON.parse(readFileSync(lock(), "utf8")), token: "t", process: gone }));
    unlock();
    expect(existsSync(lock())).toBe(true);
    lockFolder(lock())();
    expect(readdirSync(directory)).toEqual([]);
  });

  test("keeps away from a lock that is not written yet", () => {
    writeFileSync(lock(), "");
    expect(() => lockFolder(lock())).toThrow("process unknown");
    expect(readFileSync(lock(), "utf8")).toBe("");
  });
});

test("another failure of the file system is not taken for a lack of links", () => {
  jest.spyOn(fs, "linkSync").mockImplementation(() => {
    throw Object.assign(new Error("EIO"), { code: "EIO" });
  });
  expect(() => lockFolder(lock())).toThrow("EIO");
  expect(readdirSync(directory)).toEqual([]);
  jest.restoreAllMocks();
});
