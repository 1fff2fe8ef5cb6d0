import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Broken } from "../assertion";
import { type CliStart, spawnCli } from "../spawn-cli";
import { ended, type Screen } from "./screen-numbers";

const PROGRAM = "npx cognito-migration ";

interface OperatorTerminalProps extends Omit<CliStart, "parameters"> {
  /** What an operator puts in place of the words in capitals. */
  readonly values: Readonly<Record<string, string>>;
}

/** Runs the runbook's command lines, as an operator types them, and keeps which. */
export class OperatorTerminal {
  /** Since the last {@link take}. */
  private lines: string[] = [];
  private child: ChildProcess | undefined;
  private readonly values: Map<string, string>;

  constructor(private readonly props: OperatorTerminalProps) {
    this.values = new Map(Object.entries(props.values));
  }

  /** Has the operator put this in place of the word from now on, such as an id that a command has printed. */
  learn(word: string, value: string): void {
    this.values.set(word, value);
  }

  /** @param line As the runbook has it. @throws {Broken} unless it ends with this exit code. */
  async type(line: string, status = 0): Promise<Screen> {
    const screen = await this.start(line).ended;
    ended(screen, status);
    return screen;
  }

  start(line: string): { readonly child: ChildProcess; readonly ended: Promise<Screen> } {
    if (!line.startsWith(PROGRAM)) throw new Broken(`expected: a command of the operator's program, not ${line}`);
    this.lines.push(line);
    const { root, directory, environment } = this.props;
    const file = join(directory, "screen");
    const descriptor = openSync(file, "w");
    const parameters = this.filledIn(line).slice(PROGRAM.length).split(" ");
    const child = spawnCli({ root, directory, environment, parameters }, ["ignore", descriptor, descriptor]);
    this.child = child;
    closeSync(descriptor);
    const ended = new Promise<Screen>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => {
        resolve({ status, text: readFileSync(file, "utf8") });
        rmSync(file);
      });
    });
    return { child, ended };
  }

  /** The line with what the operator puts in. */
  filledIn(line: string): string {
    return [...this.values].reduce((text, [word, value]) => text.replaceAll(word, value), line);
  }

  /** A command that the sandbox does in its own way. */
  standIn(line: string): void {
    this.lines.push(line);
  }

  /** What was typed since it was last asked; a line that was repeated at once is there once. */
  take(): readonly string[] {
    const taken = this.lines.filter((line, at) => line !== this.lines[at - 1]);
    this.lines = [];
    return taken;
  }

  /** Ends what is still running. */
  kill(): void {
    if (this.child?.exitCode === null) this.child.kill("SIGKILL");
  }
}
