import type { AttributeDefinition, Schema } from "../../rules/schema";

const TEXT: AttributeDefinition = { type: "String", min: 0, max: 2048, required: false };

/** A schema of optional texts, but for this. */
export const schema = (
  names: readonly string[],
  over: Readonly<Record<string, Partial<AttributeDefinition>>> = {},
): Schema => new Map([...names, ...Object.keys(over)].map((name) => [name, { ...TEXT, ...over[name] }]));
