/** Whatever is in it, the shell takes none of it for its own. */
const PLAIN = /^[\w@%+:,./=-]+$/;
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/**
 * One word of a POSIX shell. Where something in it cannot be seen, every such byte is a number, and nothing steers the terminal.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_04
 */
export function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  if (!INVISIBLE.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  return `$'${[...word].map((one) => (INVISIBLE.test(one) ? octal(one) : one.replaceAll(/['\\]/g, "\\$&"))).join("")}'`;
}

const octal = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

/** One word of PowerShell. https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules */
export const quotedForPowerShell = (word: string): string =>
  PLAIN.test(word) ? word : `'${word.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`;

/** A command line to be copied. */
export const commandLine = (...words: readonly string[]): string => words.map(quoted).join(" ");

/** Leaves alone what is there. */
export const moveCommand = (...words: readonly string[]): string =>
  commandLine("mv", "-n", ...(words.some((one) => one.startsWith("-")) ? ["--"] : []), ...words);
