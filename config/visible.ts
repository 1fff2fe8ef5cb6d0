const ESCAPE = String.fromCharCode(27);
/** Control characters, breaks that Unicode has besides, and format characters: those that turn text around or have no width. */
const INVISIBLE = "[\\p{Cc}\\p{Cf}\\u2028\\u2029]";
const CONTROLS = new RegExp(INVISIBLE, "gu");
/** Foreground colours and their end: the only sequences that this program writes. */
const COLOURS_AND_CONTROLS = new RegExp(`${ESCAPE}\\[(?:3\\d|90)m|${INVISIBLE}`, "gu");

/** As JSON writes it: those beyond U+FFFF in two halves. */
const escaped = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/**
 * A value that others chose, on one line and with every character written out that cannot be seen. Names of pools and app clients may hold
 * line breaks (`\s` in their patterns), which could otherwise pass for lines of this program.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export const visible = (value: string): string => value.replaceAll(CONTROLS, escaped);

/** Lines of this program, in which nothing steers the terminal but line breaks, tabs and, if it takes them, colours. */
export function visibleLines(text: string, hasColour: boolean): string {
  return text.replaceAll(hasColour ? COLOURS_AND_CONTROLS : CONTROLS, (found) =>
    found === "\n" || found === "\t" || found.endsWith("m") ? found : escaped(found),
  );
}
