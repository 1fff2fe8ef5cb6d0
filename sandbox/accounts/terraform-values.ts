import type { SchemaAttribute } from "../aws/user-pool/schema";
import type { SeedGroup } from "../aws/user-pool/seed";
import type { SynthesizedStack } from "./applied-stack";

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

/** What Terraform would read of a group. */
export type GroupFacts = Pick<SeedGroup, "GroupName" | "RoleArn">;

const EXPRESSION = /^\$\{(jsonencode\(sort\(\[for g in .*contains\(\[(.*)\], g\.group_name\)\]\)\))\}$/s;

/** The expression by which the migrating function learns which groups may be filled, with what it would be for these groups. */
export function fillableIn(
  { resource }: SynthesizedStack,
  groups: readonly GroupFacts[],
): Readonly<Record<string, string>> {
  const environment = resource["aws_lambda_function"]?.["function"]?.["environment"] as
    | { readonly variables: Readonly<Record<string, string>> }
    | undefined;
  const text = environment?.variables["DESTINATION_GROUPS"];
  if (text === undefined) return {};
  const [, expression = "", list = ""] = EXPRESSION.exec(text) ?? [];
  if (expression === "") throw new Error(`cannot evaluate DESTINATION_GROUPS: ${text}`);
  const named: readonly string[] = JSON.parse(`[${list.replaceAll("$${", "${").replaceAll("%%{", "%{")}]`);
  const isEvery = expression.includes("g.role_arn");
  const fillable = groups.filter(
    ({ GroupName = "", RoleArn }) => named.includes(GroupName) || (isEvery && (RoleArn ?? "") === ""),
  );
  return { [expression]: JSON.stringify(fillable.map(({ GroupName }) => GroupName).sort()) };
}
