import { parse } from "dotenv";
import { type Problem, SettingsError } from "./settings-error";
import { quotedForPowerShell } from "./shell";

const saveAsUtf8 = (file: string): string =>
  `UTF-8 text: in PowerShell (Get-Content ${file}) | Set-Content -Encoding utf8 ${file}, in an editor its Save with Encoding`;

/** The file's text. @throws {SettingsError} for any encoding but UTF-8, in which nothing else could be read. */
export function dotenvText(bytes: Uint8Array, file: string): string {
  const isWide =
    bytes.includes(0) || (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    if (!isWide) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Said below: it is the only thing that a decoder can mean.
  }
  const found = isWide ? "UTF-16 text, as PowerShell's > writes it" : "text that is not UTF-8";
  throw new SettingsError([{ variable: file, found, expected: saveAsUtf8(quotedForPowerShell(file)) }], "");
}

interface Assignment {
  readonly name: string;
  /** Whether something is assigned: dotenv passes over a line that has a name and no `=`. */
  readonly isWhole: boolean;
  /** Counted from 1. */
  readonly line: number;
  /** All of it, as it stands there. */
  readonly text: string;
  /** Whether a `#` in the value begins what is taken for a comment, without a blank before it. */
  readonly isCut: boolean;
}

const NAME_ALONE = /^\s*(?:export\s+)?([\w.-]+)(?:\s|$)/;
const ASSIGNMENT = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)(.*)$/;

/** What is in the file, line by line, as dotenv reads it: a quoted value may go on over several. */
function assignmentsOf(text: string): Assignment[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  const found: Assignment[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, name, value = ""] = ASSIGNMENT.exec(lines[at] ?? "") ?? [];
    if (name === undefined) {
      const [, alone] = NAME_ALONE.exec(lines[at] ?? "") ?? [];
      if (alone !== undefined) found.push({ name: alone, line: at + 1, isWhole: false, text: "", isCut: false });
      continue;
    }
    const quotedLines = linesOfQuoted([value, ...lines.slice(at + 1)]);
    const more = Math.max(quotedLines - 1, 0);
    const text = lines.slice(at, at + more + 1).join("\n");
    found.push({ name, line: at + 1, isWhole: true, text, isCut: quotedLines === 0 && /(?:^|\S)#/.test(value) });
    at += more;
  }
  return found;
}

/** How many lines a quoted value takes; 0 for one that is not quoted, or whose quotes are not around the whole of it. */
function linesOfQuoted(lines: readonly string[]): number {
  const text = lines.join("\n");
  const [quoted] = /^\s*(?:'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`)(?=[^\S\n]*(?:#|\n|$))/.exec(text) ?? [];
  return quoted === undefined ? 0 : quoted.split("\n").length;
}

/** Values that do not count, as the same name stands further down again: whoever takes one of the two lines away may keep this one. */
export function earlierValues(text: string, name: string): readonly string[] {
  const whole = assignmentsOf(text).filter((one) => one.isWhole && one.name === name);
  return whole.slice(0, -1).map((one) => parse(one.text)[name] ?? "");
}

/** What dotenv would do without a word: pass over a line, take the last of two lines, and cut a value at a `#`. Of `names` alone. */
export function dotenvProblems(text: string, names: readonly string[], file: string): Problem[] {
  const all = assignmentsOf(text);
  return names.flatMap((variable) => {
    const lines = all.filter(({ name }) => name === variable);
    const own = lines.filter(({ isWhole }) => isWhole);
    const cut = own.find(({ isCut }) => isCut);
    const told = (found: string, expected: string): Problem => ({ variable, found, expected });
    const problems = lines
      .filter(({ isWhole }) => !isWhole)
      .map(({ line }) => told(`no = after it (line ${line} of ${file})`, `${variable}= and its value`));
    if (own.length > 1)
      problems.push(told(`it in lines ${listed(own.map(({ line }) => line))} of ${file}`, "it in one line"));
    if (cut)
      problems.push(
        told(
          `a # in its value (line ${cut.line} of ${file}), where a comment begins`,
          "a blank before the # of a comment, or, where the setting takes a #, its value in single quotes",
        ),
      );
    return problems;
  });
}

const listed = (lines: readonly number[]): string => `${lines.slice(0, -1).join(", ")} and ${lines.at(-1)}`;
