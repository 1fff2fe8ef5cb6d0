import type { CommandLines } from "../../config/command-lines";
import { together } from "../pool-change/change";
import { UPDATE_OPTIONS, withoutPasswordFlowAlready } from "../pool-change/options";
import { runUpdate } from "../pool-change/run-update";
import { readersOfStamp } from "../pool-change/stamp-readers";
import { functionArnsOf } from "../pools/stack-outputs";
import { defineCommand } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { decideCutOver } from "./decide";
import { decideLeftBehind, decideYoungStamps, leaveOf, readLeft } from "./left-behind";

const whatIsLeft = (commands: CommandLines): string => `What is left to do, in this order:
  1. ${commands.cdktf("destroy", "destination")}   (the function, its role, its log group and alarms)
  2. ${commands.cdktf("destroy", "source")}        (the app client and the role; the source's users stay)
The destination goes first: its plan reads the outputs of the source.`;

export const cutOverCommand = defineCommand({
  options: {
    ...UPDATE_OPTIONS,
    leave: {
      type: "string",
      describe: "Leave this many source users behind, or unknown if the number cannot be read",
    },
  },
  examples: [
    ["cut-over", "Show what would change, for every app client that has the password flow"],
    ["cut-over --apply", "Cut over, once everybody has migrated"],
    ["cut-over --leave 39 --apply", "Cut over, and leave 39 users behind"],
  ],
  async run(args, context) {
    const leave = leaveOf(args.leave);
    if (leave === null)
      throw new CommandError(
        EXIT.USAGE,
        `--leave: found ${JSON.stringify(args.leave)}, expected how many users are left behind, or unknown.`,
      );
    const named = args.client ?? [];
    const exitCode = await runUpdate(
      {
        command: "cut-over",
        clients: named.length === 0 ? "all" : named,
        leaves: withoutPasswordFlowAlready,
        decide: (snapshot, settings) => decideCutOver(snapshot, functionArnsOf(settings)),
        check: async (destination, settings) => {
          const left = await readLeft(destination, context);
          return together([
            decideLeftBehind(left, leave, context.commands),
            decideYoungStamps(left, settings.groupsWindow),
            await readersOfStamp(destination, settings),
          ]);
        },
        apply: args.apply,
        print: args.print,
      },
      context,
    );
    if (args.apply && args.print === undefined) context.terminal.say(whatIsLeft(context.commands));
    return exitCode;
  },
});
