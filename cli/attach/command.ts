import { appClientsToChooseFrom } from "../pool-change/list-app-clients";
import { ALL_CLIENTS, clientsOf, UPDATE_OPTIONS } from "../pool-change/options";
import { runUpdate } from "../pool-change/run-update";
import { lambdaArnOf } from "../pools/stack-outputs";
import { defineCommand } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { checkInvocation } from "./check-invocation";
import { decideAttach, reasonToLeave } from "./decide";

const SAY_WHICH =
  "Nothing was changed. Say which app clients may send passwords, each time, also to put back a trigger that detach has taken off: " +
  "--client ID, several times if need be, or --all-clients.";

/** `npx cognito-migration attach` */
export const attachCommand = defineCommand({
  options: {
    ...UPDATE_OPTIONS,
    ...ALL_CLIENTS,
    replace: { type: "boolean", default: false, describe: "Replace another function's trigger on the pool" },
  },
  examples: [
    ["attach --client 4kq7example", "Show what would change"],
    ["attach --client 4kq7example --apply", "Make the changes"],
    ["attach --client 4kq7example --print terraform", "Print the lines for Terraform"],
  ],
  async run(args, context) {
    const clients = clientsOf(args);
    if (clients.length === 0)
      throw new CommandError(EXIT.USAGE, [SAY_WHICH, (await appClientsToChooseFrom(context)) ?? []].flat().join("\n"));
    return runUpdate(
      {
        command: "attach",
        clients,
        leaves: reasonToLeave,
        decide: (snapshot, settings) => decideAttach(snapshot, lambdaArnOf(settings), args.replace),
        check: (place, settings, { userPool }) =>
          checkInvocation(place, lambdaArnOf(settings), String(userPool["Arn"])),
        apply: args.apply,
        print: args.print,
      },
      context,
    );
  },
});
