import { ALL_CLIENTS, clientsOf, UPDATE_OPTIONS, withoutPasswordFlowAlready } from "../pool-change/options";
import { runUpdate } from "../pool-change/run-update";
import { lambdaArnOf } from "../pools/stack-outputs";
import { defineCommand } from "../program/command";
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
    return runUpdate(
      {
        command: "detach",
        clients: clientsOf(args),
        leaves: withoutPasswordFlowAlready,
        decide: (snapshot, settings) => decideDetach(snapshot, lambdaArnOf(settings)),
        otherwise: (userPool, { side }, settings) => stopWithoutThePool(userPool, side, settings),
        apply: args.apply,
        print: args.print,
      },
      context,
    );
  },
});
