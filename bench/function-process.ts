import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type AwsServer, type Counts, startAwsServer } from "./aws-server";
import type { Certificates } from "./certificates";
import type { CpuLimit } from "./cpu-share";
import { EVENT, FUNCTION_ENVIRONMENT, USER } from "./user";
import type { Variant } from "./variants";

export interface Bench {
  /** The project's root. */
  readonly root: string;
  /** An empty folder, for HOME. */
  readonly home: string;
  /** The Node.js that runs the functions. */
  readonly node: string;
  readonly certificates: Certificates;
}

export interface ProcessOptions {
  readonly rttMs: number;
  readonly nodeFlags?: readonly string[];
  readonly cpu?: { readonly limit: CpuLimit; readonly from: "birth" | "first invocation" };
}

/** Milliseconds since the process was told to start, and of CPU time. */
export interface Loaded {
  readonly bootMs: number;
  readonly loadedMs: number;
  readonly bootCpuMs: number;
  readonly loadCpuMs: number;
}

export interface Invoked {
  /** Of each invocation, in order. */
  readonly latenciesMs: readonly number[];
  /** Of the last answer, since the process was told to start. */
  readonly answeredMs: number;
  /** Of all these invocations. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** After a garbage collection where the process has --expose-gc. */
  readonly heapBytes: number;
}

const TIMEOUT_MS = 300_000;

/** One execution environment of one variant, with an AWS of its own, so that every request counted is its own. */
export class FunctionProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly aws: AwsServer,
    private readonly bornMs: number,
    private readonly log: () => string,
    readonly variant: string,
  ) {}

  /** Starts the process and waits until the function has loaded, which is what Lambda calls INIT. */
  static async start(
    bench: Bench,
    variant: Variant,
    options: ProcessOptions,
  ): Promise<{ process: FunctionProcess; loaded: Loaded }> {
    const aws = await startAwsServer(bench.certificates, options.rttMs);
    const limit = options.cpu?.from === "birth" ? options.cpu.limit : undefined;
    const [program = "", ...parameters] = [
      ...(limit?.prefix ?? []),
      bench.node,
      ...(options.nodeFlags ?? []),
      join(bench.root, "bench/runtime.mjs"),
    ];
    const bornMs = nowMs();
    const child = spawn(program, parameters, {
      cwd: variant.directory,
      env: environmentOf(bench, variant, aws),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let log = "";
    const keep = (chunk: Buffer): void => {
      log = (log + chunk.toString()).slice(-4000);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const started = new FunctionProcess(child, aws, bornMs, () => log, variant.name);
    const letGo = limit && child.pid !== undefined ? limit.hold(child.pid) : undefined;
    if (letGo) child.once("exit", letGo);
    const { startedMs, startedCpuMs, loadedMs, loadCpuMs } = await started.next<{
      startedMs: number;
      startedCpuMs: number;
      loadedMs: number;
      loadCpuMs: number;
    }>(() => undefined);
    if (options.cpu?.from === "first invocation" && child.pid !== undefined)
      child.once("exit", options.cpu.limit.hold(child.pid));
    return {
      process: started,
      loaded: { bootMs: startedMs - bornMs, loadedMs: loadedMs - bornMs, bootCpuMs: startedCpuMs, loadCpuMs },
    };
  }

  counts(): Counts {
    return this.aws.counts();
  }

  /** @throws when an answer is not that of a migrated user, with what the function wrote. */
  async invoke(times = 1): Promise<Invoked> {
    const { answer, answeredMs, ...rest } = await this.next<Invoked & { answer?: typeof EVENT }>(() =>
      this.child.send({ event: JSON.stringify(EVENT), times }),
    );
    const { userAttributes, finalUserStatus } = (answer?.response ?? {}) as Record<string, unknown>;
    if (finalUserStatus !== "CONFIRMED" || (userAttributes as { email?: string } | null)?.email !== USER.email)
      throw this.failure("did not migrate the user");
    return { ...rest, answeredMs: answeredMs - this.bornMs };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((resolve) => this.child.once("exit", resolve));
      this.child.kill("SIGKILL");
      await ended;
    }
    await this.aws.close();
  }

  private failure(what: string): Error {
    return new Error([`${this.variant} ${what}`, ...this.aws.problems.slice(-3), this.log()].join("\n"));
  }

  /** The next message of the process. */
  private next<T>(act: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (message: { error?: string }): void => {
        clearTimeout(timer);
        this.child.off("exit", gone);
        if (message.error === undefined) resolve(message as T);
        else reject(this.failure(`failed: ${message.error}`));
      };
      const gone = (): void => reject(this.failure("ended"));
      const timer = setTimeout(() => reject(this.failure("said nothing in time")), TIMEOUT_MS);
      this.child.once("message", settle);
      this.child.once("exit", gone);
      act();
    });
  }
}

/** The clock of bench/runtime.mjs. */
const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

function environmentOf(bench: Bench, variant: Variant, aws: AwsServer): Record<string, string> {
  return {
    ...FUNCTION_ENVIRONMENT,
    ...aws.environment,
    PATH: process.env["PATH"] ?? "",
    HOME: bench.home,
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    AWS_REGION: FUNCTION_ENVIRONMENT.DESTINATION_USER_POOL_ID.split("_")[0] ?? "",
    AWS_DEFAULT_REGION: FUNCTION_ENVIRONMENT.DESTINATION_USER_POOL_ID.split("_")[0] ?? "",
    AWS_LAMBDA_FUNCTION_NAME: "cognito_migration_bench",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    LAMBDA_TASK_ROOT: variant.directory,
    LAMBDA_HANDLER: variant.handler,
  };
}
