import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyOfProject, hashes, run, synth } from "./support/program";
import { BOTH, CLOUD, S3, SOURCE_ONLY } from "./support/settings";

const stacksIn = (directory: string): string[] => readdirSync(join(directory, "cdktf.out/stacks")).sort();
const stack = (directory: string, name: string) =>
  JSON.parse(readFileSync(join(directory, "cdktf.out/stacks", name, "cdk.tf.json"), "utf8"));

/** Every string value, at any depth. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

describe("which stacks are synthesized", () => {
  test("both, in silence", () => {
    const directory = copyOfProject();
    expect(synth(directory, BOTH)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(stacksIn(directory)).toEqual(["destination", "source"]);
  });

  test("the source alone, and standard error says what the destination needs", () => {
    const directory = copyOfProject();
    const { status, stderr } = synth(directory, SOURCE_ONLY);
    expect(status).toBe(0);
    expect(stderr).toContain("Stack destination is left out: set DESTINATION_USER_POOL_ARN to synthesize it.");
    expect(stacksIn(directory)).toEqual(["source"]);
  });

  test("a destination that is left out leaves nothing behind to be applied", () => {
    const directory = copyOfProject();
    synth(directory, BOTH);
    synth(directory, SOURCE_ONLY);
    expect(existsSync(join(directory, "cdktf.out/stacks/destination/cdk.tf.json"))).toBe(false);
  });

  test("cdktf synth does the same", () => {
    const directory = copyOfProject();
    const { status } = run(directory, ["npx", "cdktf", "synth"], SOURCE_ONLY);
    expect(status).toBe(0);
    expect(stacksIn(directory)).toEqual(["source"]);
  });
});

describe("bad input", () => {
  const BAD = { USER_POOL_NAME: "with space", SOURCE_USER_POOL: "eu-west-1_AbC" };

  test("ends with 1, lists every problem, shows no stack trace and writes nothing", () => {
    const directory = copyOfProject();
    const before = hashes(join(directory, "build"));
    const { status, stdout, stderr } = synth(directory, BAD);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^4 problems in the settings:\n( {2}[A-Z_]+: found .+, expected .+\n){4}Set them in the environment.*\nNothing was written\.\n$/,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(directory, "cdktf.out"))).toBe(false);
    expect(hashes(join(directory, "build"))).toEqual(before);
  });

  test("cdktf synth shows the same message and fails", () => {
    const { status, stdout, stderr } = run(copyOfProject(), ["npx", "cdktf", "synth"], BAD);
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("4 problems in the settings:");
  });
});

describe(".env", () => {
  test("is read when present, and the environment stands before it", () => {
    const directory = copyOfProject();
    const { USER_POOL_NAME: _, ...rest } = BOTH;
    writeFileSync(join(directory, ".env"), 'USER_POOL_NAME="from-file"\nLAMBDA_MEMORY_MB=256\n');
    expect(synth(directory, { ...rest, LAMBDA_MEMORY_MB: "1024" }).status).toBe(0);
    const fn = stack(directory, "destination").resource.aws_lambda_function.function;
    expect([fn.function_name, fn.memory_size]).toEqual(["cognito_migration_from-file", 1024]);
  });

  test("an empty variable of the environment does not hide it", () => {
    const directory = copyOfProject();
    writeFileSync(join(directory, ".env"), "SOURCE_ACCOUNT=111111111111\n");
    synth(directory, { ...BOTH, SOURCE_ACCOUNT: "" });
    expect(stack(directory, "source").provider.aws[0].allowed_account_ids).toEqual(["111111111111"]);
  });

  test("a name in it that is no setting is pointed out", () => {
    const directory = copyOfProject();
    writeFileSync(join(directory, ".env"), "AWS_PROFILE=x\n");
    const { status, stderr } = synth(directory, BOTH);
    expect([status, stderr]).toEqual([0, ".env: AWS_PROFILE is no setting and is ignored.\n"]);
  });

  test("a misspelled name in it is reported", () => {
    const directory = copyOfProject();
    writeFileSync(join(directory, ".env"), "DESTINATION_USERPOOL_ARN=x\n");
    expect(synth(directory, BOTH).stderr).toContain("  DESTINATION_USERPOOL_ARN: found an unknown setting");
  });
});

describe.each([
  ["local", {}],
  ["s3", S3],
  ["cloud", CLOUD],
])("with the %s backend", (_, backend) => {
  const [here, there] = [copyOfProject(), copyOfProject()];
  const env = { ...BOTH, ...backend };
  const [first, second] = [synth(here, env), synth(there, { ...env, TZ: "Asia/Tokyo" })];

  test("two folders and two time zones give the same bytes, the zip included", () => {
    expect([first.status, second.status]).toEqual([0, 0]);
    const files = hashes(join(here, "cdktf.out"));
    expect(Object.keys(files).filter((path) => path.endsWith("handler.zip"))).toHaveLength(1);
    expect(hashes(join(there, "cdktf.out"))).toEqual(files);
  });

  test("nothing synthesized holds an absolute path", () => {
    const strings = ["source", "destination"].flatMap((name) => stringsIn(stack(here, name)));
    expect(strings.length).toBeGreaterThan(50);
    expect(strings.filter((text) => text.includes(here) || /^([A-Za-z]:)?[\\/]/.test(text))).toEqual([
      "/aws/lambda/cognito_migration_customers",
    ]);
  });

  test("no stack depends on another, so that each deploys alone", () => {
    const { stacks } = JSON.parse(readFileSync(join(here, "cdktf.out/manifest.json"), "utf8"));
    expect(Object.values<{ dependencies: string[] }>(stacks).map(({ dependencies }) => dependencies)).toEqual([[], []]);
  });

  test("the function's hash is that of the zip beside it", () => {
    const { filename, source_code_hash } = stack(here, "destination").resource.aws_lambda_function.function;
    const hex = hashes(join(here, "cdktf.out/stacks/destination"))[filename] ?? "";
    expect(Buffer.from(hex, "hex").toString("base64")).toBe(source_code_hash);
  });
});

test("the cloud backend needs no terraform on this machine", () => {
  const directory = copyOfProject();
  const { status, stderr } = run(directory, [process.execPath, "build/main.js"], { ...BOTH, ...CLOUD, PATH: "" });
  expect([status, stderr]).toEqual([0, ""]);
});
