import * as v from "valibot";
import { isAttributeName, namesOf, pairsOf, splitList } from "./attribute-names";
import { ALIAS_ATTRIBUTES, USERNAME_ATTRIBUTES } from "./names";

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

/** Whether ATTRIBUTE_MAP may put something there. */
export const canBeMapTarget = (attribute: string): boolean =>
  !NEVER_A_TARGET.has(attribute) && !isOwnedByCognito(attribute);

function isMap(pairs: readonly (readonly [string, string])[]): boolean {
  const sources = new Set(pairs.map(([source]) => source));
  const targets = new Set(pairs.map(([, target]) => target));
  return (
    sources.size === pairs.length &&
    targets.size === pairs.length &&
    pairs.every(
      ([source, target]) =>
        isAttributeName(source) &&
        isAttributeName(target) &&
        canBeMapTarget(target) &&
        (source === "sub" || !isOwnedByCognito(source)),
    )
  );
}

/** A list of attribute names that an operator wrote: `a,b`, or `["a","b"]`. */
export const attributeList = v.pipe(
  v.string(),
  v.transform((text) => namesOf(text) ?? []),
  v.check((names) => names.length > 0 && names.every(isAttributeName)),
);

const listOrNone = <const Names extends readonly string[]>(names: Names) =>
  v.pipe(
    v.string(),
    v.transform((text) => (text === "none" ? [] : splitList(text))),
    v.array(v.picklist(names)),
    v.readonly(),
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

/** `sub=custom:source_sub,custom:tier=custom:plan`, or the same as a JSON object, to a map from source to destination attribute. */
export const attributeMap = v.pipe(
  v.string(),
  v.transform((text) => pairsOf(text) ?? []),
  v.check((pairs) => pairs.length > 0 && isMap(pairs)),
  v.transform((pairs): AttributeMap => new Map(pairs)),
);

/** Likewise, and an empty map where nothing is said. */
export const attributeMapOrNone = v.pipe(
  v.undefinedable(attributeMap),
  v.transform((map): AttributeMap => map ?? new Map()),
);

export const flag = v.pipe(
  v.picklist(["true", "false"]),
  v.transform((value) => value === "true"),
);
