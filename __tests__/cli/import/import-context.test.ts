import { applyCommand, type ImportOptions } from "../../../cli/import/import-context";
import { commandLines } from "../../../config/command-lines";

const OPTIONS: ImportOptions = {
  apply: false,
  json: false,
  dropMfa: false,
  logsRoleArn: undefined,
  requestsPerSecond: 10,
  rowsPerJob: 500_000,
};

const commandFor = (options: Partial<ImportOptions>): string =>
  applyCommand({ ...OPTIONS, ...options }, commandLines());

test.each([
  ["nothing but the plan", {}, "import --apply --logs-role-arn LOGS_ROLE_ARN"],
  [
    "the role, where it is known",
    { logsRoleArn: "arn:aws:iam::2:role/x" },
    "import --apply --logs-role-arn arn:aws:iam::2:role/x",
  ],
  [
    "what is not usual, and consent that was given",
    { requestsPerSecond: 5, rowsPerJob: 100, dropMfa: true },
    "import --apply --logs-role-arn LOGS_ROLE_ARN --drop-mfa --requests-per-second 5 --rows-per-job 100",
  ],
])("has %s", (_, options, expected) => {
  expect(commandFor(options)).toBe(`npx cognito-migration ${expected}`);
});
