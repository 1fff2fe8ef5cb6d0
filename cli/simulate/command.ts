import { readFileSync } from "node:fs";
import { defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { ASSUMPTIONS, readAssumptions } from "./assumptions";
import { simulationReport } from "./report";
import { simulate } from "./simulate";

export const simulateCommand = defineCommand({
  options: {
    ...ASSUMPTIONS,
    ...JSON_OUTPUT,
  },
  examples: [
    [
      "simulate --users 500000 --sign-ins daily=10,weekly=20,monthly=30,yearly=25,never=15",
      "By how often users sign in",
    ],
    [
      "simulate --users 40000000 --window-days 180 --last-sign-ins last-sign-ins.csv --json",
      "By the last sign-ins in your log",
    ],
    ["simulate --users 80000 --sign-ins monthly=100 --price-source 0.01 --price-destination 0.02", "With costs"],
  ],
  run: async (args, { terminal }) => {
    const assumptions = readAssumptions(args, (path) => readFileSync(path, "utf8"));
    if (!("signInShare" in assumptions)) throw new CommandError(EXIT.USAGE, assumptions.join("\n"));
    const simulation = simulate(assumptions);
    if (args.json) terminal.print(JSON.stringify(simulation, null, 2));
    else terminal.report(simulationReport(simulation, assumptions, terminal.columns));
    return EXIT.DONE;
  },
});
