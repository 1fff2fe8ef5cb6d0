import * as v from "valibot";
import { type Attributes, foldedName, isTrue, type NameRules } from "./names";

/** `createHmac` of node:crypto, as far as it is used here. */
export type CreateHmac = (
  algorithm: "sha256",
  key: string,
) => { update(text: string): { digest(encoding: "base64url"): string } };

/** What the source has shown of the user: a lasting password alone, one and a second factor due, or nothing. */
export const HOW = ["proven", "mfa", "unproven"] as const;
export type How = (typeof HOW)[number];

/** Left to the command `groups`: nobody knows which groups these are, or they do not fit. */
export const LEFT_TO_COMMAND = "import";

/** What the migration says of a user whom it hands over. */
export interface Stamp {
  /** The user's `sub` at the source. */
  readonly sourceSub: string;
  readonly how: How;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Names of groups of the destination. */
  readonly groups: readonly string[] | typeof LEFT_TO_COMMAND;
}

/** For whom a stamp is good: one user of one pool, by any of these names ({@link stampedNames}). */
export interface StampedUser {
  readonly userPoolId: string;
  readonly names: readonly string[];
}

/** Of an attribute's value: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
export const STAMP_MAX_LENGTH = 2048;

/** No stamp is shorter: its two tags, the source's `sub`, and what is around them. */
export const STAMP_MIN_LENGTH = 128;

const VERSION = "v1";
/** https://csrc.nist.gov/pubs/sp/800/107/r1/final, section 5.3.3, has 8 for the least of them. */
const MAC_BYTES = 16;

const groupName = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
const payloadSchema = v.strictTuple([
  v.pipe(v.string(), v.minLength(1)),
  v.string(),
  v.picklist(HOW),
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  v.string(),
  v.union([v.literal(LEFT_TO_COMMAND), v.pipe(v.array(groupName), v.readonly())]),
]);

/** The first 16 bytes of the HMAC; the word keeps a tag of one kind from being one of another. */
const tag = (createHmac: CreateHmac, key: string, kind: "stamp" | "name", text: string): string =>
  Buffer.from(createHmac("sha256", key).update(`${kind}\0${text}`).digest("base64url"), "base64url")
    .subarray(0, MAC_BYTES)
    .toString("base64url");

/**
 * Writes what only a holder of the key can have written. Where the groups do not fit into the attribute, they are left to `groups`.
 *
 * @param user With the one name under which the user is made.
 */
export function mintStamp(
  createHmac: CreateHmac,
  key: string,
  stamp: Stamp,
  { userPoolId, names: [name = ""] }: StampedUser,
): string {
  const { sourceSub, how, issuedAt } = stamp;
  const written = (groups: Stamp["groups"]): string => {
    const payload: v.InferOutput<typeof payloadSchema> = [
      sourceSub,
      userPoolId,
      how,
      issuedAt,
      tag(createHmac, key, "name", name),
      groups,
    ];
    const text = `${VERSION}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}`;
    return `${text}.${tag(createHmac, key, "stamp", text)}`;
  };
  const whole = written(stamp.groups);
  return whole.length <= STAMP_MAX_LENGTH ? whole : written(LEFT_TO_COMMAND);
}

/**
 * Reads a stamp, if it is one of ours, of this pool and of this user. It may be of any age: {@link isWithin}.
 *
 * @param keys Those that are accepted.
 * @returns undefined for anything else. Why is nobody's business: whoever forges stamps would learn from it.
 */
export function verifyStamp(
  createHmac: CreateHmac,
  keys: readonly string[],
  text: string,
  { userPoolId, names }: StampedUser,
): Stamp | undefined {
  if (text.length > STAMP_MAX_LENGTH) return undefined;
  const [version, payload, mac, ...rest] = text.split(".");
  if (version !== VERSION || payload === undefined || mac === undefined || rest.length > 0) return undefined;
  // As text, because several texts are the same bytes.
  const key = keys.find((one) => isSameTag(tag(createHmac, one, "stamp", `${VERSION}.${payload}`), mac));
  if (key === undefined) return undefined;
  const parsed = v.safeParse(payloadSchema, json(payload));
  if (!parsed.success) return undefined;
  const [sourceSub, pool, how, issuedAt, ofName, groups] = parsed.output;
  if (pool !== userPoolId) return undefined;
  if (!names.some((name) => isSameTag(tag(createHmac, key, "name", name), ofName))) return undefined;
  return { sourceSub, how, issuedAt, groups };
}

/** Whether it was issued in the last so many seconds. Two clocks of AWS may differ by a few of them. */
export function isWithin({ issuedAt }: Pick<Stamp, "issuedAt">, seconds: number, nowSeconds: number): boolean {
  return issuedAt <= nowSeconds + CLOCK_SKEW_SECONDS && nowSeconds < issuedAt + seconds;
}

const CLOCK_SKEW_SECONDS = 30;

/**
 * The names by which a stamp knows a user: those that nobody else of the pool can have at the same time. An address is another name once
 * it is verified, or no longer.
 *
 * @param username At the destination; where users have none, it is an id that nobody knows when the stamp is made.
 */
export function stampedNames(
  { username, attributes }: { readonly username: string; readonly attributes: Attributes },
  {
    destinationUsernameAttributes: instead,
    destinationCaseSensitive,
  }: Pick<NameRules, "destinationUsernameAttributes" | "destinationCaseSensitive">,
): readonly string[] {
  const folded = (name: string): string => foldedName(name, destinationCaseSensitive);
  if (instead.length === 0) return [folded(username)];
  return instead.flatMap((attribute) => {
    const address = attributes[attribute];
    const isVerified = isTrue(attributes[`${attribute}_verified`]);
    return address ? [`${attribute} ${isVerified ? "verified" : "unverified"} ${folded(address)}`] : [];
  });
}

/** In a time that does not tell how much of it was right. */
function isSameTag(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

function json(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, "base64url").toString());
  } catch {
    return undefined;
  }
}
