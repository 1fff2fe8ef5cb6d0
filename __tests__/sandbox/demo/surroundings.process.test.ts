import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SETTING_NAMES } from "../../../config/settings";
import { synthesize } from "../../../sandbox/accounts/synthesize";
import { copyOfProject, hashes, ROOT, run } from "../../support/program";
import { BOTH } from "../../support/settings";

/** All of an operator's own, and each of it would break or change what is made here. */
const HOSTILE_DOTENV = SETTING_NAMES.map((name) => `${name}=hostile ${name}\n${name}=#twice\n`).join("");
const HOSTILE_ENVIRONMENT = {
  ...Object.fromEntries(SETTING_NAMES.map((name) => [name, `hostile ${name}`])),
  AWS_PROFILE: "hostile",
  AWS_REGION: "eu-hostile-1",
  AWS_DEFAULT_REGION: "eu-hostile-1",
  AWS_ACCESS_KEY_ID: "hostile",
  AWS_SECRET_ACCESS_KEY: "hostile",
  AWS_USE_FIPS_ENDPOINT: "true",
  AWS_USE_DUALSTACK_ENDPOINT: "true",
  AWS_RETRY_MODE: "hostile",
  AWS_MAX_ATTEMPTS: "hostile",
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AWS_CONFIG_FILE: "/hostile",
  AWS_SHARED_CREDENTIALS_FILE: "/hostile",
  SYNTH_HCL_OUTPUT: "true",
  CDKTF_OUTDIR: "/hostile",
  CDKTF_CONTEXT_JSON: "hostile",
};

const LOCAL_PATH = /"path": "(?:\.\.\/)+(?:[\w-]+\/)*(terraform\.[\w.-]+)"/g;

test("what is synthesized for the sandbox depends on no .env and no environment", async () => {
  const [plain, hostile] = [copyOfProject(), copyOfProject()];
  writeFileSync(join(hostile, ".env"), HOSTILE_DOTENV);
  const before = { ...process.env };
  await synthesize(plain, join(plain, "out"), BOTH);
  Object.assign(process.env, HOSTILE_ENVIRONMENT);
  try {
    await synthesize(hostile, join(hostile, "out"), BOTH);
  } finally {
    for (const name of Object.keys(HOSTILE_ENVIRONMENT)) delete process.env[name];
    Object.assign(process.env, before);
  }
  // A state in a file is named from the stack's folder on, and the programs were in two.
  for (const file of [plain, hostile].flatMap((one) =>
    ["source", "destination"].map((stack) => join(one, "out/stacks", stack, "cdk.tf.json")),
  )) {
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(LOCAL_PATH);
    writeFileSync(file, text.replaceAll(LOCAL_PATH, '"path": "$1"'));
  }
  const files = hashes(join(plain, "out"));
  expect(Object.keys(files).length).toBeGreaterThan(3);
  expect(hashes(join(hostile, "out"))).toEqual(files);
  expect(readFileSync(join(hostile, ".env"), "utf8")).toBe(HOSTILE_DOTENV);
});

test("the demo is the same beside an operator's own .env and environment", () => {
  const directory = copyOfProject();
  for (const file of ["build/demo.js", "sandbox/aws/lambda-runtime.mjs"])
    cpSync(join(ROOT, file), join(directory, file), { recursive: true });
  writeFileSync(join(directory, ".env"), HOSTILE_DOTENV);
  const { status, stdout, stderr } = run(directory, [process.execPath, "build/demo.js"], {
    ...HOSTILE_ENVIRONMENT,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("Every step held.");
  expect(stdout).not.toContain("hostile");
});
