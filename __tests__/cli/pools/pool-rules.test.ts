import { poolRules, schemaOf } from "../../../cli/pools/pool-rules";

const settings = { attributeMap: new Map([["sub", "custom:source_sub"]]), attributeExclude: new Set<string>() };

test("an answer with nothing but what every pool has: usernames, no alias, case counts", () => {
  expect(poolRules({}, {}, settings)).toEqual({
    ...settings,
    sourceUsernameAttributes: [],
    sourceAliasAttributes: [],
    sourceCaseSensitive: true,
    destinationUsernameAttributes: [],
    destinationAliasAttributes: [],
    destinationCaseSensitive: true,
    destinationSchema: new Map(),
    subAttribute: "custom:source_sub",
  });
});

test("an answer with everything", () => {
  const source = { UsernameAttributes: ["phone_number" as const] };
  const destination = { AliasAttributes: ["email" as const], UsernameConfiguration: { CaseSensitive: false } };
  expect(poolRules(source, destination, settings)).toMatchObject({
    sourceUsernameAttributes: ["phone_number"],
    destinationAliasAttributes: ["email"],
    destinationCaseSensitive: false,
  });
  expect(poolRules(destination, source, settings)).toMatchObject({
    sourceAliasAttributes: ["email"],
    sourceCaseSensitive: false,
    destinationUsernameAttributes: ["phone_number"],
  });
});

test("a schema by name, without what only administrators can write, and nobody has to bring a sub", () => {
  const unlimited = { type: "String", min: undefined, max: undefined, required: false };
  expect(
    schemaOf({
      SchemaAttributes: [
        { Name: "sub", Required: true },
        { Name: "email", Required: true, AttributeDataType: "String" },
        {
          Name: "custom:a",
          AttributeDataType: "String",
          StringAttributeConstraints: { MinLength: "1", MaxLength: "9" },
        },
        {
          Name: "custom:b",
          AttributeDataType: "Number",
          NumberAttributeConstraints: { MinValue: "-5", MaxValue: "many" },
        },
        { Name: "dev:custom:c", DeveloperOnlyAttribute: true },
        {},
      ],
    }),
  ).toEqual(
    new Map<string, object>([
      ["sub", unlimited],
      ["email", { ...unlimited, required: true }],
      ["custom:a", { ...unlimited, min: 1, max: 9 }],
      ["custom:b", { ...unlimited, type: "Number", min: -5 }],
    ]),
  );
});
