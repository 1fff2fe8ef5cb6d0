import { distance } from "fastest-levenshtein";
import type { Options } from "yargs";
import type { CommandOptions } from "./command";

/**
 * What yargs has against a command line, in words that say what was found, and what may have been meant.
 *
 * @param options Of the command that the line begins with; undefined: it begins with none.
 */
export function usageProblem(
  message: string,
  parameters: readonly string[],
  options: CommandOptions | undefined,
  commands: readonly string[],
): string {
  const [, missing] = /^Not enough arguments following: (\S+)$/.exec(message) ?? [];
  const option = options?.[missing ?? ""];
  if (missing !== undefined && option !== undefined) return withoutValue(missing, option);
  const [, unknown] = /^Unknown arguments?: ([\s\S]+)$/.exec(message) ?? [];
  if (unknown === undefined) return message;
  const all = unknown.split(", ");
  const names = all.filter((name) => !all.some((other) => other !== name && camelCase(other) === name));
  // Which options a command has that there is not, nobody knows.
  const words = options === undefined ? names.filter((name) => parameters.includes(name)) : [];
  return (words.length > 0 ? words : names).map((name) => unknownText(name, parameters, options, commands)).join("\n");
}

export const withoutValue = (name: string, { describe }: Options): string =>
  `--${name}: found nothing, expected a value. It is: ${describe}.`;

/** yargs tells of an option in both spellings. */
const camelCase = (name: string): string => name.replaceAll(/-+(.)/g, (_, letter: string) => letter.toUpperCase());

function unknownText(
  name: string,
  parameters: readonly string[],
  ofCommand: CommandOptions | undefined,
  commands: readonly string[],
): string {
  const given = parameters.find((one) => /^--?/.test(one) && one.replace(/^--?/, "").split("=")[0] === name);
  const options = ["help", "version", ...Object.keys(ofCommand ?? {})].map((one) => `--${one}`);
  if (given !== undefined && commands.includes(name))
    return `Unknown option ${given.split("=")[0]}. It is a command of its own: ${name}.`;
  if (given !== undefined) return `Unknown option ${given.split("=")[0]}.${didYouMean(`--${name}`, options)}`;
  if (ofCommand !== undefined) return `Unknown argument ${name}.${didYouMean(`--${name}`, options)}`;
  const known = [...commands, "completion"];
  return `Unknown command ${name}.${didYouMean(name, known)}`;
}

const MAX_EDITS = 2;
/** Of a name that is cut off, or longer than it should be. */
const MIN_LENGTH = 3;

function didYouMean(given: string, known: readonly string[]): string {
  const word = given.replace(/^--/, "");
  const isClose = (one: string): boolean => {
    const other = one.replace(/^--/, "");
    const [short, long] = word.length < other.length ? [word, other] : [other, word];
    if (short.length >= MIN_LENGTH && long.startsWith(short)) return true;
    return distance(word, other) <= Math.min(MAX_EDITS, Math.ceil(word.length / 3));
  };
  const [meant] = known.filter(isClose).sort((a, b) => distance(given, a) - distance(given, b));
  return meant === undefined ? "" : ` Did you mean ${meant}?`;
}
