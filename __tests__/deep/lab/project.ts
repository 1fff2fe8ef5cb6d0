import { spawn } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackName } from "../../../config/stacks";
import { copyProgram } from "../../../sandbox/accounts/synthesize";
import type { AccountCredentials } from "./moto";
import type { Tools } from "./tools";

/** No single command takes longer; the provider itself would wait for hours. */
const COMMAND_TIMEOUT_MS = 120_000;

export interface Outcome {
  readonly status: number;
  /** Standard output and standard error. */
  readonly output: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Kills the command at once, as a crash would. */
  readonly signal?: AbortSignal;
}

/** A copy of the program in a folder of its own, with the commands that a user runs in it. */
export class Project {
  private readonly cliConfig: string;

  constructor(
    root: string,
    readonly directory: string,
    private readonly tools: Tools,
    private readonly awsUrl: string,
  ) {
    copyProgram(root, directory);
    this.cliConfig = join(directory, "terraform.rc");
    writeFileSync(this.cliConfig, cliConfiguration(tools));
  }

  stackDirectory(stack: StackName): string {
    return join(this.directory, "cdktf.out/stacks", stack);
  }

  /**
   * `node build/main.js` with these settings and no others, here, beside the states.
   *
   * @throws with what it says when it fails.
   */
  async synth(settings: Readonly<Record<string, string>>): Promise<void> {
    const environment = { PATH: process.env["PATH"] ?? "", ...settings };
    const { status, output } = await this.run(process.execPath, ["build/main.js"], this.directory, environment);
    if (status !== 0) throw new Error(output);
  }

  /** Instead of `terraform init`, when another folder has been initialized for the same backend and provider. */
  initializeLike(other: Project, stack: StackName): void {
    const [from, to] = [other.stackDirectory(stack), this.stackDirectory(stack)];
    cpSync(join(from, ".terraform"), join(to, ".terraform"), { recursive: true, verbatimSymlinks: true });
    cpSync(join(from, ".terraform.lock.hcl"), join(to, ".terraform.lock.hcl"));
  }

  terraform(
    stack: StackName,
    parameters: readonly string[],
    as: AccountCredentials,
    { env = {}, signal }: RunOptions = {},
  ): Promise<Outcome> {
    const noise = ["init", "plan", "apply", "destroy"].includes(parameters[0] ?? "")
      ? ["-no-color", "-input=false"]
      : [];
    const [verb = "", ...rest] = parameters;
    return this.run(
      this.tools.terraform,
      [verb, ...noise, ...rest],
      this.stackDirectory(stack),
      { ...this.environment(as), ...env },
      signal,
    );
  }

  /** `npx cdktf ...`, as a user types it. Provider hashes for other platforms would be asked of the registry. */
  cdktf(
    parameters: readonly string[],
    as: AccountCredentials,
    settings: Readonly<Record<string, string>>,
  ): Promise<Outcome> {
    return this.run("npx", ["cdktf", ...parameters, "--skip-provider-lock"], this.directory, {
      ...this.environment(as),
      ...settings,
    });
  }

  environment(as: AccountCredentials): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      HOME: this.directory,
      TF_CLI_CONFIG_FILE: this.cliConfig,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      NO_UPDATE_NOTIFIER: "1",
      // Endpoints by environment only: the synthesized stacks stay as they are.
      AWS_ENDPOINT_URL: this.awsUrl,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ACCESS_KEY_ID: as.accessKeyId,
      AWS_SECRET_ACCESS_KEY: as.secretAccessKey,
      AWS_SESSION_TOKEN: as.sessionToken,
    };
  }

  private run(
    program: string,
    parameters: readonly string[],
    cwd: string,
    env: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      // A process group of its own: Terraform's providers are processes, too, and outlive a Terraform that is killed.
      const child = spawn(program, parameters, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      const keep = (chunk: Buffer): void => {
        output += chunk.toString();
      };
      child.stdout.on("data", keep);
      child.stderr.on("data", keep);
      const killGroup = (): void => {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      };
      const timer = setTimeout(() => {
        output += `\ngiven up after ${COMMAND_TIMEOUT_MS} ms`;
        killGroup();
      }, COMMAND_TIMEOUT_MS);
      signal?.addEventListener("abort", killGroup, { once: true });
      child.once("error", (error) => {
        output += String(error);
      });
      child.once("close", (code) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", killGroup);
        resolve({ status: code ?? 1, output });
      });
    });
  }
}

function cliConfiguration({ provider }: Tools): string {
  if (provider.kind === "configured") return "";
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(provider.directory)}
    include = ["registry.terraform.io/hashicorp/aws"]
  }
}
`;
}
