/**
 * Every resource gets the tags, so the rules of the strictest service hold, and those are IAM's. It compares keys without regard to
 * case, and refuses a role when half of the stack is there.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
const KEY = /^[\p{L}\p{Z}\p{N}_.:/+\-@]{1,128}$/u;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
const RESERVED = /^aws:/i;
const MAX_TAGS = 50;

const pairsOf = (text: string): [string, string | undefined][] =>
  text.split(",").map((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? [pair.trim(), undefined] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });

/** `team=identity,cost-center=4711` to tags; a text in which {@link problemOfTags} finds nothing. */
export const tagsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(pairsOf(text).map(([key, value = ""]) => [key, value]));

/** What is expected instead, where the text is no list of tags that every service takes. */
export function problemOfTags(text: string): string | undefined {
  const pairs = pairsOf(text);
  if (pairs.some(([key]) => key === "Key") && pairs.some(([key]) => key === "Value"))
    return "key=value pairs with commas between them, such as team=identity, and not the AWS CLI's Key=team,Value=identity";
  const keys = pairs.map(([key]) => key);
  const folded = keys.map((key) => key.toLowerCase());
  const twice = keys.find((_, at) => folded.indexOf(folded[at] ?? "") < at);
  const wrong = pairs.find(([key, value]) => value === undefined || !KEY.test(key) || !VALUE.test(value));
  const reserved = pairs.flat().find((word) => word !== undefined && RESERVED.test(word));
  if (wrong !== undefined)
    return `key=value pairs with commas between them, of letters, digits, blanks and _.:/=+-@, 1 to 128 for a key and up to 256 for a value; ${whatIsWrong(wrong)}`;
  if (reserved !== undefined)
    return `no key and no value that begins with aws:, which AWS keeps for itself; ${JSON.stringify(reserved)} does`;
  if (twice !== undefined)
    return `each key once, and IAM takes Team and team for one; ${JSON.stringify(twice)} is there twice`;
  if (pairs.length > MAX_TAGS) return `${MAX_TAGS} tags at most, not ${pairs.length}`;
  return undefined;
}

function whatIsWrong([key, value]: readonly [string, string | undefined]): string {
  const shown = JSON.stringify(key);
  if (value !== undefined) return KEY.test(key) ? `the value of ${shown} is not so` : `the key ${shown} is not so`;
  return key === "" ? "there is a comma too many" : `${shown} has no =`;
}
