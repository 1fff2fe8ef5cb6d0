import { stateOf } from "../pool-change/record";
import { UndoFiles } from "../pool-change/undo-files";
import { APPLY, defineCommand, JSON_OUTPUT } from "../program/command";
import { EXIT } from "../program/exit";
import { table } from "../program/table";
import { runUndo } from "./run";

export const undoCommand = defineCommand({
  options: {
    ...APPLY,
    replace: {
      type: "boolean",
      default: false,
      describe: "Put another function's trigger back, if the pool had one before",
    },
    list: { type: "boolean", default: false, describe: "List what can be taken back, and what was" },
    ...JSON_OUTPUT,
  },
  examples: [
    ["undo", "Show what would be taken back"],
    ["undo --apply", "Take it back"],
    ["undo --list", "What was changed, when, and whether it was taken back"],
  ],
  async run(args, context) {
    const files = new UndoFiles(context.workDirectory, context.deployment().source.migration);
    // Positional arguments are not among the options that have types.
    const { id } = args as { readonly id?: string };
    if (!args.list) return runUndo({ id, apply: args.apply, replace: args.replace }, files, context);
    const records = files.all();
    if (args.json) context.terminal.print(JSON.stringify(records, undefined, 2));
    else if (records.length === 0) context.terminal.say("Nothing was changed from here.");
    else
      context.terminal.print(
        table(
          ["id", "user pool", "account", "changes", "state"],
          records.map((one) => [one.id, one.userPoolId, one.account, one.changes.length, stateOf(one)]),
        ),
      );
    return EXIT.DONE;
  },
});
