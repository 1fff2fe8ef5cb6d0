import { nodeNotice, platformProblem } from "../../bin/platform.mjs";

test.each(["linux", "darwin", "freebsd"])("%s is let be", (platform) => {
  expect(platformProblem(platform)).toBeUndefined();
});

test("Windows is refused with the way out", () => {
  expect(platformProblem("win32")).toMatch(/^Windows: use .* \(WSL\), https:\S+\.$/);
});

test.each(["v22.12.0", "v24.22.3", "v26.0.0", "v101.0.0"])("nothing is said of %s", (version) => {
  expect(nodeNotice(version)).toBeUndefined();
});

test("who still has Node.js 20 is told what to install", () => {
  expect(nodeNotice("v20.20.2")).toMatch(/^Node\.js 20\.20\.2 gets no fixes .* Install Node\.js 24: https:\S+\.$/);
});
