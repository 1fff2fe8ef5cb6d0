import { REQUESTS_PER_SECOND, refuseImpossiblePace } from "../pools/requests-per-second";
import { defineCommand, JSON_OUTPUT } from "../program/command";
import { sinceDay } from "../status/since";
import { makeMap } from "./make-map";
import { FORMATS } from "./map-row";

export const idmapCommand = defineCommand({
  options: {
    out: {
      type: "string",
      demandOption: true,
      describe: "File to write; a name that is free. Duplicates go to a second file beside it",
    },
    format: {
      choices: FORMATS,
      default: "csv",
      describe: "csv for spreadsheets and databases, jsonl for exact values",
    },
    since: { type: "string", describe: "Only who came on this day (UTC) or later, such as 2026-01-31" },
    "not-migrated": {
      type: "boolean",
      default: false,
      describe: "Also read the source, and add its users who have not come",
    },
    ...JSON_OUTPUT,
    ...REQUESTS_PER_SECOND,
  },
  examples: [
    ["idmap --out ids.csv", "Who has come, with the old sub and the new one"],
    ["idmap --out ids-2026-01-31.csv --since 2026-01-30", "Only who came lately, for a job that runs every day"],
    ["idmap --out all.jsonl --format jsonl --not-migrated", "Also who has not come"],
  ],
  run: (args, context) => {
    const requestsPerSecond = args["requests-per-second"];
    refuseImpossiblePace(requestsPerSecond);
    return makeMap(
      {
        out: args.out,
        format: args.format,
        since: args.since === undefined ? undefined : sinceDay(args.since, context.now()),
        withNotMigrated: args["not-migrated"],
        json: args.json,
        requestsPerSecond,
      },
      context,
    );
  },
});
