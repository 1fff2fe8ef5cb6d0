import { DESTINATION_POOL, openWorld } from "../../../sandbox/accounts/from-synth";
import { ROOT } from "../../support/program";

const FIT = {
  Name: "custom:migration",
  AttributeDataType: "String",
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" },
} as const;

test.each([
  ["is not there", { Name: "custom:other" }],
  ["is too short", { StringAttributeConstraints: { MinLength: "0", MaxLength: "2047" } }],
  ["takes no short stamp", { StringAttributeConstraints: { MinLength: "129", MaxLength: "2048" } }],
  ["is a number", { AttributeDataType: "Number" }],
  ["cannot be changed", { Mutable: false }],
  ["is required", { Required: true }],
] as const)("where the attribute for the stamp %s, nothing is planned", async (_, over) => {
  const customAttributes = [...DESTINATION_POOL.customAttributes, { ...FIT, ...over }];
  await expect(
    openWorld({
      root: ROOT,
      users: [],
      settings: { MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept" },
      pools: { destination: { ...DESTINATION_POOL, customAttributes } },
    }),
  ).rejects.toThrow(/^STAMP_ATTRIBUTE is custom:migration, and eu-central-1_Dest0001 has no such attribute/);
});
