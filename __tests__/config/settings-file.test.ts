import { readDeployment } from "../../config/read-deployment";
import { findSettingsFile } from "../../config/settings-file";
import { BOTH, settingsFile } from "../support/settings";

const FILES: Readonly<Record<string, string>> = { ".env": "a", ".env.staging": "b" };
const refuse = (code: string) => (): never => {
  throw Object.assign(new Error("from the system"), { code });
};
const read = (name: string): Uint8Array => Buffer.from(FILES[name] ?? refuse("ENOENT")());

test.each([
  [undefined, ".env", "a"],
  ["", ".env", "a"],
  [".env.staging", ".env.staging", "b"],
])("SETTINGS_FILE=%s is %s", (named, name, text) => {
  expect(findSettingsFile(named, read)).toEqual({ name, bytes: Buffer.from(text) });
});

test.each(["ENOENT", "ENOTDIR"])(
  "without .env (%s) there is the environment, and a file that was named and is not there is a problem",
  (code) => {
    expect(findSettingsFile(undefined, refuse(code))).toEqual({ name: ".env", bytes: undefined });
    expect(() => findSettingsFile(".env.stagin", refuse(code))).toThrow(
      'SETTINGS_FILE: found ".env.stagin", which is not there, expected a file of settings',
    );
  },
);

test.each([
  ["EISDIR", "a directory"],
  ["EACCES", "what cannot be read (EACCES)"],
  ["EIO", "what cannot be read (EIO)"],
])("a file that cannot be read (%s) is named in one line, named or not", (code, found) => {
  for (const named of [undefined, ".env.staging"])
    expect(() => findSettingsFile(named, refuse(code))).toThrow(
      `1 problem in the settings:\n  ${named ?? ".env"}: found ${found}, expected a file of settings`,
    );
});

describe("every program says", () => {
  const saidOf = (environment: Readonly<Record<string, string>>, text: string | undefined): string[] => {
    const said: string[] = [];
    readDeployment(environment, settingsFile(text, ".env.staging"), (line) => said.push(line));
    return said;
  };
  const text = Object.entries(BOTH)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");

  test("which migration it is of, and by which file", () => {
    expect(saidOf({}, text)).toEqual(["Migration customers, by .env.staging."]);
    expect(saidOf(BOTH, undefined)).toEqual(["Migration customers, by the environment."]);
  });

  test("what of the file does not count: another value stands in the environment", () => {
    expect(saidOf({ USER_POOL_NAME: "shop", SOURCE_USER_POOL_ID: BOTH.SOURCE_USER_POOL_ID, HOME: "/" }, text)).toEqual([
      "Migration shop, by .env.staging.",
      "The environment stands before .env.staging: USER_POOL_NAME.",
    ]);
  });

  test("the file's name in every problem of the file", () => {
    expect(() => saidOf({}, "TAGS=a=1\nTAGS=a=#2\n")).toThrow(
      /lines 1 and 2 of \.env\.staging(?:.|\n)*line 2 of \.env\.staging/,
    );
  });
});
