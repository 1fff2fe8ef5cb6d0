import { COPIED } from "../../config/command-lines";

/** A word of prose, or of a shell, which may have blanks between quotation marks. */
const SHELL_WORD = /(?:(?<![^\s=])'[^']*'(?:\\''[^']*')*|\S)+/g;

/** Breaks at spaces; a longer word stays whole, so that it can be copied. */
export const wrap = (text: string, width: number): string[] => filled(text.match(SHELL_WORD) ?? [""], width);

/** A command line to the end of its line, something in quotation marks, or a word. */
const WORD = new RegExp(`${COPIED.source}|(?:"[^"]*"|\`[^\`]*\`|\\S)+`, "g");
/** Columns of a table, a diagram, and what is indented to be copied. */
const KEEPS_ITS_FORM = /\S {2,}\S|^ {4}|[│┤┏┃━┓┛┗]/;
const INDENT = /^ *(?:- )?/;

/** Breaks the prose in a text, line by line. Tables stay as they are, and so does what is there to be copied, such as a command. */
export function wrapProse(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => {
      if (line.length <= width || KEEPS_ITS_FORM.test(line)) return [line];
      const [indent = ""] = INDENT.exec(line) ?? [];
      const [first = "", ...rest] = filled(line.slice(indent.length).match(WORD) ?? [], width - indent.length);
      return [`${indent}${first}`, ...rest.map((one) => `${" ".repeat(indent.length)}${one}`)];
    })
    .join("\n");
}

function filled(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
