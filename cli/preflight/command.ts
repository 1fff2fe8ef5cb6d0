import { defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT, type ExitCode } from "../program/exit";
import { decideAll } from "./check";
import { CHECKS } from "./checks";
import { gather } from "./gather";
import { countsOf, isReady, jsonDocument, report } from "./report";

export const preflightCommand = defineCommand({
  options: {
    ...JSON_OUTPUT,
    strict: { type: "boolean", default: false, describe: "Treat warnings as failures" },
    "scan-users": {
      type: "boolean",
      default: false,
      describe: "Also read every user of the source: names that work, missing and long attributes",
    },
    "expect-sign-ins-per-second": { type: "number", describe: "Peak of first sign-ins, to compare with the quotas" },
    outputs: {
      type: "string",
      describe:
        "File with what terraform output -json NAME has printed of the source where the modules or constructs are deployed, instead of the source stack's state",
    },
    "function-role-profile": {
      type: "string",
      describe: "Profile with credentials of the function's role, to assume the source role as the function does",
    },
  },
  examples: [
    ["preflight", "Check before the trigger is attached, and again after it"],
    ["preflight --scan-users --expect-sign-ins-per-second 20", "Check everything, users and quotas included"],
    ["preflight --json --strict", "For a pipeline"],
  ],
  async run(args, context): Promise<ExitCode> {
    const expectSignInsPerSecond = args["expect-sign-ins-per-second"];
    if (expectSignInsPerSecond !== undefined && !(expectSignInsPerSecond > 0))
      throw new CommandError(EXIT.USAGE, "--expect-sign-ins-per-second must be a number above 0.");
    const { facts, given } = await gather(context, {
      scanUsers: args["scan-users"],
      expectSignInsPerSecond,
      outputs: args.outputs,
      functionRoleProfile: args["function-role-profile"],
    });
    const results = decideAll(CHECKS, facts, given);
    const { settings, reach } = given;
    const { id, region } = settings.userPool;
    const sides = {
      source: { userPoolId: settings.sourceUserPoolId, region: settings.sourceRegion, account: reach.source.account },
      destination: { userPoolId: id, region, account: reach.destination.account },
    };
    context.terminal.print(
      args.json
        ? JSON.stringify(jsonDocument(results, sides, args.strict), null, 2)
        : report(results, context.terminal),
    );
    return isReady(countsOf(results), args.strict) ? EXIT.DONE : EXIT.CHECKS_FAILED;
  },
});
