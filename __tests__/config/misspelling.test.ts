import { parseDeployment } from "../../config/deployment";
import { misspelledSetting } from "../../config/misspelling";
import { SETTING_NAMES } from "../../config/settings";
import { BOTH } from "../support/settings";

test.each([
  ["SOURCE_USER_POOL", "SOURCE_USER_POOL_ID"],
  ["DESTINATION_USERPOOL_ARN", "DESTINATION_USER_POOL_ARN"],
  ["DESTINATION_USER_POOL", "DESTINATION_USER_POOL_ARN"],
  ["SOURCE_USER_POOL_IDS", "SOURCE_USER_POOL_ID"],
  ["SOURCE_USER_POLO_ID", "SOURCE_USER_POOL_ID"],
  ["SOURCE_ACCOUNT_ID", "SOURCE_ACCOUNT"],
  ["DESTINATION_ACCOUNT_ID", "DESTINATION_ACCOUNT"],
  ["DEST_USER_POOL_ARN", "DESTINATION_USER_POOL_ARN"],
  ["SRC_USER_POOL_ID", "SOURCE_USER_POOL_ID"],
  ["source_user_pool_id", "SOURCE_USER_POOL_ID"],
  ["USER_POOLNAME", "USER_POOL_NAME"],
  ["LOG_RETENTION_DAY", "LOG_RETENTION_DAYS"],
  ["EXTERNALID", "EXTERNAL_ID"],
  ["ATTRIBUTES_MAP", "ATTRIBUTE_MAP"],
  ["MFA_POLCY", "MFA_POLICY"],
])("%s plainly means %s", (name, meant) => {
  expect(misspelledSetting(name, SETTING_NAMES)).toBe(meant);
});

test.each([
  "SOURCE_DATE_EPOCH",
  "SOURCE_BRANCH",
  "SOURCE_VERSION",
  "DESTINATION_BUCKET",
  "DESTINATION_REGION",
  "EXTERNAL_IP",
  "USER_POOL_ID",
  "TAG",
  "STATE",
  "AWS_PROFILE",
  "AWS_REGION",
  "AWS_ROLE_ARN",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
  "TF_CLOUD_PROJECT",
  "TF_WORKSPACE",
  "PATH",
])("%s is innocent", (name) => {
  expect(misspelledSetting(name, SETTING_NAMES)).toBeUndefined();
});

test.each([
  ["SETTINGS", "SETTINGS_FILE"],
  ["SETTING_FILE", "SETTINGS_FILE"],
  ["SETTINGSFILE", "SETTINGS_FILE"],
  ["SETTINGS_FILES", "SETTINGS_FILE"],
  ["settings_file", "SETTINGS_FILE"],
  ["COGNITO_MIGRATION_DIR", "COGNITO_MIGRATION_DIRECTORY"],
  ["COGNITO_MIGRATION_DIRECTORYS", "COGNITO_MIGRATION_DIRECTORY"],
])("%s would have another migration's settings or files taken, and is refused", (name, meant) => {
  for (const env of [{ [name]: ".env.staging" }, { [name]: "" }])
    expect(() => parseDeployment({ ...BOTH, ...env })).toThrow(
      `${name}: found an unknown setting, expected the name ${meant}`,
    );
});

test("what is spelled right, or chooses nothing, is taken", () => {
  for (const name of ["SETTINGS_FILE", "COGNITO_MIGRATION_DIRECTORY", "DJANGO_SETTINGS_MODULE", "COGNITO_MIGRATION"])
    expect(parseDeployment({ ...BOTH, [name]: "x" }).source.migration).toBe("customers");
});

test("no setting is a misspelling of itself or of another", () => {
  for (const name of SETTING_NAMES) expect(misspelledSetting(name, SETTING_NAMES)).toBeUndefined();
});
