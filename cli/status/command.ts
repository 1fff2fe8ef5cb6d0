import { defineCommand, JSON_OUTPUT } from "../command";
import { CommandError, EXIT, Interrupted } from "../exit";
import { findPlaces } from "../who-and-where";
import { refuseOtherThanFile } from "./page-target";
import { listStuckUsers, readStatus } from "./read-status";
import { statusReport } from "./report";
import { statusDocument } from "./status";

export const statusCommand = defineCommand({
  name: "status",
  summary: "How far the migration is: who has come over when, who is left, when the curve flattens",
  options: {
    since: { type: "string", describe: "Day the trigger was switched on, such as 2026-01-31: the curve begins there" },
    html: { type: "string", describe: "Also write a page with the curve to this file" },
    "list-stuck": {
      type: "boolean",
      default: false,
      describe: "Only list the destination's users who must reset the password",
    },
    ...JSON_OUTPUT,
  },
  examples: [
    ["status", "Numbers, curve and forecast"],
    ["status --since 2026-01-31 --html status.html", "As a page, without those who were there before"],
    ["status --list-stuck --json", "Users without a password, by name"],
  ],
  run: async ({ since, html, json, "list-stuck": isList }, context) => {
    const { terminal, signal } = context;
    if (since !== undefined && !isDay(since))
      throw new CommandError(EXIT.USAGE, `--since: found "${since}", expected a day such as 2026-01-31`);
    if (html !== undefined) refuseOtherThanFile(html);
    const places = await findPlaces(context);
    try {
      if (isList) {
        await listStuckUsers(places.destination, context, json);
        return EXIT.DONE;
      }
      const status = await readStatus(places, context, since);
      terminal.print(json ? JSON.stringify(statusDocument(status), null, 2) : statusReport(status, terminal.columns));
      if (html !== undefined) {
        // echarts is large, and only needed here.
        const { writePage } = await import("./write-page");
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

/** There is no 31 February, which Date would take for a day in March. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 10) === text;
