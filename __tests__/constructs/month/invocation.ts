import type { OutcomeName } from "../../../rules/outcome";

/** One invocation of the function, as much of it as metrics and log tell. */
export interface Invocation {
  /** Seconds since 1970. */
  readonly at: number;
  /** Undefined: it crashed, and neither metrics nor log line were written. */
  readonly outcome: OutcomeName | undefined;
  readonly durationMs: number;
  readonly coldStart: boolean;
  readonly sourceSignIns: number;
  /** By "forgot password". */
  readonly forgotten: boolean;
  readonly droppedAttributes: readonly string[];
  readonly secondFactor: boolean;
  readonly errorName?: string;
}

/** Before Lambda has found an environment for it. */
export type Attempt = Omit<Invocation, "coldStart">;
