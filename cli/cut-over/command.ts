import { defineCommand } from "../command";
import { lambdaArnOf } from "../outputs";
import { flowsOf, hasPasswordFlow } from "../user-pool-update/auth-flows";
import { UPDATE_OPTIONS } from "../user-pool-update/options";
import { runUpdate } from "../user-pool-update/run-update";
import { decideCutOver } from "./decide";

const BEFORE = `Whoever has not signed in by now loses the old password: look at "npx cognito-migration status" first, and import the rest.`;

const AFTER = `What is left to do, in this order:
  1. npx cdktf destroy destination   (the function, its role, its log group and alarms)
  2. npx cdktf destroy source        (the app client and the role; the source's users stay)
The destination goes first: its plan reads the outputs of the source.`;

/** `npx cognito-migration cut-over` */
export const cutOver = defineCommand({
  name: "cut-over",
  summary: "End the migration: SRP on, passwords and the trigger off",
  options: UPDATE_OPTIONS,
  examples: [
    ["cut-over", "Show what would change, for every app client that has the password flow"],
    ["cut-over --apply", "Change it"],
  ],
  async run(args, context) {
    context.terminal.say(BEFORE);
    const named = args.client ?? [];
    const exitCode = await runUpdate(
      {
        command: "cut-over",
        clients: named.length === 0 ? "all" : named,
        leaves: (client) => (hasPasswordFlow(flowsOf(client)) ? undefined : "It does not let apps send passwords."),
        decide: (snapshot, settings) => decideCutOver(snapshot, lambdaArnOf(settings)),
        apply: args.apply,
        print: args.print,
      },
      context,
    );
    if (args.print === undefined) context.terminal.say(AFTER);
    return exitCode;
  },
});
