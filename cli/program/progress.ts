import { Presets, SingleBar } from "cli-progress";
import type { Terminal } from "./terminal";

export interface Progress {
  /** @param done How many, in all. @param total A better guess of how many there are. */
  update(done: number, total?: number): void;
  stop(): void;
}

/** Nothing is drawn when nobody watches: a log file wants no bar. */
const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** @param what Such as "source users". @param total How many there will be; an estimate will do. */
export function startProgress(terminal: Terminal, what: string, total: number): Progress {
  if (!terminal.isWatched) return SILENT;
  const started = Date.now();
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% | {value}/{total} | {rate}/s | {eta_formatted} left`,
      stream: terminal.progressStream,
      hideCursor: true,
      etaBuffer: 100,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { rate: 0 });
  return {
    update(done, better) {
      if (better !== undefined) bar.setTotal(better);
      const seconds = (Date.now() - started) / 1000;
      bar.update(done, { rate: seconds > 0 ? Math.round(done / seconds) : 0 });
    },
    stop: () => bar.stop(),
  };
}
