import { explain } from "../../../cli/explain/explain";
import type { Facts } from "../../../cli/explain/facts";
import { explanationText } from "../../../cli/explain/report";
import { factsOf, found, side } from "../../support/explain-facts";
import { USER_POOL_ID } from "../../support/migration";
import { type Minting, minted, STAMP_ATTRIBUTE, STAMP_KEY, STAMPED_AT } from "../../support/minted";

const HOUR = 3600;
const later = (seconds: number): Date => new Date(STAMPED_AT.getTime() + seconds * 1000);
const stamps = (more: Partial<NonNullable<Facts["stamps"]>> = {}): NonNullable<Facts["stamps"]> => ({
  keys: { attribute: STAMP_ATTRIBUTE, keys: [STAMP_KEY] },
  groupsMode: "token",
  groupsWindow: HOUR,
  ...more,
});

async function said(stamp: Minting | undefined, facts: Partial<Pick<Facts, "stamps" | "now">> = {}): Promise<string> {
  const text = stamp && minted("jane", { userPoolId: USER_POOL_ID, groups: ["canary-group"], ...stamp });
  const jane = found("jane", {
    created: STAMPED_AT,
    attributes: stamp === undefined ? {} : { [STAMP_ATTRIBUTE]: text ?? "" },
  });
  const explanation = await explain(factsOf({ destination: side(jane), stamps: stamps(), now: later(60), ...facts }));
  for (const written of [explanationText(explanation), JSON.stringify(explanation)])
    for (const secret of ["v1.", STAMP_KEY, "canary-group"]) expect(written).not.toContain(secret);
  return /its stamp .*/.exec(explanationText(explanation))?.[0] ?? "";
}

const MIGRATED = "its stamp verifies: migrated at 2026-03-01 12:00 UTC";

test.each<[string, Minting, Partial<Pick<Facts, "stamps" | "now">>, string]>([
  [
    "groups to come",
    {},
    {},
    `${MIGRATED}, with the password proven; each token has the stamp's groups until 2026-03-01 13:00 UTC`,
  ],
  [
    "a window that is over",
    {},
    { now: later(HOUR) },
    `${MIGRATED}, with the password proven; the stamp has given no groups since 2026-03-01 13:00 UTC`,
  ],
  ["no groups", { groups: [] }, {}, `${MIGRATED}, with the password proven; there are no groups to come`],
  [
    "groups that did not fit",
    { groups: "import" },
    {},
    `${MIGRATED}, with the password proven; groups are left to the command groups`,
  ],
  ["groups that are off", {}, { stamps: stamps({ groupsMode: "off" }) }, `${MIGRATED}, with the password proven`],
  [
    "a second factor",
    { how: "mfa" },
    {},
    `${MIGRATED}, with the password proven and a second factor still due; groups are left to the command groups`,
  ],
  [
    "no password",
    { how: "unproven" },
    {},
    `${MIGRATED}, without a proven password; groups are left to the command groups`,
  ],
  [
    "another key",
    { key: "another" },
    {},
    expect.stringMatching(/^its stamp does not verify: it proves nothing, and gives no groups/),
  ],
])("a stamp with %s is told in plain words", async (_, stamp, facts, text) => {
  expect(await said(stamp, facts)).toEqual(text);
});

test("without a stamp, and where stamps cannot be read, nothing is said of one", async () => {
  expect(await said(undefined)).toBe("");
  expect(await said({}, { stamps: undefined })).toBe("");
});
