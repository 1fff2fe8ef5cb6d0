import { REQUESTS_PER_SECOND, refuseImpossiblePace } from "../pools/requests-per-second";
import { APPLY, defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT, type ExitCode } from "../program/exit";
import { apply } from "./apply";
import { clean } from "./clean";
import { compareUsers } from "./compare-users";
import { MAX_ROWS } from "./csv";
import type { ExportWriter } from "./export-files";
import { applyCommand, beginWork, type Import } from "./import-context";
import { openRun } from "./open-run";
import { announceReading } from "./reading";
import { jobsFor, renderJobs, renderPlan } from "./report";
import { importRules, refuseImpossible } from "./rules";
import type { RowRules } from "./user-row";

export const importCommand = defineCommand({
  options: {
    ...APPLY,
    ...JSON_OUTPUT,
    "logs-role-arn": {
      type: "string",
      describe: "Role in the destination account with which Cognito writes the log of an import job",
    },
    ...REQUESTS_PER_SECOND,
    "rows-per-job": {
      type: "number",
      default: MAX_ROWS,
      describe: "Users in one import job; Cognito takes no more than 500,000",
    },
    "drop-mfa": {
      type: "boolean",
      default: false,
      describe: "Import although users with MFA at the source will have no second factor",
    },
    clean: {
      type: "boolean",
      default: false,
      describe: "Instead of importing, remove the files with personal data that imports have left",
    },
  },
  examples: [
    ["import", "Say how many users would be imported, and who would be left out"],
    ["import --apply --logs-role-arn arn:aws:iam::222222222222:role/cognito-import-logs", "Import them"],
    ["import --clean --apply", "Remove the files with personal data"],
  ],
  run: async (args, context) => {
    const requestsPerSecond = args["requests-per-second"];
    const rowsPerJob = args["rows-per-job"];
    const logsRoleArn = args["logs-role-arn"];
    refuseImpossiblePace(requestsPerSecond);
    if (!Number.isInteger(rowsPerJob) || rowsPerJob < 1 || rowsPerJob > MAX_ROWS)
      throw new CommandError(
        EXIT.USAGE,
        `--rows-per-job: found ${rowsPerJob}, expected a whole number from 1 to ${MAX_ROWS.toLocaleString("en-US")}.`,
      );
    if (logsRoleArn !== undefined && !/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(logsRoleArn))
      throw new CommandError(
        EXIT.USAGE,
        `--logs-role-arn: found ${JSON.stringify(logsRoleArn)}, expected a role ARN such as arn:aws:iam::222222222222:role/cognito-import-logs.`,
      );
    if (args.apply && !args.clean && logsRoleArn === undefined)
      throw new CommandError(
        EXIT.USAGE,
        "--logs-role-arn is required with --apply: the role in the destination account with which Cognito writes the log of an " +
          "import job. docs/cli/import.md has its policy. Nothing was read.",
      );
    // It needs neither of the user pools, which may be gone.
    if (args.clean) return clean(args.apply, context);
    const { json, "drop-mfa": dropMfa } = args;
    const options = { apply: args.apply, json, dropMfa, logsRoleArn, rowsPerJob, requestsPerSecond };
    const given = { options, ...(await beginWork(context, requestsPerSecond)) };
    const { places, settings } = given;
    const rules = await importRules(places, settings);
    refuseImpossible(places, settings, rules, options);
    return args.apply ? apply(given, rules) : plan(given, rules);
  },
});

const COUNT_ONLY: ExportWriter = { row: () => undefined, leftOut: () => undefined };

async function plan(given: Import, rules: RowRules): Promise<ExitCode> {
  const { options, context } = given;
  const { terminal, commands } = context;
  const open = await openRun(given, rules);
  if (open.kind === "over") terminal.say(`${open.because}: --apply exports again.`);
  if (open.kind === "going_on") {
    const { state } = open.run;
    if (options.json) terminal.print(JSON.stringify({ underWay: state }, undefined, 2));
    else
      terminal.print(
        `${renderJobs(state)}\n\nThis import is under way. This goes on with it:\n${applyCommand(options, commands)}`,
      );
    return EXIT.DONE;
  }
  await announceReading(given);
  const counts = await compareUsers(given, rules, COUNT_ONLY);
  if (options.json) {
    terminal.print(JSON.stringify({ counts, jobs: jobsFor(counts, options.rowsPerJob) }, undefined, 2));
    return EXIT.DONE;
  }
  terminal.report(renderPlan(given, counts));
  terminal.say(
    `Nothing was changed, and nothing was written to the disk. ${counts.toImport === 0 ? "There is nothing to do." : `This does it:\n${applyCommand(options, commands)}`}`,
  );
  return EXIT.DONE;
}
