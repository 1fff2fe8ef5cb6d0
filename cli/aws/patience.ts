import { type Call, type ClientStack, hostOf } from "./check-answers";
import { CONNECT_MS, TooLate } from "./limited-http";
import { NoAnswer } from "./no-answer";

/**
 * How patient the SDK is. Throttling is waited out: with the SDK's own backoff of at most 20 s, twelve attempts take some
 * minutes, and `adaptive` slows down before the next call is refused.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export const ATTEMPTS = { maxAttempts: 12, retryMode: "adaptive" } as const;

/** How often somebody is asked who does not answer. With {@link ANSWER_MS} each, a command ends within two minutes. */
const TRIES = 3;

/** After this long it is said who is waited for. */
const NOTICE_MS = 20_000;

const ONLY_READS = /^(?:Describe|Get|List|StartQuery|AssumeRole)/;
/** Done twice it is as if done once. What is neither here nor only reads is never sent again when its answer is lost. */
const IS_IDEMPOTENT = /^AdminAddUserToGroup$/;
const mayRepeat = (operation: string): boolean => ONLY_READS.test(operation) || IS_IDEMPOTENT.test(operation);

type Next = (call: Call) => Promise<unknown>;

/** Ends what nobody answers, for all clients of a side, and says meanwhile who is waited for. */
export class Patience {
  /** Hosts that were given up: until they answer again, once is enough. */
  private readonly silent = new Set<string>();
  private readonly told = new Set<string>();
  private changing = false;

  /** @param say Undefined: nobody listens. @param of Whose, such as "source". */
  constructor(
    private readonly of: string,
    private readonly say: ((text: string) => void) | undefined,
  ) {}

  /** Whether anything was sent that may have changed something. */
  get mayHaveChanged(): boolean {
    return this.changing;
  }

  applyTo(stack: ClientStack): void {
    stack.add(
      (next: Next, { commandName = "" }: { readonly commandName?: string }) => {
        const operation = commandName.replace(/Command$/, "");
        const mayBeRepeated = mayRepeat(operation);
        let unanswered = 0;
        return async (call: Call) => {
          const host = hostOf(call);
          const tries = this.silent.has(host) ? 1 : TRIES;
          const notice = setTimeout(() => this.tell(host, operation, unanswered + 1, tries), NOTICE_MS);
          if (!ONLY_READS.test(operation)) this.changing = true;
          try {
            const answer = await next(call);
            this.hasAnswered(host);
            return answer;
          } catch (error) {
            const silence = silenceOf(error) ?? (mayBeRepeated ? undefined : failureOf(error));
            if (silence === undefined) this.hasAnswered(host);
            else if (silence.counts) unanswered += 1;
            const isLost = silence?.wasSent === true && !mayBeRepeated;
            if (silence === undefined || (!isLost && unanswered < tries)) throw error;
            this.silent.add(host);
            throw noAnswer(host, operation, silence.what, unanswered, isLost);
          } finally {
            clearTimeout(notice);
          }
        };
      },
      { step: "finalizeRequest", priority: "low" },
    );
  }

  private hasAnswered(host: string): void {
    this.silent.delete(host);
    this.told.clear();
  }

  /** Many may wait for the same host; one line is enough. */
  private tell(host: string, operation: string, attempt: number, tries: number): void {
    const key = `${host} ${attempt}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    const then = !mayRepeat(operation)
      ? "it is not asked again, because that could do it twice"
      : attempt < tries
        ? `it is asked again soon (${attempt} of ${tries})`
        : `this is the last of ${tries} tries`;
    this.say?.(`${this.of}: no answer from ${host} to ${operation} for ${NOTICE_MS / 1000} s; ${then}.`);
  }
}

interface Silence {
  readonly what: string;
  /** Whether the request may have arrived. */
  readonly wasSent: boolean;
  /** Whether it is as long as a limit. The SDK soon tries a broken connection again. */
  readonly counts: boolean;
}

/** As Node.js names a connection that has broken; one that was refused has never been there. */
const BROKEN = new Set(["ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT"]);

function silenceOf(error: unknown): Silence | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof TooLate) return { what: error.message, wasSent: true, counts: true };
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && BROKEN.has(code))
    return { what: `the connection broke (${code})`, wasSent: true, counts: false };
  // Of the SDK's HTTP, which names the socket's end the same, but with a code.
  if (error.name === "TimeoutError" && code === undefined)
    return { what: `no connection within ${CONNECT_MS / 1000} s`, wasSent: false, counts: true };
  return undefined;
}

/** Of the SDK's transient errors: it sends again what ended so. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const FAILED_INSIDE = new Set([500, 502, 503, 504]);

/** A server that has failed, or one in front of it: what was asked for may have been done before. */
function failureOf(error: unknown): Silence | undefined {
  const { $metadata, name } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return status !== undefined && FAILED_INSIDE.has(status)
    ? { what: `it failed (${name}, HTTP ${status})`, wasSent: true, counts: false }
    : undefined;
}

function noAnswer(host: string, operation: string, what: string, times: number, isLost: boolean): NoAnswer {
  const often = times > 1 ? `, ${times} times` : "";
  return new NoAnswer(`${host} has not answered ${operation}: ${what}${often}`, isLost ? operation : undefined);
}
