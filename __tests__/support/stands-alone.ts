/** Words that speak of something named elsewhere, at the beginning of a sentence. */
const LEANING =
  /^(as|by|it|its|they|their|them|active)\b|^(both|neither|none|all|these|those|this|that|the same)\b(?! (of|user|app client|credentials)\b)/i;

/**
 * Why a line of preflight cannot be understood without another one. The list for people has what was found and not the title; docs
 * have the title and not what was found.
 */
export function leaning(line: string): string[] {
  const sentences = line.split(/(?<=\.) (?=[A-Z])/);
  return [
    ...sentences.filter((sentence) => LEANING.test(sentence)).map((sentence) => `leans on something else: ${sentence}`),
    ...(line.split(/\s+/).length < 4 ? [`is no sentence: ${line}`] : []),
    ...(/^\d+( [a-z]+)?\.$/.test(line) ? [`is a bare number: ${line}`] : []),
  ];
}
