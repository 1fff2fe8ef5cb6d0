import { type AttributeMap, isOwnedByCognito } from "./attribute-rules";
import { type Attributes, isTrue } from "./names";
import { fits, type Schema } from "./schema";
import type { Dropped, WhyDropped } from "./why-dropped";

export interface AttributeRules {
  /** Source names that stay behind. */
  readonly attributeExclude: ReadonlySet<string>;
  readonly attributeMap: AttributeMap;
  readonly destinationSchema: Schema;
  /** Where the stamp goes; what the source has under this name stays behind. Undefined: there is none. */
  readonly stampAttribute?: string | undefined;
}

export interface CarriedAttributes {
  readonly attributes: Attributes;
  /** What the destination cannot be given. */
  readonly dropped: Dropped;
  /** Whether the destination requires one of them. */
  readonly lacksRequired: boolean;
}

/** Verified flags say something about one attribute and go where it goes, or nowhere. */
const SUBJECT_OF_FLAG: ReadonlyMap<string, string> = new Map([
  ["email_verified", "email"],
  ["phone_number_verified", "phone_number"],
]);

/**
 * Providers that are linked to a profile with a password. The link cannot be handed over, and whoever signs in through the provider next
 * becomes a second user. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html
 */
const LINKED_PROVIDERS = "identities";

/** Of a user with a password; a user of a provider has the attribute, too. */
export const hasLinkedProvider = (attributes: Attributes): boolean => (attributes[LINKED_PROVIDERS] ?? "[]") !== "[]";

/**
 * Decides which attributes the destination may be handed.
 *
 * One attribute outside the destination's schema makes Cognito refuse the whole user, so such an attribute is dropped and
 * named. https://repost.aws/knowledge-center/cognito-migration-lambda-trigger-errors
 * Booleans go out as Cognito writes them, whatever an SDK has made of them.
 */
export function carryAttributes(source: Attributes, rules: AttributeRules): CarriedAttributes {
  const carried = new Map<string, string>();
  const dropped: [string, WhyDropped][] = [];
  let lacksRequired = false;
  const put = (from: string, to: string, value: string): void => {
    const definition = rules.destinationSchema.get(to);
    if (definition !== undefined && fits(value, definition))
      return void carried.set(to, definition.type === "Boolean" ? String(isTrue(value)) : value);
    dropped.push([from, definition === undefined ? "no_place" : "unfit"]);
    if (definition?.required) lacksRequired = true;
  };
  const mapped = new Set(rules.attributeMap.values());
  for (const [name, value] of Object.entries(source)) {
    const target = rules.attributeMap.get(name);
    if (target !== undefined) put(name, target, value);
    else if (name === LINKED_PROVIDERS && hasLinkedProvider(source)) dropped.push([name, "linked"]);
    else if (SUBJECT_OF_FLAG.has(name) || isOwnedByCognito(name) || rules.attributeExclude.has(name)) continue;
    else if (name === rules.stampAttribute) continue;
    else if (!mapped.has(name)) put(name, name, value);
  }
  for (const [flag, subject] of SUBJECT_OF_FLAG) {
    const value = source[flag];
    const travels = carried.has(subject) && !rules.attributeExclude.has(flag);
    if (value !== undefined && travels) carried.set(flag, String(isTrue(value)));
  }
  return { attributes: Object.fromEntries(carried), dropped: Object.fromEntries(dropped), lacksRequired };
}
