import { type AttributeMap, isOwnedByCognito } from "./attribute-rules";

export type Attributes = Readonly<Record<string, string>>;

export interface AttributeRules {
  /** Source names that stay behind. */
  readonly attributeExclude: ReadonlySet<string>;
  readonly attributeMap: AttributeMap;
  /** Names in the destination's schema. */
  readonly destinationAttributes: ReadonlySet<string>;
}

export interface CarriedAttributes {
  readonly attributes: Attributes;
  /** Source names of attributes that the destination's schema has no place for. Names only, never values. */
  readonly dropped: readonly string[];
}

/** Verified flags say something about one attribute and go where it goes, or nowhere. */
const SUBJECT_OF_FLAG: ReadonlyMap<string, string> = new Map([
  ["email_verified", "email"],
  ["phone_number_verified", "phone_number"],
]);

/**
 * Decides which attributes the destination may be handed.
 *
 * One attribute outside the destination's schema makes Cognito refuse the whole user, so such an attribute is dropped and
 * named. https://repost.aws/knowledge-center/cognito-migration-lambda-trigger-errors
 */
export function carryAttributes(source: Attributes, rules: AttributeRules): CarriedAttributes {
  const carried = new Map<string, string>();
  const dropped: string[] = [];
  const put = (from: string, to: string, value: string): void => {
    if (rules.destinationAttributes.has(to)) carried.set(to, value);
    else dropped.push(from);
  };
  const mapped = new Set(rules.attributeMap.values());
  for (const [name, value] of Object.entries(source)) {
    const target = rules.attributeMap.get(name);
    if (target !== undefined) put(name, target, value);
    else if (SUBJECT_OF_FLAG.has(name) || isOwnedByCognito(name) || rules.attributeExclude.has(name)) continue;
    else if (!mapped.has(name)) put(name, name, value);
  }
  for (const [flag, subject] of SUBJECT_OF_FLAG) {
    const value = source[flag];
    const travels = carried.has(subject) && !rules.attributeExclude.has(flag);
    if (value !== undefined && travels) carried.set(flag, value);
  }
  return { attributes: Object.fromEntries(carried), dropped: dropped.sort() };
}
