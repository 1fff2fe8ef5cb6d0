import { hasPasswordFlow } from "../../rules/app-client";
import type { JsonObject } from "../aws/json";
import { APPLY, type CommandOptions } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { flowsOf } from "./auth-flows";
import { PRINTED } from "./infrastructure-lines";

/** Of every command that updates the destination pool and its app clients. */
export const UPDATE_OPTIONS = {
  client: {
    type: "string",
    array: true,
    describe: "Id of an app client of the destination; repeat it for several",
  },
  print: {
    choices: PRINTED,
    describe: "Print the lines for the code that manages the pool, and change nothing",
  },
  ...APPLY,
} as const satisfies CommandOptions;

/** Beside {@link UPDATE_OPTIONS}, and one of the two alone: {@link clientsOf}. */
export const ALL_CLIENTS = {
  "all-clients": { type: "boolean", default: false, describe: "Every app client that people sign in with" },
} as const satisfies CommandOptions;

/** @throws {CommandError} USAGE for both. */
export function clientsOf(args: { client?: string[] | undefined; "all-clients": boolean }): readonly string[] | "all" {
  const { client: named = [], "all-clients": isAll } = args;
  if (named.length > 0 && isAll) throw new CommandError(EXIT.USAGE, "Give --client or --all-clients, not both.");
  return isAll ? "all" : named;
}

/** Why an app client that nobody named stays as it is, where the password flow is taken off. */
export const withoutPasswordFlowAlready = (client: JsonObject): string | undefined =>
  hasPasswordFlow(flowsOf(client)) ? undefined : "It does not let apps send passwords.";
