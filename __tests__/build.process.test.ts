import { ROOT, type Run, run } from "./support/program";

const build = (...words: string[]): Run => run(ROOT, [process.execPath, "build.mjs", ...words], {});

test.each([
  [["mian"], /^found no program mian, expected one of main, cli, /],
  [["main", "mian"], /^found no program mian, /],
  [["--run"], /^found no program , expected one of /],
  [["--run", "mian", "--help"], /^found no program mian, /],
  [["--run", "demo", "ful", "--check"], /^found ful, expected full\n$/],
])("%j is refused with what there is", (words, message) => {
  expect(build(...words)).toEqual({ status: 1, stdout: "", stderr: expect.stringMatching(message) });
});

test.each([
  [["demo"], "npm run demo -- [options]"],
  [["demo", "full"], "npm run demo -- full [options]"],
])("--run %j hands on what follows", (words, usage) => {
  const { status, stdout } = build("--run", ...words, "--help");
  expect([status, stdout.split("\n")[0]]).toEqual([0, usage]);
});
