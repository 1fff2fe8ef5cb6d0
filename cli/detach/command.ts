import { together } from "../pool-change/change";
import { ALL_CLIENTS, clientsOf, UPDATE_OPTIONS, withoutPasswordFlowAlready } from "../pool-change/options";
import { runUpdate } from "../pool-change/run-update";
import { readersOfStamp } from "../pool-change/stamp-readers";
import { functionArnsOf } from "../pools/stack-outputs";
import { defineCommand } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { decideDetach, membershipsAtStake } from "./decide";
import { stopWithoutThePool } from "./without-the-pool";

export const detachCommand = defineCommand({
  options: {
    ...UPDATE_OPTIONS,
    ...ALL_CLIENTS,
    groups: {
      type: "boolean",
      default: false,
      describe: "Take the token function off, and nothing else: the migration goes on",
    },
  },
  examples: [
    ["detach", "Show what would change"],
    ["detach --client 4kq7example --apply", "The trigger, and the password flow of one app client"],
    ["detach --groups --apply", "The token function alone"],
  ],
  async run(args, context) {
    const clients = clientsOf(args);
    if (args.groups && clients.length > 0)
      throw new CommandError(
        EXIT.USAGE,
        "--groups takes the token function off, and leaves app clients as they are: give it without --client and --all-clients.",
      );
    return runUpdate(
      {
        command: "detach",
        clients,
        leaves: withoutPasswordFlowAlready,
        decide: (snapshot, settings) => {
          const { migration, token } = functionArnsOf(settings);
          const decided = decideDetach(snapshot, args.groups ? { token } : { migration, token });
          const atStake = args.groups ? [membershipsAtStake(snapshot.userPool, settings, context.commands)] : [];
          return { ...decided, ...together([decided, ...atStake]) };
        },
        // The whole brake asks AWS for nothing that it can do without.
        ...(args.groups && { check: readersOfStamp }),
        otherwise: (userPool, { side }, settings) => stopWithoutThePool(userPool, side, settings, args.groups),
        apply: args.apply,
        print: args.print,
      },
      context,
    );
  },
});
