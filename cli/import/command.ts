import { REQUESTS_PER_SECOND, refuseImpossiblePace } from "../pools/requests-per-second";
import { APPLY, defineCommand, JSON_OUTPUT } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { MAX_ROWS } from "./csv";
import { importRest } from "./import-rest";

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
  run: (args, context) => {
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
    return importRest(
      {
        apply: args.apply,
        json: args.json,
        clean: args.clean,
        dropMfa: args["drop-mfa"],
        logsRoleArn,
        rowsPerJob,
        requestsPerSecond,
      },
      context,
    );
  },
});
