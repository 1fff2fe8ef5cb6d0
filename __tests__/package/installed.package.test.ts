import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCli } from "../support/cli-process";
import { EVERY_CLIENT_SETTING, EVERY_SETTING, refill } from "../support/full-pool";
import { INSTALLED, PACKAGE, runInstalled } from "../support/installed";
import { type Operator, openOperator } from "../support/operator";
import { hashes, ROOT } from "../support/program";

const SIMULATE = ["simulate", "--users", "1000", "--sign-ins", "monthly=100", "--json"];
const sha256 = (path: string, as: "hex" | "base64"): string =>
  createHash("sha256").update(readFileSync(path)).digest(as);

let before: Record<string, string>;
let operator: Operator;
/** A folder of an operator who has no checkout. */
let folder: string;
beforeAll(async () => {
  before = hashes(INSTALLED);
  operator = await openOperator();
  folder = mkdtempSync(join(tmpdir(), "cognito-migration-package-"));
});
afterAll(async () => {
  await operator.close();
  rmSync(folder, { recursive: true, force: true });
  // Whoever has installed it may write there; the program does not.
  expect(hashes(INSTALLED)).toEqual(before);
});
const run = (...parameters: readonly string[]) => runInstalled(folder, operator.environment, ...parameters);

describe("what is installed", () => {
  const files = readdirSync(PACKAGE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(PACKAGE.length + 1));
  const read = (name: string): string => readFileSync(join(PACKAGE, name), "utf8");

  test("is one package, of 4 MB at most", () => {
    expect(readdirSync(join(INSTALLED, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
      "cognito-migration",
    ]);
    const bytes = files.reduce((sum, name) => sum + readFileSync(join(PACKAGE, name)).byteLength, 0);
    const [tarball = ""] = readdirSync(join(ROOT, "build/packed"));
    const packed = readFileSync(join(ROOT, "build/packed", tarball)).byteLength;
    process.stdout.write(`\nThe package: ${bytes} bytes in ${files.length} files; its tarball ${packed} bytes\n`);
    expect(bytes).toBeLessThan(4_000_000);
  });

  test("is the program, the constructs, the function, the modules, and what belongs to them", () => {
    const kinds = files.filter(
      (name) => !/^dist\/cli\/[\w-]+\.mjs$/.test(name) && !/^modules\/(source|destination)\/[\w-]+\.tf$/.test(name),
    );
    expect(kinds.sort()).toEqual([
      ".env.example",
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "THIRD-PARTY-LICENSES.txt",
      "dist/cli.mjs",
      "dist/constructs/index.d.ts",
      "dist/constructs/index.js",
      "dist/constructs/migration-settings.d.ts",
      "dist/constructs/source-values.d.ts",
      "dist/constructs/stamp-keys.d.ts",
      "dist/groups/with-migrated-groups.cjs",
      "dist/groups/with-migrated-groups.d.ts",
      "dist/groups/with-migrated-groups.mjs",
      "dist/handler.zip",
      "dist/handler.zip.sha256",
      "dist/sbom.cdx.json",
      "dist/token.zip",
      "dist/token.zip.sha256",
      "docs/settings.md",
      "modules/destination/README.md",
      "modules/destination/dashboard.json.tftpl",
      "modules/source/README.md",
      "package.json",
    ]);
  });

  test("needs nothing else, asks for what an app has anyway, and runs nothing when it is installed", () => {
    const {
      dependencies,
      scripts,
      peerDependencies,
      peerDependenciesMeta,
      private: isPrivate,
    } = JSON.parse(read("package.json"));
    expect([dependencies, scripts, isPrivate]).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(peerDependencies)).toEqual(["@cdktf/provider-aws", "cdktf", "constructs"]);
    for (const peer of Object.keys(peerDependencies)) expect(peerDependenciesMeta[peer]).toEqual({ optional: true });
  });

  test.each(["handler.zip", "token.zip"])("holds the %s that a checkout deploys, with its hash", (name) => {
    const zip = join(PACKAGE, "dist", name);
    expect(sha256(zip, "hex")).toBe(sha256(join(ROOT, "dist", name), "hex"));
    expect(read(`dist/${name}.sha256`)).toBe(`${sha256(zip, "hex")}  ${name}\n`);
  });

  test("has withMigratedGroups for both kinds of modules, without an SDK, in a few kilobytes", () => {
    const names = ["mjs", "cjs"].map((ending) => `dist/groups/with-migrated-groups.${ending}`);
    const script = (load: string): string =>
      `${load}; const event = {}; console.log(withMigratedGroups(event, {}) === event)`;
    const esm = script(`import { withMigratedGroups } from "cognito-migration/groups"`);
    const cjs = script(`const { withMigratedGroups } = require("cognito-migration/groups")`);
    for (const words of [
      ["--input-type=module", "-e", esm],
      ["--input-type=commonjs", "-e", cjs],
    ])
      expect(execFileSync(process.execPath, words, { cwd: INSTALLED, encoding: "utf8" })).toBe("true\n");
    for (const name of names) {
      expect(read(name)).not.toMatch(/@aws-sdk|@smithy|AWS4-HMAC/);
      expect(Buffer.byteLength(read(name))).toBeLessThan(30_000);
    }
  });

  test("names no path of the machine that made it, and asks for no file of a folder above", () => {
    const text = files
      .filter((name) => /\.(mjs|js|ts|json|txt)$/.test(name))
      .map(read)
      .join("\n");
    expect(text).not.toContain(ROOT);
    const program = files
      .filter((name) => name.endsWith(".mjs"))
      .map(read)
      .join("\n");
    // In an ES module there is none: whatever asks for it fails there, perhaps only when something is written.
    expect(program).not.toMatch(/(?<![\w$.])__filename(?![\w$:])/);
  });

  test("says of every package that is in it what it is, and its licence, the function's included", () => {
    const { components, metadata } = JSON.parse(read("dist/sbom.cdx.json"));
    const named = (components as { name: string; version: string; licenses: unknown[] }[]).map(
      ({ name, version }) => `${name} ${version}`,
    );
    expect(metadata.component).toMatchObject({ name: "cognito-migration", type: "application" });
    for (const name of [
      "yargs",
      "valibot",
      "echarts",
      "@aws-sdk/client-sts",
      "@aws-sdk/credential-provider-sso",
      "tslib",
    ])
      expect(named.filter((one) => one.startsWith(`${name} `))).toHaveLength(1);
    for (const name of ["jest", "cdktf", "esbuild", "typescript", "@cloud-copilot/iam-simulate"])
      expect(named.filter((one) => one.startsWith(`${name} `))).toEqual([]);
    const licences = read("THIRD-PARTY-LICENSES.txt");
    for (const one of named) expect(licences).toContain(`\n${one} (`.trimStart());
    for (const text of ["Apache License", "Permission is hereby granted, free of charge"])
      expect(licences).toContain(text);
  });
});

