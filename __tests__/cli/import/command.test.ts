import { importCommand } from "../../../cli/import/command";
import type { Context } from "../../../cli/program/command";
import { EXIT } from "../../../cli/program/exit";

const DEFAULTS = Object.fromEntries(
  Object.entries(importCommand.options).map(([name, option]) => [name, option.default]),
);

/** Nothing may be asked of it. */
const UNTOUCHED = new Proxy({} as Context, {
  get: (_, name) => {
    throw new Error(`${String(name)} was asked for`);
  },
});

test.each([
  ["logs-role-arn", "cognito-import-logs"],
  ["logs-role-arn", "arn:aws:iam::222222222222:user/somebody"],
  ["rows-per-job", 500_001],
  ["rows-per-job", 1.5],
  ["rows-per-job", 0],
])("refuses --%s %p before anything is called", async (option, value) => {
  const run = async () => importCommand.run({ ...DEFAULTS, [option]: value }, UNTOUCHED);
  await expect(run()).rejects.toMatchObject({
    exitCode: EXIT.USAGE,
    message: expect.stringMatching(`^--${option}: found .*, expected `),
  });
});

test("refuses --apply without a role for the log before anything is called", async () => {
  const run = async () => importCommand.run({ ...DEFAULTS, apply: true }, UNTOUCHED);
  await expect(run()).rejects.toMatchObject({
    exitCode: EXIT.USAGE,
    message: expect.stringMatching(/^--logs-role-arn is required with --apply: the role/),
  });
});

test("reads a third of what ListUsers gives an account, and fills jobs to the brim, unless told otherwise", () => {
  expect(DEFAULTS).toMatchObject({
    "requests-per-second": 10,
    "rows-per-job": 500_000,
    apply: false,
    "drop-mfa": false,
  });
});
