import { APPLY, type CommandOptions } from "../program/command";
import { PRINTED } from "./infrastructure-lines";

/** Of every command that updates the destination pool and its app clients. */
export const UPDATE_OPTIONS = {
  client: {
    type: "string",
    array: true,
    requiresArg: true,
    describe: "Id of an app client of the destination; may be given several times",
  },
  print: {
    choices: PRINTED,
    requiresArg: true,
    describe: "Print what the definition of pool and app clients has to say, and change nothing",
  },
  ...APPLY,
} as const satisfies CommandOptions;

export const ALL_CLIENTS = {
  "all-clients": { type: "boolean", default: false, describe: "Every app client that people sign in with" },
} as const satisfies CommandOptions;
