import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import * as v from "valibot";
import type { DestinationSettings } from "../../config/deployment";
import { isOwnedByCognito } from "../../rules/attribute-rules";
import { HANDLER_VARIABLES, type HandlerEnvironment, rulesEnvironment } from "../../rules/function-environment";
import { type AttributeDefinition, type Schema, schemaText } from "../../rules/schema";
import { TOKEN_VARIABLES } from "../../rules/token-environment";
import { schemaOf } from "../pools/pool-rules";
import type { SourceOutputs } from "../pools/raw-outputs";
import type { DeployedFunction } from "./facts";

/** As the functions are told what users sign in with instead of a username. */
export const usernameAttributesText = ({ UsernameAttributes = [] }: UserPoolType): string =>
  [...UsernameAttributes].sort().join(",") || "none";

type Variables = Readonly<Record<string, string | undefined>>;

export const environmentOf = ({ configuration }: DeployedFunction): Variables =>
  configuration.Environment?.Variables ?? {};

const OF_SOURCE_STACK = {
  SOURCE_ROLE_ARN: "roleArn",
  SOURCE_APP_CLIENT_ID: "appClientId",
  SOURCE_MFA_CONFIGURATION: "mfaConfiguration",
  SOURCE_USERNAME_ATTRIBUTES: "usernameAttributes",
} as const satisfies Partial<Record<keyof HandlerEnvironment, keyof SourceOutputs>>;

/** Shortest keys that the handler takes (rules/function-environment.ts). They are in Terraform's state and nobody else's business. */
const KEY_LENGTHS = { LOG_USER_KEY: 32, STAMP_KEY: 64 } as const;

/** Beside the keys: the schema's text has more than one form, and groups have a check of their own. */
const NOT_COMPARED = [...Object.keys(KEY_LENGTHS), "DESTINATION_GROUPS", "DESTINATION_SCHEMA"];
const COMPARED = HANDLER_VARIABLES.filter((name) => !NOT_COMPARED.includes(name));

/** What the destination stack would write otherwise now. A value is told only where it is no secret. @param outputs What is undefined is not compared. */
export function environmentDifferences(
  found: Variables,
  settings: DestinationSettings,
  pool: UserPoolType,
  outputs: SourceOutputs,
): string[] {
  // As ../../constructs/migration-function.ts writes it, with Terraform's expressions computed.
  const expected: Variables = {
    ...rulesEnvironment(settings),
    DESTINATION_USERNAME_ATTRIBUTES: usernameAttributesText(pool),
    ...ofSourceStack(found, outputs),
  };
  const { DESTINATION_SCHEMA, ...others } = found;
  const keys = Object.entries(KEY_LENGTHS).filter(([name]) => isWritten(name, settings));
  return [
    ...COMPARED.filter((name) => (others[name] ?? "") !== (expected[name] ?? "")).map(otherText(others, expected)),
    ...schemaDifferences(DESTINATION_SCHEMA, schemaOf(pool)),
    ...keys.filter(([name, length]) => (found[name]?.length ?? 0) < length).map(([name]) => shortText(name)),
    ...Object.keys(others)
      .filter((name) => !HANDLER_VARIABLES.includes(name) || !isWritten(name, settings))
      .map(unwrittenText),
  ];
}

const otherText = (found: Variables, expected: Variables) => (name: string) =>
  `${name} is ${found[name] ?? "nothing"} instead of ${expected[name] ?? "nothing"}`;
const shortText = (name: string): string => `${name} is missing or too short`;
const unwrittenText = (name: string): string => `${name} is a variable that the stack does not write`;

/** Of what is not compared: whether the stack writes it at all. */
function isWritten(name: string, { migrationStamp, groupsMode }: DestinationSettings): boolean {
  if (name === "STAMP_KEY") return migrationStamp === "on";
  return name !== "DESTINATION_GROUPS" || groupsMode !== "off";
}

const ofSourceStack = (found: Variables, outputs: SourceOutputs): Variables =>
  Object.fromEntries(
    Object.entries(OF_SOURCE_STACK).map(([name, output]) => [
      name,
      outputs[output] ?? found[name] ?? "an output of the source stack",
    ]),
  );

/** The handler never carries what Cognito owns, so it does not matter whether the schema lists it. */
function schemaDifferences(found: string | undefined, expected: Schema): string[] {
  const parsed = v.safeParse(schemaText, found);
  if (!parsed.success) return ["DESTINATION_SCHEMA is missing or malformed"];
  const here = parsed.output;
  const names = [...new Set([...here.keys(), ...expected.keys()])].filter((name) => !isOwnedByCognito(name));
  const lacking = names.filter((name) => !here.has(name));
  const gone = names.filter((name) => !expected.has(name));
  const changed = names.filter((name) => isOther(here.get(name), expected.get(name)));
  if (lacking.length + gone.length + changed.length === 0) return [];
  return [
    `DESTINATION_SCHEMA is not the pool's schema (it lacks ${told(lacking)}, has ${told(gone)} too many, and defines ${told(changed)} otherwise)`,
  ];
}

const told = (names: readonly string[]): string => names.join(" ") || "nothing";

function isOther(here: AttributeDefinition | undefined, there: AttributeDefinition | undefined): boolean {
  if (here === undefined || there === undefined) return false;
  return (["type", "min", "max", "required"] as const).some((property) => here[property] !== there[property]);
}

/** What is to be there, and nobody's business. */
const KEYS = ["STAMP_KEY", "STAMP_KEY_BEFORE"];
/** Shortest key that the function takes (rules/token-environment.ts). */
const KEY_LENGTH = 32;

/** Likewise of the token function; no key is told. @param signing Environment of the function that signs, where that is there. */
export function tokenEnvironmentDifferences(
  found: Variables,
  settings: DestinationSettings,
  pool: UserPoolType,
  signing: Variables | undefined,
): string[] {
  // As ../../constructs writes it, with Terraform's expressions computed.
  const expected: Variables = {
    STAMP_ATTRIBUTE: settings.stampAttribute,
    DESTINATION_USER_POOL_ID: settings.userPool.id,
    DESTINATION_USERNAME_ATTRIBUTES: usernameAttributesText(pool),
    DESTINATION_CASE_SENSITIVE: String(settings.destinationCaseSensitive),
    GROUPS_MODE: settings.groupsMode,
    GROUPS_WINDOW: String(settings.groupsWindow),
    MIGRATED_EVENT_BUS_ARN: settings.migratedEventBusArn,
  };
  const isShort = (name: string): boolean => (found[name]?.length ?? 0) < KEY_LENGTH;
  const keys = settings.stampKeyNumber > 1 ? KEYS : KEYS.slice(0, 1);
  const signsByAnother = !isShort("STAMP_KEY") && signing !== undefined && found["STAMP_KEY"] !== signing["STAMP_KEY"];
  return [
    ...TOKEN_VARIABLES.filter((name) => !KEYS.includes(name) && found[name] !== expected[name]).map(
      otherText(found, expected),
    ),
    ...keys.filter(isShort).map(shortText),
    ...(signsByAnother ? ["STAMP_KEY is not the one with which the function signs, so that no stamp verifies"] : []),
    ...Object.keys(found)
      .filter((name) => !(KEYS.includes(name) ? keys : TOKEN_VARIABLES).includes(name))
      .map(unwrittenText),
  ];
}
