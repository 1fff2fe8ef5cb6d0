import * as v from "valibot";
import { flag, usernameAttributeList } from "./attribute-rules";
import { GROUPS_MODES } from "./stamp-settings";
import type { TokenRules } from "./token-groups";

const text = v.pipe(v.string(), v.minLength(1));
/** Long enough to be random, whoever made it. */
const key = v.pipe(v.string(), v.minLength(32));
const optional = <Schema extends v.GenericSchema<string, string>>(schema: Schema) => v.optional(schema);

/** The token function's environment, and how each variable is read. */
const VARIABLES = {
  STAMP_ATTRIBUTE: text,
  STAMP_KEY: key,
  /** While the key is rotated. */
  STAMP_KEY_BEFORE: optional(key),
  DESTINATION_USER_POOL_ID: text,
  /** What users sign in with instead of a username, or `none`. */
  DESTINATION_USERNAME_ATTRIBUTES: usernameAttributeList,
  DESTINATION_CASE_SENSITIVE: flag,
  GROUPS_MODE: v.picklist(GROUPS_MODES),
  /** Seconds. */
  GROUPS_WINDOW: v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,6}$/), v.transform(Number)),
  MIGRATED_EVENT_BUS_ARN: optional(text),
};

type Name = keyof typeof VARIABLES;
type Optional = "STAMP_KEY_BEFORE" | "MIGRATED_EVENT_BUS_ARN";

/** As the stack writes it: strings that may hold Terraform's references. What is optional and not set is absent. */
export type TokenEnvironment = Readonly<Record<Exclude<Name, Optional>, string>> &
  Readonly<Partial<Record<Optional, string>>>;

export const TOKEN_VARIABLES: readonly string[] = Object.keys(VARIABLES);

export interface TokenSettings extends TokenRules {
  readonly migratedEventBusArn: string | undefined;
}

const SCHEMA = v.object(VARIABLES);

/** What is wrong with the environment, by names of variables alone: the values include keys. */
export class TokenSettingsError extends Error {
  override readonly name = "TokenSettingsError";
}

/** @throws {TokenSettingsError} naming every variable that is missing or malformed. */
export function parseTokenSettings(env: Readonly<Record<string, string | undefined>>): TokenSettings {
  const result = v.safeParse(SCHEMA, Object.fromEntries(TOKEN_VARIABLES.map((name) => [name, env[name]])));
  if (!result.success) {
    const names = new Set(result.issues.map(({ path }) => path?.[0]?.key));
    throw new TokenSettingsError(`missing or malformed in the function's environment: ${[...names].join(", ")}`);
  }
  const read = result.output;
  return {
    destinationUserPoolId: read.DESTINATION_USER_POOL_ID,
    destinationUsernameAttributes: read.DESTINATION_USERNAME_ATTRIBUTES,
    destinationCaseSensitive: read.DESTINATION_CASE_SENSITIVE,
    stampAttribute: read.STAMP_ATTRIBUTE,
    stampKeys: [read.STAMP_KEY, ...(read.STAMP_KEY_BEFORE === undefined ? [] : [read.STAMP_KEY_BEFORE])],
    groupsMode: read.GROUPS_MODE,
    groupsWindow: read.GROUPS_WINDOW,
    sendsEvents: read.MIGRATED_EVENT_BUS_ARN !== undefined,
    migratedEventBusArn: read.MIGRATED_EVENT_BUS_ARN,
  };
}