describe("the program", () => {
  test("helps and simulates as in a checkout", async () => {
    for (const parameters of [["--help"], ["attach", "--help"], ["--version"], SIMULATE]) {
      const { status, stdout, stderr } = await startCli(operator.directory, {}, parameters).ended;
      // There npx must not fetch what has the program's name.
      const own = stdout.replaceAll("npx cognito-migration ", "npx --no -- cognito-migration ");
      expect(await runInstalled(folder, {}, ...parameters)).toEqual({ status, stdout: own, stderr });
    }
  });

  test("takes the sandbox's function for the one that it comes with, by the outputs of modules", async () => {
    const { source } = operator.world;
    const file = join(folder, "outputs.json");
    writeFileSync(
      file,
      JSON.stringify({
        source: {
          value: {
            role_arn: `arn:aws:iam::${source.account}:role/x`,
            app_client_id: "1example",
            mfa_configuration: "OFF",
            username_attributes: "email",
          },
        },
      }),
    );
    const {
      SOURCE_ROLE_ARN: _,
      SOURCE_APP_CLIENT_ID: __,
      SOURCE_USERNAME_ATTRIBUTES: ___,
      SOURCE_MFA_CONFIGURATION: ____,
      ...settings
    } = operator.environment;
    const { stdout, stderr } = await runInstalled(folder, settings, "preflight", "--json", "--outputs", file);
    expect(stderr).not.toContain("bug");
    const { checks } = JSON.parse(stdout) as { checks: { id: string; state: string; found: string }[] };
    const state = (id: string) => checks.find((check) => check.id === id)?.state;
    expect([state("function-code"), state("source-reachable"), state("destination-reachable")]).toEqual([
      "passed",
      "passed",
      "passed",
    ]);
    // The role is not that of the file: what it says was read.
    expect(JSON.stringify(checks)).toContain("role/x");
  });

  test("changes a pool, writes how it is taken back, and takes it back", async () => {
    const { ClientId } = refill(operator.world.destination.userPool, EVERY_SETTING, EVERY_CLIENT_SETTING);
    const attached = await run("attach", "--client", String(ClientId), "--apply");
    expect([attached.status, attached.stderr]).toEqual([0, expect.not.stringContaining("bug")]);
    expect((await run("detach", "--apply")).status).toBe(0);
    expect(
      readdirSync(join(folder, ".cognito-migration"), { recursive: true, encoding: "utf8" }).filter((name) =>
        name.endsWith(".json"),
      ),
    ).toHaveLength(2);
    expect((await run("undo", "--apply")).status).toBe(0);
    expect((await run("undo", "--list")).stdout).toContain("detach");
  });

  test("prints commands that can be pasted, options before the command included", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "cognito-migration-pasted-"));
    symlinkSync(join(INSTALLED, "node_modules"), join(elsewhere, "node_modules"));
    writeFileSync(join(elsewhere, ".env.staging"), "LOG_RETENTION_DAYS=30\n");
    const { ClientId } = refill(operator.world.destination.userPool, EVERY_SETTING, EVERY_CLIENT_SETTING);
    const env = { PATH: process.env["PATH"] ?? "", HOME: elsewhere, ...operator.environment };
    const paste = (line: string): Promise<string> =>
      new Promise((resolve) => {
        const ended = (error: unknown, stdout: string, stderr: string): void =>
          resolve(`${error === null ? "" : error}${stdout}${stderr}`);
        execFile("sh", ["-c", line], { cwd: elsewhere, env }, ended).stdin?.end();
      });
    const done = await paste(
      `npx --no -- cognito-migration --settings=.env.staging attach --client ${ClientId} --apply`,
    );
    const [, undo = `nothing to paste in: ${done}`] = /Done\. To take it back: (.*)\n/.exec(done) ?? [];
    expect(undo).toMatch(/^npx --no -- cognito-migration --settings \.env\.staging undo /);
    expect(await paste(undo)).toContain(" is taken back.");
    expect(await paste("npx --no -- cognito-migration --version")).toMatch(/^\d+\.\d+\.\d+\n$/);
    rmSync(elsewhere, { recursive: true });
  });

  test("draws the page of status as a checkout does", async () => {
    const page = async (status: Promise<{ status: number | null }>, directory: string): Promise<string> => {
      expect((await status).status).toBe(0);
      return readFileSync(join(directory, "status.html"), "utf8").replaceAll(/\d\d:\d\d(:\d\d)?/g, "TIME");
    };
    const here = await page(run("status", "--html", "status.html"), folder);
    expect(here).toContain("<svg ");
    expect(here).toBe(await page(operator.run("status", "--html", "status.html"), operator.directory));
  });

  test("does not begin anew below the folder that has the migration's files", async () => {
    mkdirSync(join(folder, "below"), { recursive: true });
    mkdirSync(join(folder, ".cognito-migration"), { recursive: true, mode: 0o700 });
    const { status, stderr } = await runInstalled(join(folder, "below"), operator.environment, "undo", "--list");
    expect([status, stderr]).toEqual([2, expect.stringContaining("Go there first: cd ..")]);
  });

  test.each([0o620, 0o602])("does not believe settings that it finds and others may write: mode %o", async (mode) => {
    const found = join(folder, ".env");
    writeFileSync(found, "USER_POOL_NAME=planted\n");
    chmodSync(found, mode);
    const { status, stderr } = await runInstalled(folder, {}, "status");
    const named = await runInstalled(folder, {}, "status", "--settings", ".env");
    rmSync(found);
    expect([status, stderr]).toEqual([1, expect.stringContaining(".env: found one that others may write to")]);
    expect([named.status, named.stderr]).toEqual([2, expect.stringContaining("SOURCE_USER_POOL_ID: found nothing")]);
  });

  test("names an example of settings that is there", async () => {
    const { status, stderr } = await runInstalled(folder, {}, "status");
    const [, file = ""] = /\(cp (\S+) \.env;/.exec(stderr) ?? [];
    expect([status, readFileSync(file, "utf8")]).toEqual([2, readFileSync(join(ROOT, ".env.example"), "utf8")]);
  });

  test("speaks English, and reads no texts that lie about", async () => {
    const strange = mkdtempSync(join(tmpdir(), "cognito-migration-locales-"));
    for (const name of ["locales", "node_modules/locales", "node_modules/cognito-migration/locales"]) {
      mkdirSync(join(strange, name), { recursive: true });
      writeFileSync(join(strange, name, "en.json"), JSON.stringify({ "Commands:": "PLANTED" }));
      writeFileSync(join(strange, name, "de.json"), JSON.stringify({ "Commands:": "PLANTED" }));
    }
    execFileSync("cp", ["-r", join(PACKAGE, "dist"), join(strange, "node_modules/cognito-migration/")]);
    const program = join(strange, "node_modules/cognito-migration/dist/cli.mjs");
    for (const LANG of ["de_DE.UTF-8", "en_US.UTF-8"]) {
      const help = execFileSync(process.execPath, [program, "--help"], {
        cwd: strange,
        encoding: "utf8",
        env: { PATH: process.env["PATH"], LANG },
      });
      expect(help).toMatch(/\nCommands:\n/);
    }
    execFileSync("chmod", ["-R", "u+w", strange]);
    rmSync(strange, { recursive: true });
  });
});

