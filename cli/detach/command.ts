import { flowsOf, hasPasswordFlow } from "../pool-change/auth-flows";
import { ALL_CLIENTS, UPDATE_OPTIONS } from "../pool-change/options";
import { runUpdate } from "../pool-change/run-update";
import { lambdaArnOf } from "../pools/stack-outputs";
import { defineCommand } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { decideDetach } from "./decide";
import { stopWithoutThePool } from "./without-the-pool";

/** `npx cognito-migration detach` */
export const detachCommand = defineCommand({
  options: { ...UPDATE_OPTIONS, ...ALL_CLIENTS },
  examples: [
    ["detach", "Show what would change"],
    ["detach --client 4kq7example --apply", "The trigger, and the password flow of one app client"],
  ],
  async run(args, context) {
    const named = args.client ?? [];
    if (named.length > 0 && args["all-clients"])
      throw new CommandError(EXIT.USAGE, "Give --client or --all-clients, not both.");
    return runUpdate(
      {
        command: "detach",
        clients: args["all-clients"] ? "all" : named,
        leaves: (client) => (hasPasswordFlow(flowsOf(client)) ? undefined : "It does not let apps send passwords."),
        decide: (snapshot, settings) => decideDetach(snapshot, lambdaArnOf(settings)),
        otherwise: (userPool, { side }, settings) => stopWithoutThePool(userPool, side, settings),
        apply: args.apply,
        print: args.print,
      },
      context,
    );
  },
});
