import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Lambda gives CPU in proportion to memory, one vCPU at 1769 MB. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
export const shareOf = (memoryMb: number): number => memoryMb / 1769;

/** Limits the CPU time of a process to a share of one vCPU. */
export interface CpuLimit {
  /** How it is done, for the report. */
  readonly kind: string;
  /** Goes before a command that shall be limited from its first instruction on. */
  readonly prefix: readonly string[];
  /** Limits a process that runs, until it ends or is let go. */
  hold(pid: number): () => void;
  close(): void;
}

/**
 * A cgroup where this process may make one, else stopping and continuing. A cgroup takes periods up to a second, and quotas
 * from a millisecond on. https://www.kernel.org/doc/html/v5.16/scheduler/sched-bwc.html
 */
export function openCpuLimit(share: number, periodMs: number): CpuLimit {
  const [periodUs, quotaUs] = [Math.round(periodMs * 1000), Math.round(periodMs * 1000 * share)];
  const kind = `a cgroup's quota, ${quotaUs / 1000} of every ${periodUs / 1000} ms`;
  return (
    cgroup(kind, "/sys/fs/cgroup/cpu", { "cpu.cfs_period_us": `${periodUs}`, "cpu.cfs_quota_us": `${quotaUs}` }) ??
    cgroup(kind, "/sys/fs/cgroup", { "cpu.max": `${quotaUs} ${periodUs}` }) ??
    stopAndContinue(share, periodMs)
  );
}

/** @returns undefined where there is no such hierarchy, or no right to make a group in it. */
function cgroup(kind: string, hierarchy: string, files: Readonly<Record<string, string>>): CpuLimit | undefined {
  const directory = join(hierarchy, `cognito-migration-bench-${process.pid}`);
  const members = join(directory, "cgroup.procs");
  if (!existsSync(join(hierarchy, "cgroup.procs"))) return undefined;
  try {
    mkdirSync(directory);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  } catch {
    if (existsSync(directory)) rmdirSync(directory);
    return undefined;
  }
  return {
    kind,
    prefix: ["/bin/sh", "-c", `echo $$ > ${members} && exec "$@"`, "sh"],
    hold: (pid) => {
      writeFileSync(members, String(pid));
      return () => undefined;
    },
    close: () => rmdirSync(directory),
  };
}

/** Rougher than a quota: the process stands still for most of every period, also when it only waits for an answer. */
export function stopAndContinue(share: number, periodMs: number): CpuLimit {
  const runMs = periodMs * share;
  return {
    kind: `SIGSTOP and SIGCONT, running ${runMs.toFixed(1)} of every ${periodMs} ms`,
    prefix: [],
    hold: (pid) => {
      let timer: NodeJS.Timeout;
      const turn = (runs: boolean): void => {
        if (isSent(pid, runs ? "SIGCONT" : "SIGSTOP")) timer = setTimeout(turn, runs ? runMs : periodMs - runMs, !runs);
      };
      turn(true);
      return () => {
        clearTimeout(timer);
        isSent(pid, "SIGCONT");
      };
    },
    close: () => undefined,
  };
}

function isSent(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
