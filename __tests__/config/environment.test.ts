import { readEnvironment } from "../../config/environment";
import { settingsFile } from "../support/settings";

test("the process environment goes over the file, unless the variable is empty", () => {
  const process = { USER_POOL_NAME: "", SOURCE_REGION: "eu-west-1", PATH: "/bin" };
  const file = "USER_POOL_NAME=from-file\nSOURCE_REGION=eu-west-2\nSTATE_BACKEND=s3\n";
  expect(readEnvironment(process, settingsFile(file))).toEqual({
    environment: { USER_POOL_NAME: "from-file", SOURCE_REGION: "eu-west-1", STATE_BACKEND: "s3", PATH: "/bin" },
    ignored: [],
    added: [],
    overruled: ["SOURCE_REGION"],
    problems: [],
  });
});

test("without a file there is the process environment", () => {
  expect(readEnvironment({ USER_POOL_NAME: "shop" }, settingsFile(undefined))).toEqual({
    environment: { USER_POOL_NAME: "shop" },
    ignored: [],
    added: [],
    overruled: [],
    problems: [],
  });
});

test("names in the file that are no settings are told, those in the process environment are not", () => {
  expect(readEnvironment({ HOME: "/home" }, settingsFile("AWS_PROFILE=x\nUSER_POOL_NAME=shop\n")).ignored).toEqual([
    "AWS_PROFILE",
  ]);
});
