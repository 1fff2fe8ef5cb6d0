import { type ChildProcess, spawn } from "node:child_process";

/** As much of what a process wrote as an error message needs. */
const KEPT_CHARACTERS = 4000;
const PATIENCE_MS = 300_000;

/** A process that answers each message with one message. */
export class MessagingProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  /** The end of what the process wrote to standard output and standard error. */
  log = "";

  /** @param signal Kills the process when it is aborted. */
  constructor(
    [program = "", ...parameters]: readonly string[],
    place: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly signal: AbortSignal },
  ) {
    this.child = spawn(program, parameters, {
      ...place,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      killSignal: "SIGKILL",
    });
    // A process that cannot start says so here, and never exits.
    this.ended = new Promise((resolve) => this.child.on("exit", () => resolve()).on("error", () => resolve()));
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.log = (this.log + chunk.toString()).slice(-KEPT_CHARACTERS);
      });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** @throws {Error} when the process ends, cannot start, says nothing in time, or answers with an error. */
  async next<Message>(message?: object): Promise<Message> {
    const answer = new Promise<Message & { error?: string }>((resolve) => {
      this.child.once("message", (received) => resolve(received as Message & { error?: string }));
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`said nothing for ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
    });
    const gone = this.ended.then(() => Promise.reject(new Error("ended without an answer")));
    if (message !== undefined) this.child.send(message);
    try {
      const received = await Promise.race([answer, late, gone]);
      if (received.error !== undefined) throw new Error(`answered with an error: ${received.error}`);
      return received;
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }
}
