const ESCAPE = String.fromCharCode(27);
/** Control characters, breaks that Unicode has besides, and what turns the direction of text around. */
const INVISIBLE = "[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]";
const CONTROLS = new RegExp(INVISIBLE, "gu");
/** Foreground colours and their end: the only sequences that this program writes. */
const COLOURS_AND_CONTROLS = new RegExp(`${ESCAPE}\\[(?:3\\d|90)m|${INVISIBLE}`, "gu");

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * A value that others chose, on one line and with every control character written out. Names of pools and app clients may hold
 * line breaks (`\s` in their patterns), which could otherwise pass for lines of this program.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export const visible = (value: string): string => value.replaceAll(CONTROLS, escaped);

/** Lines of this program, in which nothing steers the terminal but line breaks, tabs and, if it takes them, colours. */
export function visibleLines(text: string, hasColour: boolean): string {
  return text.replaceAll(hasColour ? COLOURS_AND_CONTROLS : CONTROLS, (found) =>
    found === "\n" || found === "\t" || found.length > 1 ? found : escaped(found),
  );
}
