import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { copyOfProject, hashes, ROOT, run, synth } from "./support/program";
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
  test("both, and it says what it wrote and where", () => {
    const directory = copyOfProject();
    const stdout =
      "Migration customers, by the environment.\nWrote cdktf.out/stacks/source/cdk.tf.json and cdktf.out/stacks/destination/cdk.tf.json.\n";
    expect(synth(directory, BOTH)).toEqual({ status: 0, stdout, stderr: "" });
    for (const file of stdout.match(/cdktf\.out\S+json/g) ?? []) expect(existsSync(join(directory, file))).toBe(true);
    expect(stacksIn(directory)).toEqual(["destination", "source"]);
  });

  test("the source alone, and it says what the destination needs", () => {
    const directory = copyOfProject();
    const { status, stdout, stderr } = synth(directory, SOURCE_ONLY);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      "Migration customers, by the environment.\nWrote cdktf.out/stacks/source/cdk.tf.json.\nStack destination is left out: set DESTINATION_USER_POOL_ARN to synthesize it.\n",
    );
    expect(stacksIn(directory)).toEqual(["source"]);
  });

  test("a destination that is left out leaves nothing behind to be applied", () => {
    const directory = copyOfProject();
    synth(directory, BOTH);
    synth(directory, SOURCE_ONLY);
    expect(existsSync(join(directory, "cdktf.out/stacks/destination/cdk.tf.json"))).toBe(false);
  });

  test("Terraform's lock files stay, whoever synthesizes what, and of the output git takes them alone", () => {
    const directory = copyOfProject();
    const locks = ["destination", "source"].map((name) => `cdktf.out/stacks/${name}/.terraform.lock.hcl`);
    synth(directory, BOTH);
    for (const lock of locks) writeFileSync(join(directory, lock), `# ${lock}\n`);
    mkdirSync(join(directory, "cdktf.out/stacks/source/.terraform"));
    writeFileSync(join(directory, "cdktf.out/stacks/source/.terraform/terraform.tfstate"), "{}");
    synth(directory, { ...BOTH, USER_POOL_NAME: "another" });
    synth(directory, SOURCE_ONLY);
    expect(run(directory, ["npx", "cdktf", "synth"], BOTH).status).toBe(0);
    for (const lock of locks) expect(readFileSync(join(directory, lock), "utf8")).toBe(`# ${lock}\n`);
    copyFileSync(join(ROOT, ".gitignore"), join(directory, ".gitignore"));
    run(directory, ["git", "init"], {});
    const { stdout } = run(directory, ["git", "ls-files", "--others", "--exclude-standard", "cdktf.out"], {});
    expect(stdout.split("\n").filter(Boolean).sort()).toEqual(locks);
  });

  test("cdktf synth does the same, and shows no line of it as an error", () => {
    const directory = copyOfProject();
    writeFileSync(join(directory, ".env"), "AWS_PROFILE=x\nSOURCE_REGION=eu-west-9\n");
    const { status, stdout, stderr } = run(directory, ["npx", "cdktf", "synth"], SOURCE_ONLY);
    expect(status).toBe(0);
    expect(stacksIn(directory)).toEqual(["source"]);
    for (const said of ["AWS_PROFILE is no setting", "Region eu-west-9 is newer", "Wrote cdktf.out/", "is left out"])
      expect(stdout).toContain(said);
    expect(stdout + stderr).not.toContain("ERROR");
  });

  test("SETTINGS_FILE names the settings, and what is not there is a problem", () => {
    const directory = copyOfProject();
    const settings = Object.entries({ ...BOTH, USER_POOL_NAME: "staging" }).map(
      ([name, value]) => `${name}=${value}\n`,
    );
    writeFileSync(join(directory, ".env"), "USER_POOL_NAME=production\n");
    writeFileSync(join(directory, ".env.staging"), settings.join(""));
    const { status, stdout } = synth(directory, { SETTINGS_FILE: ".env.staging" });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^Migration staging, by \.env\.staging\.\nWrote /)]);
    expect(stack(directory, "source").terraform.backend.local.path).toBe("../../../terraform.staging.source.tfstate");
    const missing = synth(directory, { SETTINGS_FILE: ".env.stagin" });
    expect([missing.status, missing.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^1 problem in the settings:\n {2}SETTINGS_FILE: found "\.env\.stagin", which is not there.*\nHere: \.env, \.env\.staging\. .*\nNothing was written\.\nWhat was synthesized before is still there, and Terraform works on that: cdktf\.out\/stacks\/source \(migration staging\), cdktf\.out\/stacks\/destination \(migration staging\)\.\n$/,
      ),
    ]);
  });

  test("a state of the version before keeps synth from writing anything", () => {
    const directory = copyOfProject();
    writeFileSync(join(directory, "terraform.source.tfstate"), '{"version":4,"outputs":{},"resources":[{}]}');
    const { status, stderr } = synth(directory, BOTH);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /: mv -n terraform\.source\.tfstate terraform\.customers\.source\.tfstate\nNothing was written\.\n$/,
      ),
    ]);
    expect(existsSync(join(directory, "cdktf.out/stacks"))).toBe(false);
  });

  test.each([
    ["out", "../../.."],
    ["cdktf.out", "../../.."],
    ["build/x/out", "../../../../.."],
    ["linked/out", "../../../../../.."],
  ])("wherever the output is, the state is in the project's folder: %s", (CDKTF_OUTDIR, up) => {
    const directory = copyOfProject();
    mkdirSync(join(directory, "a/b/c"), { recursive: true });
    symlinkSync("a/b/c", join(directory, "linked"));
    expect(synth(directory, { ...BOTH, CDKTF_OUTDIR }).status).toBe(0);
    for (const name of ["source", "destination"]) {
      const folder = join(directory, CDKTF_OUTDIR, "stacks", name);
      const { terraform, data } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
      const paths = [terraform.backend.local.path, data.terraform_remote_state?.["source-state"].config.path];
      for (const path of paths.filter((one) => one !== undefined)) {
        expect(dirname(path)).toBe(up);
        // As the system finds it from there.
        expect(join(realpathSync(folder), dirname(path))).toBe(realpathSync(directory));
      }
    }
  });

  test.each<[string, (directory: string) => void]>([
    ["a folder", (directory) => mkdirSync(join(directory, "terraform.other.source.tfstate"))],
    ["a link to nothing", (directory) => symlinkSync("nowhere", join(directory, "terraform.other.source.tfstate"))],
  ])("what is no state of another migration is named and stops nothing: %s", (_, make) => {
    const directory = copyOfProject();
    make(directory);
    const { status, stdout, stderr } = synth(directory, BOTH);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^terraform\.other\.source\.tfstate: found a (?:directory|link to nothing), expected the state/m,
    );
  });

  test("what Terraform remembers may be anything", () => {
    const directory = copyOfProject();
    for (const text of ['{"version":3,"backend":null}', "[]", "{"]) {
      mkdirSync(join(directory, "cdktf.out/stacks/source/.terraform"), { recursive: true });
      writeFileSync(join(directory, "cdktf.out/stacks/source/.terraform/terraform.tfstate"), text);
      expect(synth(directory, BOTH)).toMatchObject({ status: 0, stderr: "" });
    }
  });

  test("a settings file's name forges no line, and nothing steers the terminal", () => {
    const directory = copyOfProject();
    const name = ".env\u001b[2K\nMigration production, by .env.";
    writeFileSync(
      join(directory, name),
      Object.entries(BOTH)
        .map((one) => `${one.join("=")}\n`)
        .join(""),
    );
    const { status, stdout } = synth(directory, { SETTINGS_FILE: name });
    const missing = synth(directory, { SETTINGS_FILE: `${name}x` });
    expect(status).toBe(0);
    for (const line of `${stdout}${missing.stderr}`.split("\n"))
      expect([line.startsWith("Migration production"), line.includes("\u001b")]).toEqual([false, false]);
  });

  test("cdktf synth --hcl is refused with the reason, and blocks nothing", () => {
    const directory = copyOfProject();
    const { status, stdout, stderr } = run(directory, ["npx", "cdktf", "synth", "--hcl"], BOTH);
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("Terraform reads the JSON that is written");
    expect(existsSync(join(directory, "cdktf.out/stacks"))).toBe(false);
    expect(synth(directory, BOTH).status).toBe(0);
  });

  test("HCL from an earlier synthesis is removed: Terraform would read it beside the JSON", () => {
    const directory = copyOfProject();
    synth(directory, BOTH);
    const files = ["source", "destination"].map((name) => join(directory, "cdktf.out/stacks", name, "cdk.tf"));
    for (const file of files) writeFileSync(file, "terraform {}");
    synth(directory, SOURCE_ONLY);
    expect(files.filter((file) => existsSync(file))).toEqual([]);
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
  test("as a directory is one problem by its name, and nothing is written", () => {
    const directory = copyOfProject();
    rmSync(join(directory, ".env"), { force: true });
    mkdirSync(join(directory, ".env"));
    const { status, stderr } = synth(directory, {});
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^1 problem in the settings:\n {2}\.env: found a directory, (?:.|\n)*\nNothing was written\.\n$/,
      ),
    ]);
  });

  test("is read when present, and the environment overrides it", () => {
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
    const { status, stdout } = synth(directory, BOTH);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^\.env: AWS_PROFILE is no setting and is ignored\.\nMigration customers, by \.env\.\nThe environment adds what \.env does not say: USER_POOL_NAME, .*\nWrote /,
    );
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

describe("the function's zip", () => {
  test("that is not there ends it with 1 before anything is written, and npm run build is named", () => {
    const directory = copyOfProject();
    rmSync(join(directory, "dist"), { recursive: true });
    const { status, stderr } = synth(directory, BOTH);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /dist\/handler\.zip: found no zip .*, expected .* Run npm run build\.\nNothing was written\.\n$/,
      ),
    ]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(directory, "cdktf.out"))).toBe(false);
    expect(synth(directory, SOURCE_ONLY).status).toBe(0);
  });

  test.each(["npm run --silent synth", "npx cdktf synth"])("is by %s of the handler that is there", (command) => {
    const directory = copyOfProject();
    const before = hashes(join(directory, "dist"));
    const file = join(directory, "handler/triggers/user-migration.ts");
    const changed = readFileSync(file, "utf8").replace('FUNCTION_NAME"] ?? ""', 'FUNCTION_NAME"] ?? "mended here"');
    writeFileSync(file, changed);
    // As `tar` and `rsync -a` unpack it.
    utimesSync(file, new Date(0), new Date(0));
    const [program = "", ...parameters] = command.split(" ");
    expect(run(directory, [program, ...parameters], BOTH).status).toBe(0);
    const { filename } = stack(directory, "destination").resource.aws_lambda_function.function;
    const zip = unzipSync(readFileSync(join(directory, "cdktf.out/stacks/destination", filename)));
    expect(Buffer.from(zip["user-migration.cjs"] ?? []).toString()).toContain("mended here");
    expect(hashes(join(directory, "dist"))).not.toEqual(before);
  });
});

test("the cloud backend needs no terraform on this machine", () => {
  const directory = copyOfProject();
  const { status, stderr } = run(directory, [process.execPath, "build/main.js"], { ...BOTH, ...CLOUD, PATH: "" });
  expect([status, stderr]).toEqual([0, ""]);
});
