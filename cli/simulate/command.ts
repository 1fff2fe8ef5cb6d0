import { readFileSync } from "node:fs";
import { defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { readAssumptions } from "./assumptions";
import { simulationReport } from "./report";
import { simulate } from "./simulate";

export const simulateCommand = defineCommand({
  options: {
    users: { type: "string", describe: "Users in the source, up to 40,000,000" },
    "window-days": { type: "string", default: "90", describe: "Days in which users can migrate" },
    "sign-ins": {
      type: "string",
      describe: "Percentages of users by how often they sign in, such as daily=20,monthly=60,never=20",
    },
    "last-sign-ins": { type: "string", describe: "CSV with days_since_last_sign_in and users, instead of --sign-ins" },
    "busiest-hour": {
      type: "string",
      default: "10",
      describe: "Percentage of a day's sign-ins in its busiest hour",
    },
    // https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
    "sign-in-quota": {
      type: "string",
      default: "120",
      describe: "UserAuthentication requests per second at the source",
    },
    "list-users-quota": { type: "string", default: "30", describe: "UserList requests per second" },
    "same-account": { type: "boolean", default: false, describe: "Both pools are in one account and Region" },
    "row-bytes": { type: "string", default: "200", describe: "Bytes per user in the CSV file of an import" },
    "price-source": {
      type: "string",
      describe: "Price of a monthly active user, or tiers such as 10000=0,90000=0.0055,0.0046",
    },
    "price-destination": { type: "string", describe: "The same for the destination" },
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
