import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer as createWebServer } from "node:http";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { COMMANDS } from "../../cli/commands";
import { said, startCli } from "../support/cli-process";
import { LOADED_COMMANDS } from "../support/loaded-commands";
import { openOperator } from "../support/operator";
import { openTwoPools, type TwoPools } from "../support/operator-without-stacks";
import { ROOT, run } from "../support/program";
import { BOTH } from "../support/settings";

const BIN = join(ROOT, "bin/cognito-migration.mjs");
const SIMULATE = ["simulate", "--users", "1000", "--sign-ins", "monthly=100"];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-program-"));
  writeFileSync(join(directory, "cdktf.json"), "{}");
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const cli = (...parameters: readonly string[]) => startCli(directory, {}, parameters).ended;

describe("usage", () => {
  test("without a command it prints its help, and ends with 2", async () => {
    const { stdout: help } = await cli("--help");
    expect(await cli()).toEqual({ status: 2, stdout: "", stderr: help });
    expect(await cli("--")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^Say which command\.\nSee npx/),
    });
  });

  test("its help begins with what a migration begins with, and ends with the shell's completion", async () => {
    const listed = [...(await cli("--help")).stdout.matchAll(/^ {2}cognito-migration (\S+)/gm)].map(([, name]) => name);
    expect(listed).toEqual([...COMMANDS.map(({ name }) => name), "completion"]);
  });

  test.each([
    [["simulat"], "Unknown command simulat. Did you mean simulate?"],
    [["Status"], "Unknown command Status. Did you mean status?"],
    [["cutover", "--apply"], "Unknown command cutover. Did you mean cut-over?"],
    [["frobnicate"], "Unknown command frobnicate."],
    [["status", "--htm", "x"], "Unknown option --htm. Did you mean --html?"],
    [["status", "--htm=x"], "Unknown option --htm. Did you mean --html?"],
    [["status", "--list-stuk"], "Unknown option --list-stuk. Did you mean --list-stuck?"],
    [["status", "--jsno"], "Unknown option --jsno. Did you mean --json?"],
    [["attach", "--clients", "4kq7example"], "Unknown option --clients. Did you mean --client?"],
    [["attach", "--aply"], "Unknown option --aply. Did you mean --apply?"],
    [["attach", "apply"], "Unknown argument apply. Did you mean --apply?"],
    [["import", "--groups", "--apply"], "Unknown option --groups. It is a command of its own: groups."],
    [["preflight", "--quiet"], "Unknown option --quiet."],
    [["preflight", "-x"], "Unknown option -x."],
  ])("%j: says what is wrong, and what may have been meant", async (parameters, said) => {
    const { status, stdout, stderr } = await cli(...parameters);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n")[0]).toBe(said);
  });

  test.each([
    [["explain", "--user", "a", "--user", "b"], "--user: found 2 times, expected once."],
    [["explain", "--user=a", "--user=a", "--user=a"], "--user: found 3 times, expected once."],
    [["status", "--settings", "a", "--settings", "b"], "--settings: found 2 times, expected once."],
    [["cut-over", "--leave", "1", "--leave", "2"], "--leave: found 2 times, expected once."],
    [["import", "--rows-per-job", "1", "--rows-per-job", "2"], "--rows-per-job: found 2 times, expected once."],
    [["status", "--list-stuck", "--html", "x.html"], "--html: found with --list-stuck"],
  ])("%j: of two, none is dropped without a word", async (parameters, said) => {
    const { status, stdout, stderr } = await cli(...parameters);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.slice(0, said.length)).toBe(said);
  });

  test("everything that is wrong is said", async () => {
    expect((await cli("status", "--htm", "--jsn")).stderr).toMatch(
      /^Unknown option --htm\. Did you mean --html\?\nUnknown option --jsn\. Did you mean --json\?\nSee npx/,
    );
  });

  test.each([
    [[...SIMULATE, "--wrong"], /Unknown option --wrong\./],
    [[...SIMULATE, "--json=maybe", "more"], /Unknown argument more\./],
    [["simulate"], /--users: found nothing/],
  ])("%j ends with 2, on stderr, without a stack trace", async (parameters, message) => {
    const { status, stdout, stderr } = await cli(...parameters);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test.each([
    [["frobnicate"], "See npx cognito-migration --help.\n"],
    [[...SIMULATE, "--wrong"], "See npx cognito-migration simulate --help.\n"],
    [["attach", "--clients", "4kq7example"], "See npx cognito-migration attach --help.\n"],
  ])("%j names the help that answers it", async (parameters, line) => {
    expect((await cli(...parameters)).stderr.endsWith(line)).toBe(true);
  });

  test.each([
    [["attach", "--client"], "client"],
    [["attach", "--client", ""], "client"],
    [["attach", "--client", "4kq7example", "--client="], "client"],
    [["cut-over", "--client", " "], "client"],
    [["status", "--html"], "html"],
    [["status", "--html", ""], "html"],
    [["import", "--logs-role-arn="], "logs-role-arn"],
    [["preflight", "--function-role-profile"], "function-role-profile"],
    [["preflight", "--expect-sign-ins-per-second"], "expect-sign-ins-per-second"],
    [["import", "--requests-per-second", "--apply"], "requests-per-second"],
  ])("%j: an option without its value ends with 2 and says what it is", async (parameters, option) => {
    const { status, stdout, stderr } = await cli(...parameters);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(new RegExp(`^--${option}: found nothing, expected a value\\. It is: \\S`));
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("--version prints the version of package.json", async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(await cli("--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("--help lists every command and the exit codes, on stdout", async () => {
    const { status, stdout, stderr } = await cli("--help");
    expect([status, stderr]).toEqual([0, ""]);
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`cognito-migration ${name}\\b`));
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("0 done, 1 checks failed, 2 wrong usage, 3 AWS refused");
  });

  test.each(COMMANDS.map(({ name }) => name))("%s --help has examples, whole", async (name) => {
    const { status, stdout } = await cli(name, "--help");
    expect(status).toBe(0);
    const text = stdout.replaceAll(/ \\\n +/g, " ");
    const examples = LOADED_COMMANDS.find((command) => command.name === name)?.examples ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const [line, about] of examples) expect(text).toContain(`  ${about}:\n    npx cognito-migration ${line}`);
  });

  test("every example is a command line that is understood", () => {
    for (const { options, examples, name } of LOADED_COMMANDS)
      for (const [line] of examples) {
        expect(line.split(" ")[0]).toBe(name);
        for (const [, option] of line.matchAll(/--([a-z-]+)/g))
          expect([line, option]).toEqual([
            line,
            expect.stringMatching(new RegExp(`^(${Object.keys(options).join("|")})$`)),
          ]);
      }
  });

  test("prints a completion script, and completes commands and options", async () => {
    expect((await cli("completion")).stdout).toMatch(/_cognito-migration_yargs_completions\(\)/);
    expect((await cli("--get-yargs-completions", "cognito-migration", "sim")).stdout).toContain("simulate\n");
    expect((await cli("--get-yargs-completions", "cognito-migration", "simulate", "--us")).stdout).toContain(
      "--users\n",
    );
  });

  test("a shell completes as docs/cli/README.md has it set up, in whatever folder", () => {
    const [, block = ""] =
      /## Shell completion\n[\s\S]*?```bash\n([\s\S]*?)```/.exec(
        readFileSync(join(ROOT, "docs/cli/README.md"), "utf8"),
      ) ?? [];
    expect(block.trim().split("\n").length).toBeGreaterThan(1);
    const home = mkdtempSync(join(tmpdir(), "cognito-migration-home-"));
    const bash = (folder: string, script: string) =>
      run(folder, ["bash", "-ec", script], { HOME: home, SHELL: "/bin/bash" });
    expect(bash(ROOT, block)).toMatchObject({ status: 0, stderr: "" });
    const completed = (...words: readonly string[]) =>
      bash(
        home,
        `source ~/.bashrc; COMP_WORDS=(${words.join(" ")}); COMP_CWORD=${words.length - 1}; ` +
          `"$(complete -p cognito-migration | sed 's/.* -F \\([^ ]*\\) .*/\\1/')"; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ).stdout;
    expect(completed("cognito-migration", "sta")).toBe("status\n");
    expect(completed("cognito-migration", "status", "--ht")).toBe("--html\n");
    rmSync(home, { recursive: true });
  });

  test("a reader that closes the pipe early is no error", async () => {
    const { child, ended } = startCli(directory, {}, [...SIMULATE, "--window-days", "3650", "--json"]);
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("settings", () => {
  test("every problem is listed, and it ends with 2", async () => {
    writeFileSync(join(directory, ".env"), "USER_POOL_NAME=a b\nSOURCE_USER_POOL_ID=nonsense\nAWS_PROFILE=other\n");
    const { status, stdout, stderr } = await cli("status");
    rmSync(join(directory, ".env"));
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/USER_POOL_NAME/);
    expect(stderr).toMatch(/SOURCE_USER_POOL_ID/);
    expect(stderr).toMatch(/DESTINATION_USER_POOL_ARN/);
    expect(stderr.match(/AWS_PROFILE is no setting/g)).toHaveLength(1);
    expect(stderr).toMatch(/^3 problems in the settings:$/m);
    expect(stderr).not.toContain("written");
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("--settings names the file, wherever it stands, and what is not there ends with 2", async () => {
    const settings = { ...BOTH, USER_POOL_NAME: "staging" };
    writeFileSync(
      join(directory, ".env.staging"),
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(""),
    );
    const said = "Migration staging, by .env.staging.\nNothing was changed from here.\n";
    const file = ["--settings", ".env.staging"];
    for (const line of [
      [...file, "undo", "--list"],
      ["undo", "--list", ...file],
    ])
      expect(await cli(...line)).toEqual({ status: 0, stdout: "", stderr: said });
    expect(await startCli(directory, { SETTINGS_FILE: ".env.staging" }, ["undo", "--list"]).ended).toEqual({
      status: 0,
      stdout: "",
      stderr: said,
    });
    expect(await cli("undo", "--settings", ".env.stagin")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/--settings: found "\.env\.stagin", which is not there/),
    });
    rmSync(join(directory, ".env.staging"));
  });

  test.each([[["import", "--clean"]], [["import", "--clean", "--apply"]], [["simulate"]]])(
    "--settings is read where the command could do without: %j",
    async (line) => {
      const { status, stdout, stderr } = await cli(...line, "--settings", ".env.stagin");
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/found "\.env\.stagin", which is not there/);
      expect((await cli(...line)).stderr).not.toContain("stagin");
    },
  );

  test("a source alone is not enough for a command that compares", async () => {
    const settings = {
      USER_POOL_NAME: "a",
      SOURCE_USER_POOL_ID: "eu-west-1_Source001",
      DESTINATION_ACCOUNT: "222222222222",
    };
    const { status, stderr } = await startCli(directory, settings, ["status"]).ended;
    expect(status).toBe(2);
    expect(stderr).toMatch(/DESTINATION_USER_POOL_ARN.*nothing.*the user pool that users move to/s);
  });

  test("are those of the project's folder: anywhere else a command that needs them ends with 2, and says where to go", async () => {
    const below = join(directory, "docs/decisions");
    mkdirSync(below, { recursive: true });
    // The mark of the npm package, which knows no checkout.
    mkdirSync(join(directory, ".cognito-migration"), { recursive: true, mode: 0o700 });
    const nowhere = mkdtempSync(join(tmpdir(), "cognito-migration-nowhere-"));
    const at = (folder: string, ...parameters: string[]) => startCli(folder, {}, parameters).ended;
    for (const command of [["status"], ["attach", "--all-clients"], ["undo"], ["preflight"], ["import", "--clean"]]) {
      expect(await at(below, ...command)).toMatchObject({
        status: 2,
        stdout: "",
        stderr: expect.stringContaining("cd ../.."),
      });
      const refused = { status: 2, stderr: expect.stringContaining("There is no cdktf.json here") };
      // Without a checkout any folder may be the migration's.
      expect(await at(nowhere, ...command)).toMatchObject(said<object>(refused, {}));
    }
    for (const command of [SIMULATE, ["--help"], ["import", "--help"], ["completion"]])
      expect([command, (await at(nowhere, ...command)).status]).toEqual([command, 0]);
    rmSync(nowhere, { recursive: true });
  });

  test("a command on paper needs none", async () => {
    expect((await cli(...SIMULATE)).status).toBe(0);
  });
});

describe("who and where", () => {
  let pools: TwoPools;
  let rightful: Record<string, string>;
  beforeAll(async () => {
    pools = await openTwoPools();
    rightful = { ...pools.environment };
  });
  beforeEach(() => {
    for (const name of Object.keys(pools.environment)) delete pools.environment[name];
    Object.assign(pools.environment, rightful);
    pools.actions.length = 0;
    pools.faults.clear();
  });
  afterAll(() => pools.close());

  test("credentials of other accounts are refused with 3, both are named, and no user is read", async () => {
    Object.assign(pools.environment, { SOURCE_PROFILE: "destination", DESTINATION_PROFILE: "source" });
    const { status, stdout, stderr } = await pools.run("status");
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^source +account 222222222222/m);
    expect(stderr).toMatch(
      /credentials for the source \(of profile destination\) belong to account 222222222222; the settings say 111111111111/,
    );
    expect(stderr).toMatch(
      /credentials for the destination \(of profile source\) belong to account 111111111111; the settings say 222222222222/,
    );
    expect(pools.actions.filter((action) => action !== "sts:GetCallerIdentity")).toEqual([]);
  });

  test("a pool that is not there ends with 3 and says where it was looked for, on both sides", async () => {
    pools.environment["SOURCE_USER_POOL_ID"] = "eu-west-1_Nowhere01";
    pools.environment["DESTINATION_USER_POOL_ARN"] =
      "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Nowhere02";
    const { status, stderr } = await pools.run("status");
    expect(status).toBe(3);
    expect(stderr).toBe(
      "Migration sandbox, by the environment.\nsource: account 111111111111 (profile source), eu-west-1, has no user pool eu-west-1_Nowhere01.\n" +
        "If that is the wrong account, set SOURCE_PROFILE. If the pool or the Region is wrong, set SOURCE_USER_POOL_ID, " +
        "and SOURCE_REGION for a multi-Region pool.\n" +
        "destination: account 222222222222 (profile destination), eu-central-1, has no user pool eu-central-1_Nowhere02.\n" +
        "If that is the wrong account, set DESTINATION_PROFILE. If the pool or the Region is wrong, set DESTINATION_USER_POOL_ARN.\n" +
        "Nothing was changed, and what was read is not kept.\n",
    );
  });

  test("AWS out of reach ends with 3 and says so, with side and host", async () => {
    // A port where nobody listens.
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    server.close();
    pools.environment["AWS_ENDPOINT_URL_STS"] = `http://127.0.0.1:${port}`;
    const { status, stderr } = await pools.run("status");
    expect(status).toBe(3);
    for (const side of ["source", "destination"])
      expect(stderr).toContain(
        `AWS could not be reached for the ${side} (127.0.0.1:${port}, ECONNREFUSED).\nLook at the network`,
      );
  });

  test("a profile that does not exist ends with 3 and names the setting", async () => {
    pools.environment["SOURCE_PROFILE"] = "nobody";
    const { status, stderr } = await pools.run("status");
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^Migration sandbox, by the environment\.\nNo credentials for the source \(profile nobody\): neither the credentials file nor the config file has .*\.\nLook at SOURCE_PROFILE;/,
    );
  });

  test.each(["status", "preflight"])(
    "%s: credentials that have expired are told with the way to new ones",
    async (command) => {
      const sts = createWebServer((_, response) =>
        response
          .writeHead(403, { "content-type": "text/xml" })
          .end("<ErrorResponse><Error><Code>ExpiredToken</Code><Message>It is over</Message></Error></ErrorResponse>"),
      ).listen(0, "127.0.0.1");
      await once(sts, "listening");
      pools.environment["AWS_ENDPOINT_URL_STS"] = `http://127.0.0.1:${(sts.address() as { port: number }).port}`;
      const { status, stdout, stderr } = await pools.run(command);
      sts.close();
      expect(status).toBe(command === "status" ? 3 : 1);
      const said = (stdout + stderr).replaceAll(/\s+/g, " ");
      for (const side of ["source", "destination"]) {
        expect(said).toContain(
          `The credentials of the ${side} (profile ${side}) have expired (ExpiredToken: It is over).`,
        );
        expect(said).toContain(`aws sso login --profile ${side}), then run the same command again.`);
      }
      expect(said).not.toContain("Look at SOURCE_USER_POOL_ID");
    },
  );

  test("preflight checks the other side when there are no credentials for one", async () => {
    const operator = await openOperator();
    operator.environment["SOURCE_PROFILE"] = "nobody";
    const { status, stdout } = await operator.run("preflight");
    await operator.close();
    expect(status).toBe(1);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
      /source-reachable No credentials for the source \(profile nobody\).*Look at SOURCE_PROFILE/,
    );
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "The destination user pool answers, in account 222222222222, as the settings say.",
    );
  });

  test("who is waited for is said while nobody answers", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    pools.environment["AWS_ENDPOINT_URL_STS"] = `http://127.0.0.1:${(silent.address() as { port: number }).port}`;
    const { child, ended } = pools.start("status");
    const sockets: Socket[] = [];
    silent.on("connection", (socket) => sockets.push(socket));
    let said = "";
    for await (const chunk of child.stderr as Readable) {
      said += String(chunk);
      if (said.includes("Waiting")) break;
    }
    child.kill("SIGKILL");
    await ended;
    for (const socket of sockets) socket.destroy();
    silent.close();
    expect(said).toMatch(/^Waiting for the source \(profile source, eu-west-1\) to answer \.\.\.\n/m);
  });

  test("a second Ctrl-C does not wait", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as { port: number };
    // Nobody ever answers, and who is asked who he is cannot be interrupted.
    pools.environment["AWS_ENDPOINT_URL_STS"] = `http://127.0.0.1:${port}`;
    const { child, ended } = pools.start("status");
    const [socket] = await once(silent, "connection");
    child.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(child.exitCode).toBeNull();
    child.kill("SIGINT");
    expect((await ended).status).toBe(130);
    socket.destroy();
    silent.close();
  });
});

test("npx cognito-migration is what package.json names", () => {
  expect(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).bin).toEqual({
    "cognito-migration": "bin/cognito-migration.mjs",
  });
  expect(statSync(BIN).mode & 0o111).not.toBe(0);
});
