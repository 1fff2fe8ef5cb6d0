import type { SchemaAttributeType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { isOwnedByCognito } from "../../rules/attribute-rules";
import { schemaOf } from "../pools/pool-rules";

export type AttributeRules = Pick<
  DestinationSettings,
  "attributeExclude" | "attributeMap" | "migrationStamp" | "stampAttribute"
>;

/** An attribute of the source that arrives, and what it arrives as. */
export interface ArrivingAttribute {
  readonly from: SchemaAttributeType;
  readonly to: SchemaAttributeType;
}

export function attributeNamed({ SchemaAttributes = [] }: UserPoolType, name: string): SchemaAttributeType | undefined {
  return SchemaAttributes.find(({ Name }) => Name === name);
}

/** Attributes that applications could write. Custom ones bear their prefix. */
export function attributeNames(pool: UserPoolType): string[] {
  return [...schemaOf(pool).keys()];
}

/** Where the function puts an attribute of the source: ../../rules/carry-attributes.ts. @returns undefined when a rule or Cognito keeps it behind. */
export function targetOf(name: string, rules: AttributeRules): string | undefined {
  const { attributeExclude, attributeMap } = rules;
  // The place of the stamp is nobody else's.
  if (rules.migrationStamp === "on" && name === rules.stampAttribute) return undefined;
  const target = attributeMap.get(name);
  if (target !== undefined) return target;
  const isTaken = [...attributeMap.values()].includes(name);
  return isOwnedByCognito(name) || attributeExclude.includes(name) || isTaken ? undefined : name;
}

/** Every attribute that the destination has a place for. */
export function arrivingAttributes(
  source: UserPoolType,
  destination: UserPoolType,
  rules: AttributeRules,
): ArrivingAttribute[] {
  const places = new Set(attributeNames(destination));
  return (source.SchemaAttributes ?? []).flatMap((from) => {
    const target = targetOf(from.Name ?? "", rules);
    const to = target !== undefined && places.has(target) ? attributeNamed(destination, target) : undefined;
    return to === undefined ? [] : [{ from, to }];
  });
}

/** `custom:tier` or `custom:tier (as custom:plan)`. */
export const describeArriving = ({ from, to }: ArrivingAttribute): string =>
  from.Name === to.Name ? `${from.Name}` : `${from.Name} (as ${to.Name})`;
