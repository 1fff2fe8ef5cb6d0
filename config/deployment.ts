import type { MfaConfiguration } from "../rules/attribute-rules";
import { type CamelCased, camelCased } from "../rules/camel-case";
import { ENVIRONMENT_MAX_BYTES, environmentBytes, whatToShorten } from "../rules/environment-size";
import { type FunctionRules, rulesEnvironment } from "../rules/function-environment";
import { type MigrationNames, migrationNames } from "../rules/migration-names";
import { type NamedAttribute, namedAttributes } from "../rules/named-attributes";
import { partitionOf } from "../rules/partitions";
import { STATE_SETTINGS, type State } from "./backends";
import { contradictions } from "./contradictions";
import { linked, misspellings, NOTHING, parseEach, rawValue } from "./each-setting";
import { MIGRATION_SETTINGS } from "./migration-settings";
import { type Environment, SETTINGS, type SettingName, type Settings } from "./settings";
import { type Problem, SettingsError } from "./settings-error";
import type { UserPoolArn } from "./user-pool";

/** What both stacks need. */
export interface Shared {
  /** USER_POOL_NAME: what tells this migration from others. */
  readonly migration: string;
  readonly names: MigrationNames;
  readonly partition: string;
  readonly externalId: string;
  readonly sourceUserPoolId: string;
  readonly sourceRegion: string;
  readonly state: State;
  readonly awsProviderVersion: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface SourceSettings extends Shared {
  readonly account: string | undefined;
  readonly profile: string | undefined;
  readonly destinationAccount: string;
  /** Source attributes that a rule names; the source's schema must have them. */
  readonly namedAttributes: readonly NamedAttribute[];
}

/** The settings of the migration are here by their names, in camel case: config/migration-settings.ts. */
export interface DestinationSettings extends Shared, CamelCased<Pick<Settings, keyof typeof MIGRATION_SETTINGS>> {
  readonly userPool: UserPoolArn;
  readonly destinationUserPoolId: string;
  /** Undefined: no setting says it. */
  readonly sourceAccount: string | undefined;
  readonly profile: string | undefined;
  /** Given by the operator, they replace the source stack's outputs. */
  readonly sourceOutputs:
    | {
        readonly roleArn: string;
        readonly appClientId: string;
        readonly mfaConfiguration: MfaConfiguration;
        /** With commas between them, or `none`. */
        readonly usernameAttributes: string;
      }
    | undefined;
}

export interface Deployment {
  readonly source: SourceSettings;
  readonly destination: DestinationSettings | undefined;
}

/**
 * Turns a record of strings into settings for each stack.
 *
 * @param problemsOfFile What was wrong with the file that they come from.
 * @throws {SettingsError} with every problem at once: bad values, contradictions, misspelled names, no stack left.
 */
export function parseDeployment(env: Environment, problemsOfFile: readonly Problem[] = []): Deployment {
  const { settings, problems } = parseEach(env);
  problems.push(...problemsOfFile, ...misspellings(env), ...contradictions(env, settings));
  if (!rawValue(env, "DESTINATION_USER_POOL_ARN") && !rawValue(env, "DESTINATION_ACCOUNT")) {
    problems.push({
      variable: "DESTINATION_USER_POOL_ARN",
      found: NOTHING,
      expected: `${SETTINGS.DESTINATION_USER_POOL_ARN.expected}; for the source stack alone, DESTINATION_ACCOUNT is enough`,
    });
  }
  if (problems.length > 0) throw new SettingsError(problems.map((problem) => linked(problem, env)));
  const deployment = assemble(settings as Settings);
  const tooLong = deployment.destination && environmentProblem(deployment.destination);
  if (tooLong) throw new SettingsError([tooLong]);
  return deployment;
}

/** What the settings alone put into the function's environment. With what Terraform adds it is measured again when it plans. */
function environmentProblem(rules: FunctionRules): Problem | undefined {
  const environment = rulesEnvironment(rules);
  const bytes = environmentBytes(environment);
  if (bytes <= ENVIRONMENT_MAX_BYTES) return undefined;
  return {
    variable: "The function's environment",
    found: `${bytes} bytes without the destination's schema`,
    expected: `${ENVIRONMENT_MAX_BYTES} at most, because Lambda takes no more; shorten ${whatToShorten(environment)}`,
  };
}

/**
 * Both stacks are synthesized at every deploy, so neither may demand what only the other needs: without the
 * destination's ARN its stack is left out. The source's needs are a part of the destination's.
 */
function assemble(s: Settings): Deployment {
  const userPool = s.DESTINATION_USER_POOL_ARN;
  const destinationAccount = userPool?.account ?? (s.DESTINATION_ACCOUNT as string);
  const sourceRegion = s.SOURCE_REGION ?? s.SOURCE_USER_POOL_ID.region;
  const migration = camelCased(only(MIGRATION_SETTINGS, s));
  const shared: Shared = {
    migration: s.USER_POOL_NAME,
    names: migrationNames(s.USER_POOL_NAME),
    partition: partitionOf(sourceRegion).name,
    // Both sides know these three, so each arrives at the same External ID by itself.
    externalId:
      s.EXTERNAL_ID ?? `cognito-migration/${s.USER_POOL_NAME}/${s.SOURCE_USER_POOL_ID.id}/${destinationAccount}`,
    sourceUserPoolId: s.SOURCE_USER_POOL_ID.id,
    sourceRegion,
    state: { kind: s.STATE_BACKEND, settings: only(STATE_SETTINGS, s) },
    awsProviderVersion: s.AWS_PROVIDER_VERSION,
    tags: s.TAGS ?? {},
  };
  return {
    source: {
      ...shared,
      account: s.SOURCE_ACCOUNT,
      profile: s.SOURCE_PROFILE,
      destinationAccount,
      namedAttributes: namedAttributes(migration).source,
    },
    destination: userPool && {
      ...shared,
      ...migration,
      userPool,
      destinationUserPoolId: userPool.id,
      sourceAccount: s.SOURCE_ACCOUNT,
      profile: s.DESTINATION_PROFILE,
      sourceOutputs: givenOutputs(s),
    },
  };
}

/** The settings of one table. */
const only = <Table extends object>(table: Table, all: Settings): Pick<Settings, keyof Table & SettingName> =>
  Object.fromEntries(Object.keys(table).map((name) => [name, all[name as SettingName]])) as Pick<
    Settings,
    keyof Table & SettingName
  >;

function givenOutputs(s: Settings): DestinationSettings["sourceOutputs"] {
  const { SOURCE_ROLE_ARN: roleArn, SOURCE_APP_CLIENT_ID: appClientId, SOURCE_USERNAME_ATTRIBUTES } = s;
  if (!roleArn || !appClientId || !SOURCE_USERNAME_ATTRIBUTES) return undefined;
  // Nobody has said that the source does without a second factor.
  const mfaConfiguration = s.SOURCE_MFA_CONFIGURATION ?? "ON";
  return { roleArn, appClientId, mfaConfiguration, usernameAttributes: SOURCE_USERNAME_ATTRIBUTES };
}
