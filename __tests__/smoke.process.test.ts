import { join } from "node:path";
import { COMMANDS } from "../cli/commands";
import { ROOT, run } from "./support/program";

/** The operator's program as it is installed. */
const program = (...words: string[]) =>
  run(ROOT, [process.execPath, join(ROOT, "bin/cognito-migration.mjs"), ...words], {});

test("the operator's program starts, and lists every command", () => {
  const { status, stdout, stderr } = program("--help");
  expect([status, stderr]).toEqual([0, ""]);
  for (const { name } of COMMANDS) expect(stdout).toContain(`cognito-migration ${name}`);
});

test("a command answers in JSON on standard output, and nowhere else", () => {
  const { status, stdout, stderr } = program("simulate", "--users", "1000", "--sign-ins", "monthly=100", "--json");
  expect([status, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toMatchObject({ importOfTheRest: expect.anything() });
});

test("a command without its settings is refused, and asks nothing of AWS", () => {
  const { status, stdout, stderr } = program("preflight", "--settings", "no-such-file");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/no-such-file/);
});
