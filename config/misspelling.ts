import { distance } from "fastest-levenshtein";

/** Endings that name a kind of value; people drop and add them (SOURCE_USER_POOL, SOURCE_ACCOUNT_ID). */
const KIND = /_(ID|ARN|FILE)$/;
const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/^SRC(?=_)/, "SOURCE"],
  [/^(DEST|DST)(?=_)/, "DESTINATION"],
  [/(?<=_)DIR$/, "DIRECTORY"],
];

const MAX_EDITS = 2;
/** Below this many characters two edits make another word. */
const MIN_LENGTH = 8;

const withoutAbbreviation = (name: string): string =>
  ABBREVIATIONS.reduce((result, [pattern, full]) => result.replace(pattern, full), name.toUpperCase());
const letters = (name: string): string => name.replaceAll("_", "");

/**
 * Finds the setting that `name` plainly means, so that a typing error is reported instead of silently ignored.
 *
 * A shared prefix proves nothing (SOURCE_DATE_EPOCH belongs to build tools). It takes the same name but for case,
 * underscores or SRC/DEST/DIR; or at most two edits outside short words (EXTERNAL_IP is no EXTERNAL_ID);
 * or, for SOURCE_, DESTINATION_ and SETTINGS_ names, the same name but for an ending ID, ARN or FILE that one has and the other has not.
 *
 * @returns undefined when `name` is one of `known`, or is not close to any.
 */
export function misspelledSetting<Name extends string>(name: string, known: readonly Name[]): Name | undefined {
  if (known.some((setting) => setting === name) || name.length < MIN_LENGTH) return undefined;
  const given = withoutAbbreviation(name);
  return known.find((setting) => isClose(given, setting));
}

function isClose(given: string, setting: string): boolean {
  if (letters(given) === letters(setting)) return true;
  if (/^(SOURCE|DESTINATION|SETTINGS)_/.test(setting) && (dropsKind(given, setting) || dropsKind(setting, given)))
    return true;
  return distance(letters(given), letters(setting)) <= MAX_EDITS && shortWordsAgree(given, setting);
}

/** In a word of two or three letters an edit makes another word, unless it only adds to it (ID, IDS). */
function shortWordsAgree(given: string, setting: string): boolean {
  const [a, b] = [given.split("_"), setting.split("_")];
  if (a.length !== b.length) return true;
  return a.every((word, index) => {
    const other = b[index] ?? "";
    return Math.min(word.length, other.length) > 3 || word.startsWith(other) || other.startsWith(word);
  });
}

function dropsKind(shorter: string, longer: string): boolean {
  return KIND.test(longer) && letters(shorter) === letters(longer.replace(KIND, ""));
}

/**
 * Finds the name that may stand for a setting which is missing: the same words but one (SOURCE_POOL_ID), or another kind of
 * value (DESTINATION_USER_POOL_ID for its ARN). That is enough for a question, and too little to call the name wrong: it may be
 * somebody else's.
 */
export function nameMeantFor(missing: string, names: readonly string[]): string | undefined {
  const words = missing.split("_");
  return names.find((name) => {
    const given = withoutAbbreviation(name);
    if (given !== missing && given.replace(KIND, "") === missing.replace(KIND, "")) return true;
    return given.includes("POOL") && words.some((_, left) => words.filter((_, at) => at !== left).join("_") === given);
  });
}
