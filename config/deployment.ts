import * as v from "valibot";
import type { MfaConfiguration } from "../rules/attribute-rules";
import { ENVIRONMENT_MAX_BYTES, environmentBytes, whatToShorten } from "../rules/environment-size";
import { type FunctionRules, rulesEnvironment } from "../rules/function-environment";
import { type MigrationNames, migrationNames } from "../rules/migration-names";
import { type NamedAttribute, namedAttributes } from "../rules/named-attributes";
import { partitionOf } from "../rules/partitions";
import type { AlarmTopic } from "./alarm-topic";
import { misspelledSetting, nameMeantFor } from "./misspelling";
import { neededVersions } from "./provider-version";
import { type Environment, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from "./settings";
import { type Problem, SettingsError } from "./settings-error";
import type { UserPoolArn } from "./user-pool";

export type StateBackend =
  | { readonly kind: "local" }
  | { readonly kind: "s3"; readonly bucket: string; readonly region: string; readonly keyPrefix: string }
  | {
      readonly kind: "cloud";
      readonly organization: string;
      readonly hostname: string | undefined;
      readonly workspacePrefix: string;
    };

/** What both stacks need. */
export interface Shared {
  /** USER_POOL_NAME: what tells this migration from others. */
  readonly migration: string;
  readonly names: MigrationNames;
  readonly partition: string;
  readonly externalId: string;
  readonly sourceUserPoolId: string;
  readonly sourceRegion: string;
  readonly state: StateBackend;
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

export interface DestinationSettings extends Shared, FunctionRules {
  readonly userPool: UserPoolArn;
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
  readonly lambdaRuntime: string;
  readonly lambdaMemoryMb: number;
  readonly logRetentionDays: number;
  readonly lambdaReservedConcurrency: number | undefined;
  /** Undefined: alarms change their state and notify nobody. */
  readonly alarmTopicArn: string | undefined;
  /** Sign-ins per second that the source has for this migration. */
  readonly sourceSignInQuota: number;
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

/** A setting that is missing, with the unknown name that may have been meant for it. */
function linked(problem: Problem, env: Environment): Problem {
  if (problem.found !== NOTHING) return problem;
  const meant = nameMeantFor(problem.variable, ignoredNames(Object.keys(env)));
  return meant === undefined
    ? problem
    : { ...problem, found: `${NOTHING} (but ${meant}, which is no setting: is it meant?)` };
}

/**
 * Names in the file that nobody reads: the file is for settings, and is not handed on to Terraform or the AWS SDK. A misspelled
 * setting is none of them: it is a problem.
 */
export function ignoredNames(inFile: readonly string[]): string[] {
  return inFile.filter(
    (name) =>
      !SETTING_NAMES.some((setting) => setting === name) &&
      misspelledSetting(name, [...SETTING_NAMES, ...CHOOSERS]) === undefined,
  );
}

const NOTHING = "nothing";

function found(env: Environment, name: SettingName): string {
  const value = rawValue(env, name);
  return value === undefined ? NOTHING : JSON.stringify(value);
}

function rawValue(env: Environment, name: SettingName): string | undefined {
  return env[name]?.trim() || undefined;
}

function parseEach(env: Environment): { settings: Partial<Settings>; problems: Problem[] } {
  const problems: Problem[] = [];
  const parsed = SETTING_NAMES.map((variable) => {
    problems.push(...problemsOf(variable, env));
    const result = v.safeParse(SETTINGS[variable].schema, rawValue(env, variable));
    return [variable, result.success ? result.output : undefined];
  });
  return { settings: Object.fromEntries(parsed), problems };
}

/** What is wrong with the value of one setting, alone. */
export function problemsOf(variable: SettingName, env: Environment): Problem[] {
  const value = rawValue(env, variable);
  if (v.safeParse(SETTINGS[variable].schema, value).success) return [];
  return [
    { variable, found: found(env, variable), expected: explained(variable, value) ?? SETTINGS[variable].expected },
  ];
}

/** Of a value that is nearly right: where it is not. */
function explained(name: SettingName, value: string | undefined): string | undefined {
  const setting: { readonly expected: string; readonly explain?: (value: string) => string | undefined } =
    SETTINGS[name];
  return value === undefined ? undefined : setting.explain?.(value);
}

/** They choose whose settings and files count, so a misspelled one would have another migration's taken. */
export const CHOOSERS = ["SETTINGS_FILE", "COGNITO_MIGRATION_DIRECTORY"] as const;

function misspellings(env: Environment): Problem[] {
  return Object.keys(env).flatMap((variable) => {
    const meant = misspelledSetting(variable, [...SETTING_NAMES, ...CHOOSERS]);
    return meant === undefined ? [] : [{ variable, found: "an unknown setting", expected: `the name ${meant}` }];
  });
}

/** Settings without a meaning in any other backend. Terraform itself reads TF_CLOUD_ORGANIZATION and TF_CLOUD_HOSTNAME. */
const NEEDS_BACKEND = {
  s3: ["STATE_BUCKET", "STATE_REGION", "STATE_KEY_PREFIX"],
  cloud: ["TF_CLOUD_WORKSPACE_PREFIX"],
} as const;

function contradictions(env: Environment, s: Partial<Settings>): Problem[] {
  const problems: Problem[] = [];
  const wrong = (variable: SettingName, expected: string): void => {
    problems.push({ variable, found: found(env, variable), expected });
  };
  const pool = s.DESTINATION_USER_POOL_ARN;
  const sourceRegion = s.SOURCE_REGION ?? s.SOURCE_USER_POOL_ID?.region;
  if (pool && s.DESTINATION_ACCOUNT && s.DESTINATION_ACCOUNT !== pool.account)
    wrong("DESTINATION_ACCOUNT", `${pool.account}, the account in DESTINATION_USER_POOL_ARN`);
  if (pool && s.SOURCE_USER_POOL_ID?.id === pool.id)
    wrong("SOURCE_USER_POOL_ID", "another user pool than the one in DESTINATION_USER_POOL_ARN");
  // AWS never lets a role of one partition assume a role of another.
  const partition = sourceRegion && partitionOf(sourceRegion).name;
  if (pool && partition && partition !== pool.partition)
    wrong("DESTINATION_USER_POOL_ARN", `a user pool in partition ${partition}, like the source`);
  if (s.SOURCE_ROLE_ARN && !s.SOURCE_APP_CLIENT_ID)
    wrong("SOURCE_APP_CLIENT_ID", "a value, because SOURCE_ROLE_ARN is set");
  if (s.SOURCE_APP_CLIENT_ID && !s.SOURCE_ROLE_ARN)
    wrong("SOURCE_ROLE_ARN", "a value, because SOURCE_APP_CLIENT_ID is set");
  if (s.SOURCE_ROLE_ARN && !rawValue(env, "SOURCE_USERNAME_ATTRIBUTES"))
    wrong(
      "SOURCE_USERNAME_ATTRIBUTES",
      `${SETTINGS.SOURCE_USERNAME_ATTRIBUTES.expected}, because SOURCE_ROLE_ARN is set`,
    );
  for (const name of ["SOURCE_MFA_CONFIGURATION", "SOURCE_USERNAME_ATTRIBUTES"] as const)
    if (s[name] && !s.SOURCE_ROLE_ARN)
      wrong(name, "nothing, because without SOURCE_ROLE_ARN it is read from the source stack's state");
  if (s.SOURCE_ROLE_ARN && s.SOURCE_ACCOUNT && s.SOURCE_ROLE_ARN.split(":")[4] !== s.SOURCE_ACCOUNT)
    wrong("SOURCE_ROLE_ARN", `a role in account ${s.SOURCE_ACCOUNT}, as in SOURCE_ACCOUNT`);
  if (s.SOURCE_ROLE_ARN && partition && s.SOURCE_ROLE_ARN.split(":")[1] !== partition)
    wrong("SOURCE_ROLE_ARN", `a role in partition ${partition}, where the source user pool is`);
  if (pool && s.AWS_PROVIDER_VERSION && s.LAMBDA_RUNTIME)
    for (const needed of neededVersions(s.AWS_PROVIDER_VERSION, { ...pool, runtime: s.LAMBDA_RUNTIME }))
      wrong("AWS_PROVIDER_VERSION", needed);
  // PutMetricAlarm refuses both. https://github.com/cds-snc/notification-terraform/pull/128, https://github.com/aws-samples/amazon-cloudwatch-auto-alarms/issues/61
  if (pool && s.ALARM_TOPIC_ARN && !isIn(s.ALARM_TOPIC_ARN, pool))
    wrong("ALARM_TOPIC_ARN", `a topic in partition ${pool.partition} and Region ${pool.region}, where the alarms are`);
  for (const name of s.ATTRIBUTE_EXCLUDE ?? [])
    if (s.ATTRIBUTE_MAP?.has(name))
      wrong("ATTRIBUTE_EXCLUDE", `no attribute that ATTRIBUTE_MAP carries over (${name})`);
  if (s.STATE_BACKEND === "s3")
    for (const name of ["STATE_BUCKET", "STATE_REGION"] as const)
      if (!rawValue(env, name)) wrong(name, `${SETTINGS[name].expected}, because STATE_BACKEND is s3`);
  for (const [backend, names] of Object.entries(NEEDS_BACKEND))
    for (const name of names)
      if (s.STATE_BACKEND !== undefined && s.STATE_BACKEND !== backend && rawValue(env, name))
        wrong(name, `nothing, because STATE_BACKEND is ${s.STATE_BACKEND} and not ${backend}`);
  if (s.STATE_BACKEND === "cloud" && !rawValue(env, "TF_CLOUD_ORGANIZATION"))
    wrong("TF_CLOUD_ORGANIZATION", `${SETTINGS.TF_CLOUD_ORGANIZATION.expected}, because STATE_BACKEND is cloud`);
  return problems;
}

const isIn = (topic: AlarmTopic, { partition, region }: UserPoolArn): boolean =>
  topic.partition === partition && topic.region === region;

/**
 * Both stacks are synthesized at every deploy, so neither may demand what only the other needs: without the
 * destination's ARN its stack is left out. The source's needs are a part of the destination's.
 */
function assemble(s: Settings): Deployment {
  const userPool = s.DESTINATION_USER_POOL_ARN;
  const destinationAccount = userPool?.account ?? (s.DESTINATION_ACCOUNT as string);
  const sourceRegion = s.SOURCE_REGION ?? s.SOURCE_USER_POOL_ID.region;
  const shared: Shared = {
    migration: s.USER_POOL_NAME,
    names: migrationNames(s.USER_POOL_NAME),
    partition: partitionOf(sourceRegion).name,
    // Both sides know these three, so each arrives at the same External ID by itself.
    externalId:
      s.EXTERNAL_ID ?? `cognito-migration/${s.USER_POOL_NAME}/${s.SOURCE_USER_POOL_ID.id}/${destinationAccount}`,
    sourceUserPoolId: s.SOURCE_USER_POOL_ID.id,
    sourceRegion,
    state: stateBackend(s),
    awsProviderVersion: s.AWS_PROVIDER_VERSION,
    tags: s.TAGS ?? {},
  };
  return {
    source: {
      ...shared,
      account: s.SOURCE_ACCOUNT,
      profile: s.SOURCE_PROFILE,
      destinationAccount,
      namedAttributes: namedAttributes({
        attributeExclude: s.ATTRIBUTE_EXCLUDE ?? [],
        attributeMap: s.ATTRIBUTE_MAP ?? new Map(),
      }).source,
    },
    destination: userPool && { ...shared, ...destinationOnly(s, userPool) },
  };
}

function destinationOnly(s: Settings, userPool: UserPoolArn): Omit<DestinationSettings, keyof Shared> {
  return {
    userPool,
    sourceAccount: s.SOURCE_ACCOUNT,
    profile: s.DESTINATION_PROFILE,
    sourceOutputs:
      s.SOURCE_ROLE_ARN && s.SOURCE_APP_CLIENT_ID && s.SOURCE_USERNAME_ATTRIBUTES
        ? {
            roleArn: s.SOURCE_ROLE_ARN,
            appClientId: s.SOURCE_APP_CLIENT_ID,
            // Nobody has said that the source does without a second factor.
            mfaConfiguration: s.SOURCE_MFA_CONFIGURATION ?? "ON",
            usernameAttributes: s.SOURCE_USERNAME_ATTRIBUTES,
          }
        : undefined,
    lambdaRuntime: s.LAMBDA_RUNTIME,
    lambdaMemoryMb: s.LAMBDA_MEMORY_MB,
    logRetentionDays: s.LOG_RETENTION_DAYS,
    lambdaReservedConcurrency: s.LAMBDA_RESERVED_CONCURRENCY,
    alarmTopicArn: s.ALARM_TOPIC_ARN?.arn,
    sourceSignInQuota: s.SOURCE_SIGN_IN_QUOTA,
    mfaPolicy: s.MFA_POLICY,
    forgotPassword: s.FORGOT_PASSWORD,
    unprovenPassword: s.UNPROVEN_PASSWORD,
    destinationUserPoolId: userPool.id,
    destinationCaseSensitive: s.DESTINATION_CASE_SENSITIVE,
    attributeExclude: s.ATTRIBUTE_EXCLUDE ?? [],
    attributeMap: s.ATTRIBUTE_MAP ?? new Map(),
    destinationAliasAttributes: s.DESTINATION_ALIAS_ATTRIBUTES,
  };
}

function stateBackend(s: Settings): StateBackend {
  if (s.STATE_BACKEND === "s3" && s.STATE_BUCKET && s.STATE_REGION)
    return {
      kind: "s3",
      bucket: s.STATE_BUCKET,
      region: s.STATE_REGION,
      keyPrefix: s.STATE_KEY_PREFIX ?? `cognito-migration/${s.USER_POOL_NAME}`,
    };
  if (s.STATE_BACKEND === "cloud" && s.TF_CLOUD_ORGANIZATION)
    return {
      kind: "cloud",
      organization: s.TF_CLOUD_ORGANIZATION,
      hostname: s.TF_CLOUD_HOSTNAME,
      workspacePrefix: s.TF_CLOUD_WORKSPACE_PREFIX ?? `cognito-migration-${s.USER_POOL_NAME}`,
    };
  return { kind: "local" };
}
