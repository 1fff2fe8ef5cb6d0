import { APPLY, type Command, defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { MAX_ROWS } from "./csv";
import { importRest } from "./import-rest";

/** The quota of ListUsers is 30 per second, for all user pools of an account, and cannot be raised: others need some. */
const REQUESTS_PER_SECOND = 10;

export const IMPORT: Command = defineCommand({
  name: "import",
  summary: "Import the users who have not migrated, and restore groups",
  options: {
    ...APPLY,
    ...JSON_OUTPUT,
    groups: {
      type: "boolean",
      default: false,
      describe:
        "Create the source's groups and put users into them, but only users whom this migration has brought over",
    },
    group: {
      type: "string",
      array: true,
      requiresArg: true,
      describe: "With --groups: also fill this existing group, although its members get a role; can be repeated",
    },
    "logs-role-arn": {
      type: "string",
      describe: "Role in the destination account with which Cognito writes the log of an import job",
    },
    "requests-per-second": {
      type: "number",
      default: REQUESTS_PER_SECOND,
      describe: "ListUsers requests per second; the account has 30 in all, and cannot get more",
    },
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
    ["import --groups --apply --logs-role-arn ARN", "Import them, and restore groups"],
    ["import --clean --apply", "Remove the files with personal data"],
  ],
  run: (args, context) => {
    const requestsPerSecond = args["requests-per-second"];
    const rowsPerJob = args["rows-per-job"];
    const logsRoleArn = args["logs-role-arn"];
    if (!(requestsPerSecond > 0))
      throw new CommandError(
        EXIT.USAGE,
        `--requests-per-second: found ${requestsPerSecond}, expected a number above 0.`,
      );
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
    const named = args.group ?? [];
    if (named.length > 0 && !args.groups)
      throw new CommandError(EXIT.USAGE, "--group: found without --groups, expected both.");
    return importRest(
      {
        apply: args.apply,
        json: args.json,
        groups: args.groups,
        named,
        clean: args.clean,
        dropMfa: args["drop-mfa"],
        logsRoleArn,
        rowsPerJob,
        requestsPerSecond,
        usual: { rowsPerJob: MAX_ROWS, requestsPerSecond: REQUESTS_PER_SECOND },
      },
      context,
    );
  },
});
