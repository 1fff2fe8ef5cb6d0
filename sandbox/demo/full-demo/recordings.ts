import { withBlock } from "../marked-block";

/** What is another one in every run: dates, times, how long something took, and names that AWS makes. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\d(T[\d:.]+Z| \d\d:\d\d UTC)?/g, "DATE"],
  [/\d{8}T\d{9}Z/g, "RUN"],
  [/import-[0-9a-f-]{10,}/g, "JOB"],
  [/\d+ ms\b/g, "N ms"],
];

/** A recording without what varies. */
export function masked(recording: string): string {
  return VARYING.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), recording);
}

const START = "```text\n";
const END = "\n```";

/** The recording between the markers of this name. @throws when the page has none. */
export function recordingIn(page: string, name: string): string {
  const [, block] = new RegExp(`<!-- ${name} -->\n${START}([\\s\\S]*?)${END}\n<!-- /${name} -->`).exec(page) ?? [];
  if (block === undefined) throw new Error(`the page has no recording between <!-- ${name} --> markers`);
  return block;
}

/** @returns names of the recordings that say something else than the page. */
export function staleIn(page: string, recordings: ReadonlyMap<string, string>): readonly string[] {
  return [...recordings].flatMap(([name, text]) => (masked(recordingIn(page, name)) === masked(text) ? [] : [name]));
}

/** The page with these recordings; one that says the same stays as it is. */
export function withRecordings(page: string, recordings: ReadonlyMap<string, string>): string {
  return [...recordings].reduce((text, [name, recording]) => {
    const isSame =
      text.includes(`<!-- ${name} -->\n${START}`) && staleIn(text, new Map([[name, recording]])).length === 0;
    return isSame ? text : withBlock(text, name, `${START}${recording}${END}`);
  }, page);
}
