import { confirmPools } from "../pools/confirmed-pools";
import { type Context, defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT, Interrupted } from "../program/exit";
import { listStuck } from "./list-stuck";
import { refuseOtherThanFile } from "./page-target";
import { readStatus } from "./read-status";
import { statusReport } from "./report";
import { sinceDay } from "./since";
import { statusDocument } from "./status";

export const statusCommand = defineCommand({
  options: {
    since: {
      type: "string",
      describe: "Day on which you attached the trigger, such as 2026-01-31: the curve begins there",
    },
    html: { type: "string", describe: "Also write the report as a page to this file" },
    "list-stuck": {
      type: "boolean",
      default: false,
      describe: "List only the destination's users who must reset their password",
    },
    stamps: {
      type: "boolean",
      default: false,
      describe: "Also count stamps, whom their groups do not have as members yet, and whether the token trigger can go",
    },
    ...JSON_OUTPUT,
  },
  examples: [
    ["status", "Numbers, curve and forecast"],
    ["status --since 2026-01-31 --html status.html", "As a page, without users who were there before"],
    ["status --stamps", "Also how many users with a stamp are not in its groups yet"],
    ["status --list-stuck --json", "Users without a password, by name"],
  ],
  run: async ({ since, html, json, stamps, "list-stuck": isList }, context) => {
    const { terminal, signal } = context;
    const from = since === undefined ? undefined : sinceDay(since, context.now());
    if (isList && html !== undefined)
      throw new CommandError(
        EXIT.USAGE,
        "--html: found with --list-stuck, which writes no page; expected one of them.",
      );
    if (html !== undefined) refuseOtherThanFile(html);
    if (stamps) refuseStamps(isList, context);
    const places = await confirmPools(context);
    try {
      if (isList) {
        await listStuck(places.destination, context, json);
        return EXIT.DONE;
      }
      const status = await readStatus(places, context, from, stamps);
      if (json) terminal.print(JSON.stringify(statusDocument(status), null, 2));
      else terminal.report(statusReport(status, terminal.columns, context.commands));
      if (html !== undefined) {
        // echarts is large, and only needed here.
        const { writePage } = await import("./page");
        writePage(html, status);
        terminal.say(`Written: ${html}`);
      }
      return EXIT.DONE;
    } catch (error) {
      if (signal.aborted) throw new Interrupted("Stopped. Nothing was changed and nothing is kept: run it again.");
      throw error;
    }
  },
});

function refuseStamps(isList: boolean, { deployment }: Pick<Context, "deployment">): void {
  const refused = (found: string, expected: string): CommandError =>
    new CommandError(EXIT.USAGE, `--stamps: found ${found}, expected ${expected}. Nothing was read.`);
  if (isList) throw refused("with --list-stuck, which counts nothing", "one of them");
  if (deployment().destination?.migrationStamp !== "on") throw refused("without stamps", "MIGRATION_STAMP=on");
}
