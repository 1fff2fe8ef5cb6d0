import type { SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { invalidParameter } from "./exception";

export type Attributes = Readonly<Record<string, string>>;
export type SchemaAttribute = Omit<SchemaAttributeType, "Name"> & { readonly Name: string };

/** Every pool has these, and `sub`; in the order of AWS's own sample of a file to import. */
export const STANDARD: readonly string[] =
  "name given_name family_name middle_name nickname preferred_username profile picture website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at".split(
    " ",
  );

/** What they are, where it is more than a text. */
const KINDS: Readonly<Record<string, Partial<SchemaAttribute>>> = {
  birthdate: { StringAttributeConstraints: { MinLength: "10", MaxLength: "10" } },
  email_verified: { AttributeDataType: "Boolean" },
  phone_number_verified: { AttributeDataType: "Boolean" },
  updated_at: { AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "0" } },
};

function attribute(Name: string, more: Partial<Omit<SchemaAttributeType, "Name">> = {}): SchemaAttribute {
  return {
    Name,
    AttributeDataType: "String",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    ...(more.AttributeDataType === undefined
      ? { StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" } }
      : {}),
    ...more,
  };
}

/**
 * A pool's schema as DescribeUserPool lists it. Every pool has the OpenID Connect standard attributes, and `sub`.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export function schemaWith(
  required: readonly string[],
  custom: readonly (string | SchemaAttribute)[],
): readonly SchemaAttribute[] {
  const definitions = [
    attribute("sub", {
      Mutable: false,
      Required: true,
      StringAttributeConstraints: { MinLength: "1", MaxLength: "2048" },
    }),
    ...STANDARD.map((name) => attribute(name, { Required: required.includes(name), ...KINDS[name] })),
    ...custom.map((one) => (typeof one === "string" ? attribute(`custom:${one}`) : attribute(one.Name, one))),
  ];
  return [...new Map(definitions.map((one) => [one.Name, one])).values()];
}

function nonconforming(name: string, problem: string): Error {
  return invalidParameter(`Attributes did not conform to the schema: ${name}: ${problem}`);
}

/**
 * `create` may write immutable attributes and must write required ones, `update` the other way round. Of `migrate` one page
 * says that Cognito has default values for what is required and missing: it need not write them.
 */
export type Write = "create" | "update" | "migrate";

/** @throws InvalidParameterException for the first attribute that the schema does not take. */
export function conform(schema: readonly SchemaAttribute[], values: Attributes, write: Write): void {
  for (const [name, value] of Object.entries(values)) {
    const definition = schema.find(({ Name }) => Name === name);
    if (definition === undefined) throw nonconforming(name, "Attribute does not exist in the schema.");
    if (name === "sub" || (write === "update" && definition.Mutable === false))
      throw nonconforming(name, "Attribute cannot be updated.");
    const problem = value === "" && write === "update" ? undefined : problemOf(definition, value);
    if (problem !== undefined) throw nonconforming(name, problem);
  }
  if (write === "create")
    for (const { Name, Required } of schema)
      if (Required && Name !== "sub" && !values[Name]) throw nonconforming(Name, "The attribute is required");
}

/** What each standard attribute must look like. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const FORMATS: Readonly<Record<string, readonly [RegExp, string]>> = {
  email: [/^[^\s@]+@[^\s@]+$/, "Invalid email address format."],
  phone_number: [/^\+\d{1,15}$/, "Invalid phone number format."],
  birthdate: [/^\d{4}-\d{2}-\d{2}$/, "Invalid birthdate format, please use YYYY-MM-DD."],
};

function problemOf(definition: SchemaAttribute, value: string): string | undefined {
  const { AttributeDataType, StringAttributeConstraints, NumberAttributeConstraints } = definition;
  if (AttributeDataType === "Boolean") return /^(true|false)$/i.test(value) ? undefined : "must be true or false";
  if (AttributeDataType === "Number") {
    if (!/^-?\d+$/.test(value)) return "must be a whole number";
    const { MinValue = "-Infinity", MaxValue = "Infinity" } = NumberAttributeConstraints ?? {};
    return Number(value) < Number(MinValue) || Number(value) > Number(MaxValue) ? "is out of range" : undefined;
  }
  const [format, message] = FORMATS[definition.Name] ?? [];
  if (value !== "" && format && !format.test(value)) return message;
  const { MinLength = "0", MaxLength = "2048" } = StringAttributeConstraints ?? {};
  if (value.length < Number(MinLength)) return "String must be longer than the schema's minimum length";
  return value.length > Number(MaxLength) ? "String must be no longer than the schema's maximum length" : undefined;
}

/** Of `email_verified` and its like: attributes are text. */
export function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}
