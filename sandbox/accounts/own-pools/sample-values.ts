import type { Attributes, SchemaAttribute } from "../../aws/user-pool/schema";

/** Of an attribute's value, whatever a schema says. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AttributeType.html */
export const LONGEST_VALUE = 2048;

/** What a standard attribute must look like, where it is more than a text. */
const OF_STANDARD: Attributes = { birthdate: "1990-01-01", email: "sample@example.com", phone_number: "+15555550199" };

/** A value that a schema takes. */
export function valueFor({ Name, ...attribute }: SchemaAttribute): string {
  const { AttributeDataType, NumberAttributeConstraints: number, StringAttributeConstraints: text } = attribute;
  switch (AttributeDataType) {
    case "Boolean":
      return "true";
    case "DateTime":
      return "2026-01-01T00:00:00Z";
    case "Number": {
      const { MinValue = "-Infinity", MaxValue = "Infinity" } = number ?? {};
      return String(Math.min(Math.max(1, Number(MinValue)), Number(MaxValue)));
    }
    default: {
      const { MinLength = "0", MaxLength = "2048" } = text ?? {};
      return OF_STANDARD[Name] ?? "some".padEnd(Number(MinLength), "x").slice(0, Number(MaxLength));
    }
  }
}

/** Standard attributes that something else hangs on. */
const NO_PLAIN_TEXT = ["sub", "email", "phone_number", "birthdate", "preferred_username", "identities"];

const longest = ({ StringAttributeConstraints: { MaxLength = "2048" } = {} }: SchemaAttribute): number =>
  Math.min(Number(MaxLength), LONGEST_VALUE);

/** The first attribute of which the source takes longer texts than the destination, and such a text. */
export function longerThan(
  source: readonly SchemaAttribute[],
  destination: readonly SchemaAttribute[],
): Attributes | undefined {
  for (const attribute of source) {
    const there = destination.find(({ Name }) => Name === attribute.Name);
    const isText = attribute.AttributeDataType === "String" && there?.AttributeDataType === "String";
    if (!isText || NO_PLAIN_TEXT.includes(attribute.Name) || longest(attribute) <= longest(there)) continue;
    const { MinLength = "0" } = attribute.StringAttributeConstraints ?? {};
    return { [attribute.Name]: "x".repeat(Math.max(longest(there) + 1, Number(MinLength))) };
  }
  return undefined;
}
