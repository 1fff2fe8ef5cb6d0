import { type MigratedGroupsOptions, withMigratedGroups } from "../../library/with-migrated-groups";
import { ATTRIBUTE, NOW, POOL, STAMP_KEY, stampFor, tokenEvent } from "../support/token-event";

const OPTIONS: MigratedGroupsOptions = {
  userPoolId: POOL,
  stampKeys: [STAMP_KEY],
  usernameAttributes: [],
  caseSensitive: true,
  now: NOW * 1000,
};
const event = () => tokenEvent({ [ATTRIBUTE]: stampFor("jane") });

test("a function of one's own keeps its claims, and has the stamp's groups", () => {
  const own = { ...event(), response: { claimsOverrideDetails: { claimsToAddOrOverride: { tenant: "7" } } } };
  expect(withMigratedGroups(own, OPTIONS).response).toEqual({
    claimsOverrideDetails: {
      claimsToAddOrOverride: { tenant: "7" },
      claimsToSuppress: [ATTRIBUTE],
      groupOverrideDetails: { groupsToOverride: ["editors"], iamRolesToOverride: [], preferredRole: null },
    },
  });
});

test.each<[string, Partial<MigratedGroupsOptions>]>([
  ["another pool", { userPoolId: "eu-central-1_Other0001" }],
  ["another attribute", { stampAttribute: "custom:other" }],
  ["no key", { stampKeys: [] }],
  ["options that are not there", { stampKeys: undefined as never }],
  ["a window that is over", { groupsWindowSeconds: 5 }],
])("for %s the event itself comes back", (_, over) => {
  const sent = event();
  expect(withMigratedGroups(sent, { ...OPTIONS, ...over })).toBe(sent);
});

test("a key that is not set is nobody's", () => {
  const sent = tokenEvent({ [ATTRIBUTE]: stampFor("jane", {}, { key: "" }) });
  expect(withMigratedGroups(sent, { ...OPTIONS, stampKeys: [""] })).toBe(sent);
});
