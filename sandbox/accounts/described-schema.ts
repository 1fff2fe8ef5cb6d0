import type { SchemaAttribute } from "../aws/user-pool/schema";

/** What Terraform makes of a schema for the function's environment: names of attributes by their definition, as JSON. */
export function describedSchema(schema: readonly SchemaAttribute[]): string {
  const byDefinition: Record<string, string[]> = {};
  for (const attribute of schema) {
    if (attribute.DeveloperOnlyAttribute) continue;
    const definition = definitionOf(attribute);
    byDefinition[definition] = [...(byDefinition[definition] ?? []), attribute.Name].sort();
  }
  return JSON.stringify(byDefinition);
}

function definitionOf({
  Name,
  AttributeDataType = "String",
  Required,
  StringAttributeConstraints: text,
  NumberAttributeConstraints: number,
}: SchemaAttribute): string {
  const [min, max] =
    AttributeDataType === "Number" ? [number?.MinValue, number?.MaxValue] : [text?.MinLength, text?.MaxLength];
  const required = Required && Name !== "sub" ? ["required"] : [];
  return [AttributeDataType, limit(min), limit(max), ...required].join(" ");
}

const limit = (text = ""): string => (/^-?\d+$/.test(text) ? text : "-");
