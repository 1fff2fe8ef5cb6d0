import type { Context } from "../../../cli/program/command";
import { EXIT } from "../../../cli/program/exit";
import { LOADED_COMMANDS } from "../../support/loaded-commands";

/** Nothing may be asked of it. */
const UNTOUCHED = new Proxy({} as Context, {
  get: (_, name) => {
    throw new Error(`${String(name)} was asked for`);
  },
});

const paced = LOADED_COMMANDS.filter(({ options }) => "requests-per-second" in options);

test("there are commands with a pace", () => {
  expect(paced.map(({ name }) => name)).toEqual(["import", "groups", "idmap"]);
});

test.each(paced.flatMap((command) => [0, -1, Number.NaN].map((pace) => [command.name, pace, command] as const)))(
  "%s refuses --requests-per-second %p before anything is called",
  async (_, pace, { options, run }) => {
    const defaults = Object.entries(options).map(([name, option]) => [name, option.default]);
    const args = { ...Object.fromEntries(defaults), "requests-per-second": pace };
    await expect(async () => run(args, UNTOUCHED)).rejects.toMatchObject({
      exitCode: EXIT.USAGE,
      message: expect.stringMatching(/^--requests-per-second: found \S+, expected a number above 0\.$/),
    });
  },
);
