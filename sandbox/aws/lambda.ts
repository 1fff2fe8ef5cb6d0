import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";

export interface FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** Its code, or a file that is run where it is, with what stands beside it. */
  readonly zip: string;
  readonly isFile?: boolean;
  /** `file.export`, the file an ES module. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** As Lambda names it; the sandbox runs it on its own Node.js. */
  readonly runtime?: string;
  /** Told as they are: the sandbox runs it on its own machine, and keeps its own log. */
  readonly architectures?: readonly string[];
  readonly logging?: Readonly<Record<string, string | undefined>>;
  /** Told as it is: nothing is encrypted here. */
  readonly kmsKeyArn?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Invocation {
  readonly event: unknown;
  /** What the handler returned, or Lambda's error object. */
  readonly payload: unknown;
  readonly failed: boolean;
  readonly durationMs: number;
  /** Milliseconds from the birth of the process to the first event; absent when it was warm. */
  readonly initMs?: number;
}

const INIT_TIMEOUT_MS = 10_000;

type Message = { ready?: true; payload?: string; failed?: true };

/**
 * One execution environment: the zip, unpacked, in a Node process of its own with nothing around it but the function's
 * environment. It starts at the first event, as on AWS, and again after a crash or a timeout.
 */
export class LambdaFunction {
  /** Base64 SHA-256 of the zip, as Lambda reports it. */
  readonly codeSha256: string;
  readonly invocations: Invocation[] = [];
  /** Everything that the function wrote to standard output and standard error. */
  log = "";
  private child: ChildProcess | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @param onLine Is told what the function writes, line by line.
   * @param extraEnvironment What Lambda and the sandbox add: credentials and endpoints.
   */
  constructor(
    private readonly root: string,
    readonly directory: string,
    readonly configuration: FunctionConfiguration,
    private readonly onLine: (line: string) => void,
    private readonly extraEnvironment: () => Promise<Readonly<Record<string, string>>>,
  ) {
    const zip = readFileSync(configuration.zip);
    this.codeSha256 = createHash("sha256").update(zip).digest("base64");
    mkdirSync(directory, { recursive: true });
    if (configuration.isFile === true) return;
    for (const [name, bytes] of Object.entries(unzipSync(zip))) writeFileSync(join(directory, name), bytes);
  }

  /** Of the process, while there is one. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** One event after the other, like one execution environment. */
  invoke(event: unknown): Promise<Invocation> {
    const run = this.last.then(() => this.run(event));
    this.last = run.catch(() => undefined);
    return run;
  }

  /** Starts its process before the first event, if there is none. @throws with what it wrote when it does not load. */
  load(): Promise<void> {
    const run = this.last.then(() => (this.child === undefined ? this.start() : undefined));
    this.last = run.catch(() => undefined);
    return run;
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  private async run(event: unknown): Promise<Invocation> {
    const cold = this.child === undefined;
    const initStarted = performance.now();
    if (cold) await this.start();
    const started = performance.now();
    const timeoutMs = this.configuration.timeoutSeconds * 1000;
    const message = { event: JSON.stringify(event), requestId: randomUUID(), timeoutMs };
    const answer = await this.next(timeoutMs, () => this.child?.send(message));
    if (answer === undefined) await this.stop();
    const invocation: Invocation = {
      event,
      payload: answer?.payload === undefined ? timedOut(message.requestId, timeoutMs) : JSON.parse(answer.payload),
      failed: answer === undefined || answer.failed === true,
      durationMs: performance.now() - started,
      ...(cold ? { initMs: started - initStarted } : {}),
    };
    this.invocations.push(invocation);
    return invocation;
  }

  private async start(): Promise<void> {
    const { name, region, memoryMb, handler, environment, isFile, zip } = this.configuration;
    const extra = await this.extraEnvironment();
    const child = fork(join(this.root, "sandbox/aws/lambda-runtime.mjs"), [], {
      cwd: this.directory,
      env: {
        ...environment,
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
        LAMBDA_TASK_ROOT: this.directory,
        LAMBDA_HANDLER: handler,
        ...(isFile === true ? { SANDBOX_HANDLER_FILE: zip } : {}),
        HOME: this.directory,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        ...extra,
      },
      execArgv: [],
      silent: true,
    });
    const keep = (chunk: Buffer): void => {
      this.log += chunk.toString();
      for (const line of chunk.toString().split("\n").filter(Boolean)) this.onLine(line);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.once("exit", () => {
      if (this.child === child) this.child = undefined;
    });
    this.child = child;
    if ((await this.next(INIT_TIMEOUT_MS, () => undefined))?.ready !== true) {
      await this.stop();
      throw new Error(`function ${name} did not load:\n${this.log}`);
    }
  }

  /** @returns undefined when the process ended or said nothing in time. */
  private next(timeoutMs: number, act: () => void): Promise<Message | undefined> {
    const { child } = this;
    return new Promise((resolve) => {
      const settle = (message?: Message): void => {
        clearTimeout(timer);
        child?.off("message", settle);
        child?.off("exit", gone);
        resolve(message);
      };
      const gone = (): void => settle();
      const timer = setTimeout(gone, timeoutMs);
      child?.once("message", settle);
      child?.once("exit", gone);
      act();
    });
  }
}

function timedOut(requestId: string, timeoutMs: number): object {
  return {
    errorType: "Sandbox.Timedout",
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutMs / 1000} seconds`,
  };
}