test("--help takes little more than Node.js itself", () => {
  const cpuMs = (...parameters: readonly string[]): number => {
    const timed = [
      "-c",
      'TIMEFORMAT="%U %S"; { time "$@" > /dev/null 2>&1 < /dev/null; } 2>&1',
      "sh",
      process.execPath,
      ...parameters,
    ];
    const [user = 0, system = 0] = execFileSync("bash", timed, {
      encoding: "utf8",
      // A bash whose standard input is a socket reads somebody's .bashrc.
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env["PATH"], LC_ALL: "C" },
    })
      .split(" ")
      .map(Number);
    return (user + system) * 1000;
  };
  const runs = Array.from(
    { length: 15 },
    () => [cpuMs("-e", "0"), cpuMs(join(PACKAGE, "dist/cli.mjs"), "--help")] as const,
  );
  const least = (at: 0 | 1): number => Math.min(...runs.map((pair) => pair[at]));
  const ratio = least(1) / least(0);
  process.stdout.write(
    `\nCPU on Node.js ${process.version}: node -e 0 ${least(0)} ms, --help ${least(1)} ms, ratio ${ratio.toFixed(2)} (target 4.5)\n`,
  );
  // Of an idle machine: on a busy one what is shared is slower for the longer.
  expect(ratio).toBeLessThan(7);
});
