import * as v from "valibot";
import { ALIAS_ATTRIBUTES, USERNAME_ATTRIBUTES } from "../rules/names";

/** What happens to a user who has forgotten the password. */
export const FORGOT_PASSWORD_POLICIES = ["migrate", "refuse"] as const;
export type ForgotPasswordPolicy = (typeof FORGOT_PASSWORD_POLICIES)[number];

/** What happens to a user who has not shown a lasting password: a forgotten one, a temporary one, a reset that is due. */
export const UNPROVEN_PASSWORD_POLICIES = ["migrate", "refuse"] as const;
export type UnprovenPasswordPolicy = (typeof UNPROVEN_PASSWORD_POLICIES)[number];

/** What happens to a user who has a second factor at the source. */
export const MFA_POLICIES = ["reject", "sms", "allow"] as const;
export type MfaPolicy = (typeof MFA_POLICIES)[number];

/** What a user pool does about a second factor: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html */
export const MFA_CONFIGURATIONS = ["OFF", "OPTIONAL", "ON"] as const;
export type MfaConfiguration = (typeof MFA_CONFIGURATIONS)[number];

/** Source attribute name to destination attribute name. */
export type AttributeMap = ReadonlyMap<string, string>;

/**
 * Cognito owns these: `sub` is made anew by every user pool, `identities` and `cognito:*` describe federation
 * and status, `dev:*` can only be set by administrators.
 */
export function isOwnedByCognito(attribute: string): boolean {
  return attribute === "sub" || attribute === "identities" || /^(cognito|dev):/.test(attribute);
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
export const STANDARD_ATTRIBUTES: readonly string[] =
  "address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number phone_number_verified picture preferred_username profile sub updated_at website zoneinfo".split(
    " ",
  );

/**
 * A mapped value must never land where it would count as a proven address or as a sign-in name: `email_verified`
 * of the source speaks of the source's `email` and of nothing else.
 */
const NEVER_A_TARGET = new Set([
  "email",
  "email_verified",
  "phone_number",
  "phone_number_verified",
  "preferred_username",
]);

/**
 * A misspelled name would silently match nothing and let the attribute through, so only names that can exist are taken.
 * Cognito allows stranger custom names than these; such an attribute cannot be listed.
 */
const isAttributeName = (name: string): boolean =>
  STANDARD_ATTRIBUTES.includes(name) || /^custom:[A-Za-z0-9_.-]{1,20}$/.test(name);

const listOf = (text: string): string[] => text.split(",").map((item) => item.trim());
const isList = (text: string): boolean => listOf(text).every(isAttributeName);

function isMap(text: string): boolean {
  const pairs = listOf(text).map((pair) => pair.split("=").map((name) => name.trim()));
  const sources = new Set(pairs.map(([source]) => source));
  const targets = new Set(pairs.map(([, target]) => target));
  return (
    sources.size === pairs.length &&
    targets.size === pairs.length &&
    pairs.every(
      ([source = "", target = "", ...rest]) =>
        rest.length === 0 &&
        isAttributeName(source) &&
        isAttributeName(target) &&
        !NEVER_A_TARGET.has(target) &&
        !isOwnedByCognito(target) &&
        (source === "sub" || !isOwnedByCognito(source)),
    )
  );
}

/** `a,b` to a list of attribute names that an operator wrote. */
export const attributeList = v.pipe(v.string(), v.check(isList), v.transform(listOf));

const listOrNone = <const Names extends readonly string[]>(names: Names) =>
  v.pipe(
    v.string(),
    v.transform((text) => (text === "none" ? [] : listOf(text))),
    v.array(v.picklist(names)),
  );

/** `email,phone_number` to a list of alias attributes, `none` to an empty one. */
export const aliasAttributeList = listOrNone(ALIAS_ATTRIBUTES);

/** `email,phone_number` to a list of username attributes, `none` to an empty one. */
export const usernameAttributeList = listOrNone(USERNAME_ATTRIBUTES);

/** As the stacks write such a list, in one order whoever wrote it. */
export const usernameAttributeText = v.pipe(
  usernameAttributeList,
  v.transform((names) => [...new Set(names)].sort().join(",") || "none"),
);

/** `sub=custom:source_sub,custom:tier=custom:plan` to a map from source to destination attribute. */
export const attributeMap = v.pipe(
  v.string(),
  v.check(isMap),
  v.transform(
    (text): AttributeMap =>
      new Map(
        listOf(text).map((pair) => {
          const [source = "", target = ""] = pair.split("=").map((name) => name.trim());
          return [source, target];
        }),
      ),
  ),
);
