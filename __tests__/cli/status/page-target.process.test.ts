import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refuseOtherThanFile } from "../../../cli/status/page-target";
import { startCli } from "../../support/cli-process";
import { BOTH } from "../../support/settings";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-page-"));
  writeFileSync(join(directory, "cdktf.json"), "{}");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));
const at = (name: string): string => join(directory, name);

test.each([
  ["/dev/null", "a device, a pipe or a socket", () => undefined],
  ["pipe", "a device, a pipe or a socket", () => execFileSync("mkfifo", [at("pipe")])],
  ["to-a-device", "a device, a pipe or a socket", () => symlinkSync("/dev/null", at("to-a-device"))],
  ["folder", "a folder", () => mkdirSync(at("folder"))],
])("status --html %s ends with 2 before anything is read, and leaves it there", async (name, found, make) => {
  make();
  // Whoever reads needs credentials first: without any, that would be the error.
  const result = await startCli(directory, BOTH, ["status", "--html", name]).ended;
  expect(result).toMatchObject({ status: 2, stdout: "" });
  expect(result.stderr).toMatch(`--html: found ${name}, which is ${found}, expected the name of a file`);
  expect(lstatSync(name.startsWith("/") ? name : at(name)).isFile()).toBe(false);
});

test("a file, a link to one or to nothing, and a free name are taken", () => {
  writeFileSync(at("file"), "text");
  symlinkSync(at("file"), at("link"));
  symlinkSync(at("nothing"), at("dangling"));
  for (const name of ["file", "link", "dangling", "free", "no/such/folder"])
    expect(() => refuseOtherThanFile(at(name))).not.toThrow();
  expect(existsSync(at("nothing"))).toBe(false);
});
