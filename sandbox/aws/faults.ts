import { AwsException } from "./user-pool/exception";

export interface Fault {
  /** Name of the exception, such as `TooManyRequestsException`. */
  readonly type: string;
  readonly message?: string;
  readonly status?: number;
  /** Which calls of the operation fail, from 1 and from now on; the next one unless given. */
  readonly when?: (call: number) => boolean;
}

/** What a test lets go wrong, by operation. Nothing goes wrong by itself. */
export class Faults {
  private readonly faults = new Map<string, { readonly fault: Fault; readonly after: number }[]>();
  private readonly limits = new Map<
    string,
    { readonly perSecond: number; readonly now: () => number; times: number[] }
  >();
  private readonly hooks = new Map<string, (() => void)[]>();
  private readonly counts = new Map<string, number>();

  /** How often an operation has been called, faults included. */
  calls(operation: string): number {
    return this.counts.get(operation) ?? 0;
  }

  /** Lets calls of an operation fail. */
  fail(operation: string, fault: Fault): void {
    const faults = this.faults.get(operation) ?? [];
    this.faults.set(operation, [...faults, { fault, after: this.calls(operation) }]);
  }

  /**
   * Throttles all calls over so many in any second, as Cognito's quotas do, which several operations may share.
   * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
   */
  limit(operations: string | readonly string[], perSecond: number, now: () => number = () => performance.now()): void {
    const limit = { perSecond, now, times: [] };
    for (const operation of [operations].flat()) this.limits.set(operation, limit);
  }

  /** Does something just before the next call of an operation: what somebody else does between two calls of a program. */
  before(operation: string, act: () => void): void {
    this.hooks.set(operation, [...(this.hooks.get(operation) ?? []), act]);
  }

  /** Ends every fault and every limit. */
  clear(): void {
    for (const kind of [this.faults, this.limits, this.hooks]) kind.clear();
  }

  /** One more call. @throws what it is to fail with. */
  check(operation: string): void {
    const call = this.calls(operation) + 1;
    this.counts.set(operation, call);
    for (const act of this.hooks.get(operation)?.splice(0) ?? []) act();
    for (const { fault, after } of this.faults.get(operation) ?? [])
      if ((fault.when ?? ((number) => number === 1))(call - after))
        throw new AwsException(fault.type, fault.message ?? "Rate exceeded", fault.status);
    const limit = this.limits.get(operation);
    if (limit === undefined) return;
    const now = limit.now();
    limit.times = limit.times.filter((time) => now - time < 1000);
    if (limit.times.length >= limit.perSecond) throw new AwsException("TooManyRequestsException", "Rate exceeded");
    limit.times.push(now);
  }
}
