import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { TOKEN_VARIABLES } from "../../rules/token-environment";
import { usernameAttributesText } from "./username-attributes-text";

type Variables = Readonly<Record<string, string | undefined>>;

/** What is to be there, and nobody's business. */
const KEYS = ["STAMP_KEY", "STAMP_KEY_BEFORE"];
/** Shortest key that the function takes (rules/token-environment.ts). */
const KEY_LENGTH = 32;

/**
 * What differs between the token function's environment and what the destination stack would write now. No key is told.
 *
 * @param signing Environment of the function that signs; undefined where it is not there.
 */
export function tokenEnvironmentDifferences(
  found: Variables,
  settings: DestinationSettings,
  pool: UserPoolType,
  signing: Variables | undefined,
): string[] {
  const expected = expectedEnvironment(settings, pool);
  const isShort = (name: string): boolean => (found[name]?.length ?? 0) < KEY_LENGTH;
  const keys = settings.stampKeyNumber > 1 ? KEYS : KEYS.slice(0, 1);
  return [
    ...TOKEN_VARIABLES.filter((name) => !KEYS.includes(name) && found[name] !== expected[name]).map(
      (name) => `${name} is ${found[name] ?? "nothing"} instead of ${expected[name] ?? "nothing"}`,
    ),
    ...keys.filter(isShort).map((name) => `${name} is missing or too short`),
    ...(signing === undefined || isShort("STAMP_KEY") || found["STAMP_KEY"] === signing["STAMP_KEY"]
      ? []
      : ["STAMP_KEY is not the one with which the function signs, so that no stamp verifies"]),
    ...Object.keys(found)
      .filter((name) => !(KEYS.includes(name) ? keys : TOKEN_VARIABLES).includes(name))
      .map((name) => `${name} is a variable that the stack does not write`),
  ];
}

/** As ../../constructs writes it, with Terraform's expressions computed. */
const expectedEnvironment = (settings: DestinationSettings, pool: UserPoolType): Variables => ({
  STAMP_ATTRIBUTE: settings.stampAttribute,
  DESTINATION_USER_POOL_ID: settings.userPool.id,
  DESTINATION_USERNAME_ATTRIBUTES: usernameAttributesText(pool),
  DESTINATION_CASE_SENSITIVE: String(settings.destinationCaseSensitive),
  GROUPS_MODE: settings.groupsMode,
  GROUPS_WINDOW: String(settings.groupsWindow),
  MIGRATED_EVENT_BUS_ARN: settings.migratedEventBusArn,
});
