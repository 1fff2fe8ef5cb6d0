import { readDeployment } from "../../config/read-deployment";
import { chosenFile, findSettingsFile } from "../../config/settings-file";
import { visible } from "../../config/visible";
import { BOTH, settingsFile } from "../support/settings";

const FILES: Readonly<Record<string, string>> = { ".env": "a", ".env.staging": "b" };
const refuse = (code: string) => (): never => {
  throw Object.assign(new Error("from the system"), { code });
};
const read = (name: string): Uint8Array => Buffer.from(FILES[name] ?? refuse("ENOENT")());
const folder = { read, names: () => ["main.ts", ".env.example", ".env.staging", ".env"] };
const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
};
const unreadable = (code: string) => ({ ...folder, read: refuse(code) });

test.each([
  [undefined, undefined, ".env", "a"],
  ["", "", ".env", "a"],
  [".env.staging", undefined, ".env.staging", "b"],
  [".env", ".env.staging", ".env.staging", "b"],
])("SETTINGS_FILE=%s, --settings %s is %s", (SETTINGS_FILE, option, name, text) => {
  expect(findSettingsFile(chosenFile({ SETTINGS_FILE }, option), folder)).toMatchObject({
    name,
    bytes: Buffer.from(text),
  });
});

test("where nobody has named one, those that are there besides are known; where somebody has, they are not asked for", () => {
  expect(findSettingsFile(undefined, folder).others).toEqual([".env.staging"]);
  expect(findSettingsFile(undefined, { ...folder, names: () => [".env.example", ".env"] }).others).toEqual([]);
  for (const name of [".env", ".env.staging"])
    expect(findSettingsFile(chosenFile({ SETTINGS_FILE: name }), folder).others).toEqual([]);
});

test.each(["ENOENT", "ENOTDIR"])(
  "without .env (%s) there is the environment, and a file that was named and is not there is a problem",
  (code) => {
    expect(findSettingsFile(undefined, unreadable(code))).toMatchObject({ name: ".env", bytes: undefined });
    const found = '".env.stagin", which is not there, expected a file of settings';
    const missing = (SETTINGS_FILE?: string, option?: string) => () =>
      findSettingsFile(chosenFile({ SETTINGS_FILE }, option), unreadable(code));
    expect(missing(".env.stagin")).toThrow(`  SETTINGS_FILE: found ${found}`);
    expect(missing(".env", ".env.stagin")).toThrow(`  --settings: found ${found}`);
    expect(missing(".env.stagin")).toThrow(
      /\nHere: \.env, \.env\.staging\. A new one begins as a copy: cp \.env\.example \.env\.stagin\./,
    );
    expect(missing("$(id) x")).toThrow("cp .env.example '$(id) x'.");
  },
);

test.each([
  ["EISDIR", "a directory"],
  ["EACCES", "what cannot be read (EACCES)"],
  ["EIO", "what cannot be read (EIO)"],
])("a file that cannot be read (%s) is named in one line, named or not", (code, found) => {
  for (const named of [undefined, ".env.staging"])
    expect(() => findSettingsFile(chosenFile({ SETTINGS_FILE: named }), unreadable(code))).toThrow(
      `1 problem in the settings:\n  ${named ?? ".env"}: found ${found}, expected a file of settings`,
    );
});

test("a file's name forges no line", () => {
  const forged = "x\u001b[2K\nMigration shop, by .env.";
  const shown = "x\\u001b[2K\\u000aMigration shop, by .env.";
  expect(findSettingsFile(chosenFile({}, forged), { ...folder, read: () => Buffer.from("") }).name).toBe(shown);
  for (const code of ["ENOENT", "EISDIR"]) {
    const lines = messageOf(() => findSettingsFile(chosenFile({}, forged), unreadable(code))).split("\n");
    expect(lines.filter((line) => line.startsWith("Migration") || visible(line) !== line)).toEqual([]);
    expect(lines.length).toBeGreaterThan(2);
  }
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
      "The environment overrides .env.staging: USER_POOL_NAME.",
    ]);
  });

  test("what the file does not say and the environment does, such as another migration's", () => {
    expect(saidOf({ EXTERNAL_ID: "left-there", TAGS: " ", HOME: "/" }, text)).toEqual([
      "Migration customers, by .env.staging.",
      "The environment adds what .env.staging does not say: EXTERNAL_ID.",
    ]);
  });

  test("that other files of settings are not read, where none was named", () => {
    const said: string[] = [];
    const file = { ...settingsFile(text), others: [".env.production", ".env.staging"] };
    readDeployment({}, file, (line) => said.push(line));
    expect(said[0]).toBe("Not read, as neither SETTINGS_FILE nor --settings names one: .env.production, .env.staging.");
  });

  test.each(["MFA_POLICY=sms\nMFA_POLICY=no", "MFA_POLICY='no'\nMFA_POLICY=sms", 'MFA_POLICY="no" # why\nMFA_POLICY='])(
    "all problems of a setting that stands twice at once, whichever line is taken away: %j",
    (twice) => {
      const message = messageOf(() => saidOf({}, `${text}\n${twice}\nSETTING_FILE=x`));
      expect(message).toMatch(/^3 problems in the settings:/);
      expect(message).toContain('MFA_POLICY: found "no", expected one of');
      expect(message).toContain("MFA_POLICY: found it in lines 4 and 5 of .env.staging");
    },
  );

  test("the file's name in every problem of the file", () => {
    expect(() => saidOf({}, "TAGS=a=1\nTAGS=a=#2\n")).toThrow(
      /lines 1 and 2 of \.env\.staging(?:.|\n)*line 2 of \.env\.staging/,
    );
  });
});
