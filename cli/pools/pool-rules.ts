import type { SchemaAttributeType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { AttributeRules } from "../../rules/carry-attributes";
import type { AliasAttribute, NameRules } from "../../rules/names";
import { type AttributeDefinition, DATA_TYPES, type Schema } from "../../rules/schema";
import type { SourceNaming } from "../../rules/source-names";
import type { StampPolicy } from "../../rules/stamp-settings";

/** What the two pools themselves and the settings say of names and attributes. */
export interface PoolRules extends AttributeRules, NameRules, SourceNaming {
  readonly destinationAliasAttributes: readonly AliasAttribute[];
  /** The destination's attribute that holds the source's `sub`, when ATTRIBUTE_MAP carries it over. */
  readonly subAttribute: string | undefined;
}

export interface CarryingSettings extends Pick<AttributeRules, "attributeMap"> {
  readonly attributeExclude: Iterable<string>;
  readonly migrationStamp?: StampPolicy;
  readonly stampAttribute?: string;
}

export function poolRules(
  source: UserPoolType,
  destination: UserPoolType,
  { attributeMap, attributeExclude, migrationStamp, stampAttribute }: CarryingSettings,
): PoolRules {
  return {
    attributeMap,
    attributeExclude: new Set(attributeExclude),
    stampAttribute: migrationStamp === "on" ? stampAttribute : undefined,
    destinationSchema: schemaOf(destination),
    sourceUsernameAttributes: source.UsernameAttributes ?? [],
    sourceAliasAttributes: source.AliasAttributes ?? [],
    sourceCaseSensitive: isCaseSensitive(source),
    destinationUsernameAttributes: destination.UsernameAttributes ?? [],
    destinationAliasAttributes: destination.AliasAttributes ?? [],
    destinationCaseSensitive: isCaseSensitive(destination),
    subAttribute: attributeMap.get("sub"),
  };
}

/**
 * Whether a pool tells Jane from jane; one made without UsernameConfiguration does.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UsernameConfigurationType.html
 */
export function isCaseSensitive({ UsernameConfiguration }: UserPoolType): boolean {
  return UsernameConfiguration?.CaseSensitive !== false;
}

/** A user pool without a sense of case gives out names in lower case. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html */
export const handedOnName = (
  name: string,
  { destinationCaseSensitive }: Pick<PoolRules, "destinationCaseSensitive">,
): string => (destinationCaseSensitive ? name : name.toLowerCase());

/** What applications can write. Each pool makes `sub` itself. */
export function schemaOf({ SchemaAttributes = [] }: UserPoolType): Schema {
  return new Map(
    SchemaAttributes.flatMap((attribute): [string, AttributeDefinition][] =>
      attribute.Name === undefined || attribute.DeveloperOnlyAttribute === true
        ? []
        : [[attribute.Name, definitionOf(attribute)]],
    ),
  );
}

function definitionOf(attribute: SchemaAttributeType): AttributeDefinition {
  const { AttributeDataType, NumberAttributeConstraints, StringAttributeConstraints } = attribute;
  const type = DATA_TYPES.find((one) => one === AttributeDataType) ?? "String";
  const [min, max] =
    type === "Number"
      ? [NumberAttributeConstraints?.MinValue, NumberAttributeConstraints?.MaxValue]
      : [StringAttributeConstraints?.MinLength, StringAttributeConstraints?.MaxLength];
  return { type, min: limit(min), max: limit(max), required: attribute.Required === true && attribute.Name !== "sub" };
}

/** As the stack writes it: constraints are text in the API, and what is no whole number is no limit. */
const limit = (text = ""): number | undefined => (/^-?\d+$/.test(text) ? Number(text) : undefined);
