import { spawnSync } from "node:child_process";
import { type Host, isGone, newOwner, type Owner, ownerIn, thisHost } from "../../../cli/import/lock-owner";

const HERE: Host = { host: "build-1", machine: "m-1", boot: "b-1", pidNamespace: "pid:[1]" };
/** Of a process that has ended. */
const GONE = spawnSync(process.execPath, ["-e", ""]).pid;
const ownerOf = (more: Partial<Owner>): Owner => ({ token: "t", process: GONE, ...HERE, ...more });
const without = (name: keyof Host): Host => {
  const { [name]: _, ...rest } = HERE;
  return rest as Host;
};

test.each<[string, Partial<Owner>, boolean]>([
  ["has ended", {}, true],
  ["runs", { process: process.pid }, false],
  ["was of a host of another name", { host: "build-2" }, false],
  ["was of another machine of the same name", { machine: "m-2", boot: "b-2" }, false],
  ["was of an earlier boot, even if its number is in use again", { boot: "b-0", process: process.pid }, true],
  ["was of another container of the same name", { pidNamespace: "pid:[2]" }, false],
])("of a process that %s", (_, more, gone) => {
  expect(isGone(ownerOf(more), HERE)).toBe(gone);
});

test.each(["machine", "boot", "pidNamespace"] as const)("what does not say its %s is not taken for gone", (name) => {
  expect(isGone({ token: "t", process: GONE, ...without(name) }, HERE)).toBe(false);
  expect(isGone(ownerOf({}), without(name))).toBe(false);
});

test("without a machine's id another boot may be one of another machine", () => {
  const { machine: _, ...owner } = ownerOf({ boot: "b-0" });
  expect(isGone(owner, without("machine"))).toBe(false);
});

test("where the system says no more than the host's name, the process id counts", () => {
  const here = { host: "mac" };
  expect(isGone({ token: "t", process: GONE, ...here }, here)).toBe(true);
  expect(isGone({ token: "t", process: process.pid, ...here }, here)).toBe(false);
});

test("what is no lock of ours has no owner, and is not gone", () => {
  for (const text of ["", "null", "{}", '{"token":"t","host":"build-1"}']) expect(ownerIn(text)).toBeUndefined();
  expect(isGone(undefined, HERE)).toBe(false);
});

test("this process is there, and reads itself back", () => {
  const owner = newOwner();
  expect(ownerIn(JSON.stringify(owner))).toEqual(owner);
  expect(isGone(owner, thisHost())).toBe(false);
  expect(isGone({ ...owner, process: GONE }, thisHost())).toBe(true);
  if (process.platform === "linux")
    expect(owner).toMatchObject({ boot: expect.any(String), pidNamespace: expect.any(String) });
});
