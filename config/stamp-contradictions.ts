import { EVERY_GROUP } from "../rules/group-names";
import { rawValue } from "./each-setting";
import { isWhere, parseEventBusArn, parseKmsKeyArn, type RegionalArn } from "./regional-arn";
import type { Environment, SettingName, Settings } from "./settings";

type Wrong = (variable: SettingName, expected: string) => void;

const OF_STAMP = ["STAMP_ATTRIBUTE", "STAMP_KEY_NUMBER", "STAMP_KEY_READABLE"] as const;
const OF_GROUPS = ["GROUPS", "GROUPS_MAP", "GROUPS_OR_REFUSE", "GROUPS_WINDOW"] as const;

/** What is right alone, and wrong together, of the stamp, the groups and the event. */
export function stampContradictions(env: Environment, s: Partial<Settings>, wrong: Wrong): void {
  if (s.MIGRATION_STAMP !== undefined) ofStamp(env, s, wrong);
  if (s.GROUPS_MODE !== undefined) ofGroups(env, s, wrong);
  ofPlaces(s, wrong);
}

function ofStamp(env: Environment, s: Partial<Settings>, wrong: Wrong): void {
  if (s.MIGRATION_STAMP === "off") {
    for (const name of OF_STAMP) if (rawValue(env, name)) wrong(name, "nothing, because MIGRATION_STAMP is off");
    if (s.GROUPS_MODE !== undefined && s.GROUPS_MODE !== "off")
      wrong("MIGRATION_STAMP", `on, because GROUPS_MODE is ${s.GROUPS_MODE}`);
    else if (s.MIGRATED_EVENT_BUS_ARN) wrong("MIGRATION_STAMP", "on, because MIGRATED_EVENT_BUS_ARN is set");
    return;
  }
  // Whoever reads the environment can sign, so nobody leaves it readable without knowing.
  if (!rawValue(env, "LAMBDA_KMS_KEY_ARN") && !rawValue(env, "STAMP_KEY_READABLE"))
    wrong(
      "LAMBDA_KMS_KEY_ARN",
      "a value, because MIGRATION_STAMP is on; or STAMP_KEY_READABLE=accept, and whoever may read the function's configuration may read the key",
    );
  const attribute = s.STAMP_ATTRIBUTE;
  const isNamed = [...(s.ATTRIBUTE_MAP ?? [])].flat().some((name) => name === attribute);
  if (attribute !== undefined && isNamed)
    wrong("ATTRIBUTE_MAP", `no pair with ${attribute} in it, where the stamp is: its value is nobody else's`);
}

function ofGroups(env: Environment, s: Partial<Settings>, wrong: Wrong): void {
  if (s.GROUPS_MODE === "off") {
    for (const name of OF_GROUPS) if (rawValue(env, name)) wrong(name, "nothing, because GROUPS_MODE is off");
    return;
  }
  const groups = s.GROUPS;
  if (groups === undefined) return;
  if (groups.length === 0) {
    wrong(
      "GROUPS",
      `a value, because GROUPS_MODE is ${s.GROUPS_MODE}; in the settings file, because bash ignores export GROUPS`,
    );
    return;
  }
  const travels = (name: string): boolean => groups.includes(name) || groups.includes(EVERY_GROUP);
  for (const name of s.GROUPS_MAP?.keys() ?? [])
    if (!travels(name)) wrong("GROUPS_MAP", `only groups that GROUPS names (not ${name})`);
  for (const name of s.GROUPS_OR_REFUSE ?? [])
    if (!travels(name)) wrong("GROUPS_OR_REFUSE", `only groups that GROUPS names (not ${name})`);
  // With the token alone it is over after GROUPS_WINDOW, and what the group takes away would be there again.
  if (s.GROUPS_MODE === "token" && s.GROUPS_OR_REFUSE?.length)
    wrong("GROUPS_MODE", "token+member, because GROUPS_OR_REFUSE is set");
}

function ofPlaces({ DESTINATION_USER_POOL_ARN: pool, ...s }: Partial<Settings>, wrong: Wrong): void {
  const inPlace = (variable: SettingName, found: RegionalArn | undefined | "", what: string): void => {
    if (pool && found && !isWhere(found, pool))
      wrong(variable, `${what} in partition ${pool.partition} and Region ${pool.region}, where the functions are`);
  };
  inPlace("LAMBDA_KMS_KEY_ARN", s.LAMBDA_KMS_KEY_ARN && parseKmsKeyArn(s.LAMBDA_KMS_KEY_ARN), "a key");
  inPlace(
    "MIGRATED_EVENT_BUS_ARN",
    s.MIGRATED_EVENT_BUS_ARN && parseEventBusArn(s.MIGRATED_EVENT_BUS_ARN),
    "an event bus",
  );
}
