import { APPLY, type CommandOptions } from "../program/command";
import { PRINTED } from "./infrastructure-lines";

/** Of every command that updates the destination pool and its app clients. */
export const UPDATE_OPTIONS = {
  client: {
    type: "string",
    array: true,
    requiresArg: true,
    describe: "Id of an app client of the destination; repeat it for several",
  },
  print: {
    choices: PRINTED,
    requiresArg: true,
    describe: "Print the lines for the code that manages the pool, and change nothing",
  },
  ...APPLY,
} as const satisfies CommandOptions;

export const ALL_CLIENTS = {
  "all-clients": { type: "boolean", default: false, describe: "Every app client that people sign in with" },
} as const satisfies CommandOptions;
