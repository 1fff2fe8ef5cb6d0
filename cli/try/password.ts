import { isUtf8 } from "node:buffer";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Context } from "../program/command";
import { CommandError, EXIT, Interrupted } from "../program/exit";

type PasswordInput = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Asks without showing what is typed; where nobody sits at a terminal, takes the one line that is there. @throws {CommandError} USAGE when there is none, {@link Interrupted} by Ctrl-C. */
export async function readPassword(
  input: PasswordInput,
  screen: NodeJS.WritableStream,
  prompt: string,
  { signal, commands }: Pick<Context, "signal" | "commands">,
): Promise<string> {
  const how = `Type it when you are asked for it, or have another program print it: PROGRAM | ${commands.program("try", "--user", "NAME")}.`;
  const password = input.isTTY ? await typed(input, screen, prompt, signal) : onlyLine(await textOf(input, how));
  if (password === "") throw new CommandError(EXIT.USAGE, `The password: found nothing, expected one line. ${how}`);
  return password;
}

function typed(
  input: NodeJS.ReadableStream,
  screen: NodeJS.WritableStream,
  prompt: string,
  signal: AbortSignal,
): Promise<string> {
  screen.write(prompt);
  // It draws each letter that it reads: onto nothing.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  return new Promise<string>((resolve, reject) => {
    const stop = (): void => reject(new Interrupted("Stopped. Nothing was tried."));
    lines.once("SIGINT", stop);
    signal.addEventListener("abort", stop, { once: true });
    // Ctrl-D.
    lines.once("close", () => resolve(""));
    lines.once("line", resolve);
  }).finally(() => {
    lines.close();
    screen.write("\n");
  });
}

async function textOf(input: NodeJS.ReadableStream, how: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  // What cannot be read would be replaced, and another password tried than the one that was meant.
  if (isUtf8(bytes)) return bytes.toString();
  throw new CommandError(EXIT.USAGE, `The password: found bytes that are no UTF-8, expected one line of text. ${how}`);
}

/** @throws {CommandError} USAGE for more than one: a whole file was not meant. */
function onlyLine(text: string): string {
  const line = text.replace(/\r?\n$/, "");
  if (!/[\r\n]/.test(line)) return line;
  throw new CommandError(EXIT.USAGE, "The password: found several lines, expected one. For several users: --file.");
}
