import * as v from "valibot";
import { isAttributeName } from "../rules/attribute-names";
import { EVERY_GROUP, groupListOrNone, groupMapOrNone } from "../rules/group-names";
import { DEFAULT_STAMP_ATTRIBUTE, GROUPS_MODES, STAMP_POLICIES } from "../rules/stamp-settings";
import { parseEventBusArn, parseKmsKeyArn } from "./regional-arn";
import { checked, inGroup, oneOf, wholeNumber } from "./setting-values";

const SECONDS = { m: 60, h: 3600 } as const;

/** @returns seconds; NaN for what is no such time. */
function secondsOf(text: string): number {
  const [, count, unit] = /^([0-9]{1,5})([mh])$/.exec(text) ?? [];
  return Number(count) * SECONDS[unit as keyof typeof SECONDS];
}

const GROUP_NAMES =
  'group names with commas between them, each once, such as staff,editors; names with a comma in them as JSON, such as ["a,b"]';

/** What the migration says of a user to code that runs later, and what that code does. */
export const STAMP_SETTINGS = inGroup("Stamp and groups", {
  MIGRATION_STAMP: {
    about:
      "Whether each migrated user gets an attribute in which the function signs who came, and how; groups and events rest on it",
    ...oneOf(STAMP_POLICIES, "off"),
    example: "on",
  },
  STAMP_ATTRIBUTE: {
    about:
      "Attribute of the destination that takes the stamp: a String of 2048 characters that no app client may read or write",
    expected: "a custom: attribute, and none that ATTRIBUTE_MAP names",
    example: "custom:stamp",
    schema: v.optional(
      checked((name) => name.startsWith("custom:") && isAttributeName(name)),
      DEFAULT_STAMP_ATTRIBUTE,
    ),
  },
  STAMP_KEY_NUMBER: {
    about: "Which key signs: one more than before makes a new one, and what the one before has signed stays good",
    expected: "a whole number from 1 to 10000",
    example: "2",
    schema: v.optional(wholeNumber(1, 10_000), "1"),
  },
  STAMP_KEY_READABLE: {
    about:
      "Says that whoever may read the function's configuration may read the key, and make themselves members of every group that travels",
    expected: "accept",
    example: "accept",
    note: "MIGRATION_STAMP demands LAMBDA_KMS_KEY_ARN",
    schema: v.optional(v.literal("accept")),
  },
  LAMBDA_KMS_KEY_ARN: {
    about:
      "Customer-managed KMS key that encrypts the environment of the functions, which then only those read who may use the key; in the destination's Region",
    expected:
      "the ARN of a KMS key such as arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    example: "arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    note: "a key of AWS",
    schema: v.optional(checked((value) => parseKmsKeyArn(value) !== undefined)),
  },
  GROUPS_MODE: {
    about:
      "Groups of users who show their password: `off` leaves them to `groups`, `token` puts them into the user's tokens for GROUPS_WINDOW, `token+member` makes the user a member, too",
    ...oneOf(GROUPS_MODES, "off"),
    example: "token+member",
  },
  GROUPS: {
    about:
      "Source groups that travel, or `*` for each that has no IAM role at the destination. `*,admins` adds `admins`, even if it has a role, and `*` then puts no other group into that one",
    expected: `${GROUP_NAMES}; or *`,
    example: "staff,suspended",
    note: "none; required with GROUPS_MODE",
    schema: groupListOrNone,
  },
  GROUPS_MAP: {
    about: "Groups that have another name at the destination",
    expected:
      "source=destination pairs with commas between them, such as staff=employees, each source group once; for names with a comma or = in them, a JSON object",
    example: "staff=employees",
    note: "each has its own name",
    schema: groupMapOrNone,
  },
  GROUPS_OR_REFUSE: {
    about:
      "Source groups without which nobody may arrive, such as those that take access away: a member whose membership cannot travel is refused",
    expected: `${GROUP_NAMES}; all of them in GROUPS, and not *`,
    example: "suspended",
    note: "none",
    schema: v.pipe(
      groupListOrNone,
      v.check((names) => !names.includes(EVERY_GROUP)),
    ),
  },
  GROUPS_WINDOW: {
    about: "How long after the migration the stamp gives groups; one that is taken away earlier comes back until then",
    expected: "a time from 10m to 168h, such as 30m or 24h",
    example: "12h",
    schema: v.optional(
      v.pipe(
        v.string(),
        v.transform(secondsOf),
        v.check((seconds) => seconds >= secondsOf("10m") && seconds <= secondsOf("168h")),
      ),
      "24h",
    ),
  },
  MIGRATED_EVENT_BUS_ARN: {
    about: "EventBridge event bus that hears of each user who has arrived; in the destination's Region",
    expected: "the ARN of an event bus such as arn:aws:events:eu-central-1:222222222222:event-bus/default",
    example: "arn:aws:events:eu-central-1:222222222222:event-bus/default",
    note: "nobody hears of it",
    schema: v.optional(checked((value) => parseEventBusArn(value) !== undefined)),
  },
});
