import type { DestinationSettings } from "../../config/deployment";
import { demandsMembership, hasTokenFunction } from "../../rules/token-function";
import { together } from "../pool-change/change";
import { appClientsToChooseFrom } from "../pool-change/list-app-clients";
import { ALL_CLIENTS, clientsOf, UPDATE_OPTIONS } from "../pool-change/options";
import { runUpdate } from "../pool-change/run-update";
import type { AskedArns } from "../pool-change/triggers";
import { functionArnsOf } from "../pools/stack-outputs";
import { defineCommand } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { checkInvocation } from "./check-invocation";
import { decideAttach, reasonToLeave } from "./decide";
import { checkTokenFunction, groupsToCome, noTokenFunction } from "./token-function";

const SAY_WHICH =
  "Nothing was changed. Say which app clients may send passwords, each time, also to put back a trigger that detach has taken off: " +
  "--client ID, several times if need be, or --all-clients.";

export const attachCommand = defineCommand({
  options: {
    ...UPDATE_OPTIONS,
    ...ALL_CLIENTS,
    replace: { type: "boolean", default: false, describe: "Replace another function's user migration trigger" },
    groups: {
      type: "boolean",
      default: false,
      describe: "Attach the token function, too; without an app client, that alone",
    },
  },
  examples: [
    ["attach --client 4kq7example", "Show what would change"],
    ["attach --client 4kq7example --apply", "Make the changes"],
    ["attach --client 4kq7example --print terraform", "Print the lines for Terraform"],
    ["attach --groups --apply", "Groups in the first token, in a migration that goes on already"],
  ],
  async run(args, context) {
    const clients = clientsOf(args);
    if (clients.length === 0 && !args.groups)
      throw new CommandError(EXIT.USAGE, [SAY_WHICH, (await appClientsToChooseFrom(context)) ?? []].flat().join("\n"));
    const asked = (settings: DestinationSettings): AskedArns => {
      const { migration, token } = functionArnsOf(settings);
      if (args.groups && !hasTokenFunction(settings))
        throw new CommandError(EXIT.CHECKS_FAILED, noTokenFunction(context.commands));
      return { ...(clients.length > 0 && { migration }), ...(args.groups && { token }) };
    };
    return runUpdate(
      {
        command: "attach",
        clients,
        leaves: reasonToLeave,
        decide: (snapshot, settings) => {
          const decided = decideAttach(snapshot, asked(settings), args.replace, demandsMembership(settings));
          const toCome = args.groups ? [] : [groupsToCome(snapshot.userPool, settings, context.commands)];
          return { ...decided, ...together([decided, ...toCome]) };
        },
        check: async (place, settings, { userPool }) => {
          const { migration, token } = asked(settings);
          const arn = String(userPool["Arn"]);
          return together([
            ...(migration === undefined ? [] : [await checkInvocation(place, migration, arn)]),
            ...(token === undefined ? [] : [await checkTokenFunction(place, settings, arn, context.signal)]),
          ]);
        },
        apply: args.apply,
        print: args.print,
      },
      context,
    );
  },
});
