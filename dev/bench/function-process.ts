import { join } from "node:path";
import { startAwsServer } from "./aws-server";
import type { Certificates } from "./certificates";
import { MessagingProcess } from "./child-process";
import type { CpuLimit } from "./cpu-share";
import { LAMBDA_ENVIRONMENT, lambdaFlags } from "./sign-in";
import type { Counts } from "./tls-service";
import type { Variant } from "./variants";

/** What all function processes of a run have in common. */
export interface Surroundings {
  /** The project's root. */
  readonly root: string;
  /** An empty folder, for HOME. */
  readonly home: string;
  /** Path of the Node.js that runs the functions. */
  readonly node: string;
  readonly certificates: Certificates;
  /** Ends all processes when it is aborted. */
  readonly signal: AbortSignal;
}

/** Since when the CPU is limited. Lambda itself limits it from the first invocation on. */
export interface Throttling {
  readonly limit: CpuLimit;
  readonly from: "birth" | "first invocation";
}

export interface ProcessOptions {
  readonly rttMs: number;
  /** How many times slower than real time the function's clock is. */
  readonly timeScale: number;
  /** Of the function; heap sizes follow from it. */
  readonly memoryMb: number;
  readonly throttling?: Throttling | undefined;
}

/** Wall time since the process was told to start, and CPU time, in milliseconds. */
export interface Loaded {
  readonly loadedMs: number;
  readonly bootCpuMs: number;
  readonly loadCpuMs: number;
}

export interface Invoked {
  /** Of each invocation, in their order. */
  readonly latenciesMs: readonly number[];
  /** Of the last answer, since the process was told to start. */
  readonly answeredMs: number;
  /** CPU time of all these invocations. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Garbage included, unless it was collected. */
  readonly heapBytes: number;
}

/** One execution environment of one variant, with an AWS of its own. */
export interface FunctionProcess {
  readonly variant: string;
  readonly loaded: Loaded;
  counts(): Counts;
  /**
   * @param settleMs After the last one, before the garbage is collected; undefined: none is.
   * @throws {Error} with the function's log, when the last answer is not that of one who did the job.
   */
  invoke(times?: number, settleMs?: number): Promise<Invoked>;
  stop(): Promise<void>;
}

/** Starts a function and waits until it has loaded, which Lambda calls INIT. */
export async function startFunction(
  surroundings: Surroundings,
  variant: Variant,
  { rttMs, timeScale, memoryMb, throttling }: ProcessOptions,
): Promise<FunctionProcess> {
  const { root, node, certificates, signal } = surroundings;
  const aws = await startAwsServer(certificates, rttMs);
  const fromBirth = throttling?.from === "birth" ? throttling.limit : undefined;
  const env = environmentOf(surroundings, variant, {
    ...aws.environment,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${memoryMb}`,
  });
  const runtime = [join(root, "dev/bench/runtime.mjs"), `${timeScale}`];
  const command = [...(fromBirth?.prefix ?? []), node, ...lambdaFlags(memoryMb), ...runtime];
  const bornMs = Number(process.hrtime.bigint()) / 1e6;
  const child = new MessagingProcess(command, { cwd: variant.directory, env, signal });
  let letGo = fromBirth?.hold(child.pid);
  const stop = async (): Promise<void> => {
    letGo?.();
    await child.stop();
    await aws.close();
  };
  const answer = async <Message>(message?: object): Promise<Message> => {
    try {
      return await child.next<Message>(message);
    } catch (error) {
      await stop();
      throw new Error([`${variant.name} ${(error as Error).message}`, ...aws.problems.slice(-3), child.log].join("\n"));
    }
  };

  const { loadedMs, bootCpuMs, loadCpuMs } = await answer<Loaded>();
  if (throttling?.from === "first invocation") letGo = throttling.limit.hold(child.pid);
  return {
    variant: variant.name,
    loaded: { loadedMs: loadedMs - bornMs, bootCpuMs, loadCpuMs },
    counts: aws.counts,
    invoke: async (times = 1, settleMs) => {
      const order = { event: JSON.stringify(variant.job.event), times, settleMs };
      const { answer: last, ...invoked } = await answer<Invoked & { answer: unknown }>(order);
      if (!variant.job.isDone(last)) throw new Error(`${variant.name} did not ${variant.job.what}\n${child.log}`);
      return { ...invoked, answeredMs: invoked.answeredMs - bornMs };
    },
    stop,
  };
}

function environmentOf(
  { home }: Surroundings,
  { directory, handler, job }: Variant,
  aws: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    ...LAMBDA_ENVIRONMENT,
    ...(job.environment as Readonly<Record<string, string>>),
    ...aws,
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    LAMBDA_TASK_ROOT: directory,
    LAMBDA_HANDLER: handler,
    // On Node.js 20 the SDK announces its end; that is no part of a sign-in.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
