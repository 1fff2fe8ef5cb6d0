import { parseDeployment } from "../../config/deployment";
import { ignoredNames } from "../../config/each-setting";
import { readDeployment } from "../../config/read-deployment";
import type { Environment } from "../../config/settings";
import { type Problem, SettingsError } from "../../config/settings-error";
import {
  BOTH,
  CLOUD,
  DESTINATION_USER_POOL_ARN,
  S3,
  SOURCE_ONLY,
  SOURCE_USER_POOL_ID,
  settingsFile,
} from "../support/settings";

function problemsOf(env: Environment): readonly Problem[] {
  try {
    parseDeployment(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

/** What an operator gives who shares no state with the source. */
const BY_HAND = {
  SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/x",
  SOURCE_APP_CLIENT_ID: "1example",
  SOURCE_USERNAME_ATTRIBUTES: "email",
};

/** AWS European Sovereign Cloud. */
const IN_EUROPE = {
  SOURCE_USER_POOL_ID: "eusc-de-east-1_Source001",
  DESTINATION_USER_POOL_ARN: "arn:aws-eusc:cognito-idp:eusc-de-east-1:222222222222:userpool/eusc-de-east-1_Dest0001",
};

const without = (name: keyof typeof BY_HAND): Environment => ({ ...BY_HAND, [name]: undefined });

const variablesOf = (env: Environment): string[] => problemsOf(env).map(({ variable }) => variable);

describe("which stacks", () => {
  test("both, and nothing to say about it", () => {
    const { source, destination } = parseDeployment(BOTH);
    expect(source.destinationAccount).toBe("222222222222");
    expect(destination?.userPool.arn).toBe(DESTINATION_USER_POOL_ARN);
  });

  test("the source alone, and the destination's setting is named", () => {
    const { source, destination } = parseDeployment(SOURCE_ONLY);
    expect(source.destinationAccount).toBe("222222222222");
    expect(destination).toBeUndefined();
  });

  test("none is an error that says what either needs", () => {
    const { USER_POOL_NAME } = BOTH;
    expect(problemsOf({ USER_POOL_NAME, SOURCE_USER_POOL_ID })).toEqual([
      {
        variable: "DESTINATION_USER_POOL_ARN",
        found: "nothing",
        expected: expect.stringContaining("DESTINATION_ACCOUNT is enough"),
      },
    ]);
  });
});

describe("defaults", () => {
  test("both stacks, from as little as possible", () => {
    const { source, destination } = parseDeployment(BOTH);
    expect(source).toMatchObject({
      partition: "aws",
      sourceUserPoolId: SOURCE_USER_POOL_ID,
      sourceRegion: "eu-west-1",
      state: { kind: "local", settings: { STATE_BUCKET: undefined } },
      awsProviderVersion: ">= 5.100, < 7",
      tags: {},
      account: undefined,
      profile: undefined,
    });
    expect(destination).toMatchObject({
      userPool: { region: "eu-central-1", account: "222222222222", partition: "aws", id: "eu-central-1_Dest0001" },
      sourceOutputs: undefined,
      lambdaRuntime: "nodejs24.x",
      lambdaMemoryMb: 512,
      logRetentionDays: 90,
      lambdaReservedConcurrency: undefined,
      alarmTopicArn: undefined,
      sourceSignInQuota: 120,
      mfaPolicy: "reject",
      forgotPassword: "migrate",
      unprovenPassword: "migrate",
      destinationCaseSensitive: true,
      attributeExclude: [],
      destinationAliasAttributes: undefined,
    });
    expect([...(destination?.attributeMap ?? [])]).toEqual([]);
  });

  test("the External ID is the same whoever derives it", () => {
    const fromBoth = parseDeployment(BOTH);
    const fromSource = parseDeployment(SOURCE_ONLY);
    expect(fromSource.source.externalId).toBe(fromBoth.source.externalId);
    expect(fromBoth.destination?.externalId).toBe(fromBoth.source.externalId);
    expect(fromBoth.source.externalId).toMatch(/^[\w+=,.@:/-]{2,1224}$/);
  });

  test("the External ID differs for another migration", () => {
    const ids = [BOTH, { ...BOTH, USER_POOL_NAME: "staff" }, { ...BOTH, SOURCE_USER_POOL_ID: "eu-west-1_Other" }].map(
      (env) => parseDeployment(env).source.externalId,
    );
    expect(new Set(ids).size).toBe(3);
  });

  test("empty variables count as absent", () => {
    expect(parseDeployment({ ...BOTH, EXTERNAL_ID: "", LAMBDA_MEMORY_MB: " ", STATE_BACKEND: "" })).toEqual(
      parseDeployment(BOTH),
    );
  });
});

describe("values", () => {
  test("everything given is taken", () => {
    const { source, destination } = parseDeployment({
      ...BOTH,
      SOURCE_REGION: "eu-west-2",
      SOURCE_ACCOUNT: "111111111111",
      DESTINATION_ACCOUNT: "222222222222",
      EXTERNAL_ID: "an/external:id",
      SOURCE_PROFILE: "legacy",
      DESTINATION_PROFILE: "identity",
      SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/path/cognito_migration_customers",
      SOURCE_APP_CLIENT_ID: "1example23456789",
      SOURCE_MFA_CONFIGURATION: "OPTIONAL",
      SOURCE_USERNAME_ATTRIBUTES: "phone_number, email",
      MFA_POLICY: "sms",
      FORGOT_PASSWORD: "refuse",
      UNPROVEN_PASSWORD: "refuse",
      DESTINATION_CASE_SENSITIVE: "false",
      ATTRIBUTE_EXCLUDE: "nickname",
      ATTRIBUTE_MAP: "sub=custom:source_sub",
      DESTINATION_ALIAS_ATTRIBUTES: "email",
      LAMBDA_RUNTIME: "nodejs22.x",
      LAMBDA_MEMORY_MB: "1024",
      LAMBDA_RESERVED_CONCURRENCY: "50",
      LOG_RETENTION_DAYS: "365",
      ALARM_TOPIC_ARN: "arn:aws:sns:eu-central-1:333333333333:operators",
      SOURCE_SIGN_IN_QUOTA: "40",
      AWS_PROVIDER_VERSION: "~> 6.25, != 6.26",
      TAGS: "team=identity, cost-center=4711,note=a=b",
    });
    expect(source).toMatchObject({
      sourceRegion: "eu-west-2",
      account: "111111111111",
      profile: "legacy",
      externalId: "an/external:id",
      awsProviderVersion: "~> 6.25, != 6.26",
      tags: { team: "identity", "cost-center": "4711", note: "a=b" },
    });
    expect(destination).toMatchObject({
      profile: "identity",
      sourceOutputs: {
        roleArn: "arn:aws:iam::111111111111:role/path/cognito_migration_customers",
        appClientId: "1example23456789",
        mfaConfiguration: "OPTIONAL",
        usernameAttributes: "email,phone_number",
      },
      mfaPolicy: "sms",
      forgotPassword: "refuse",
      unprovenPassword: "refuse",
      destinationCaseSensitive: false,
      attributeExclude: ["nickname"],
      attributeMap: new Map([["sub", "custom:source_sub"]]),
      destinationAliasAttributes: ["email"],
      lambdaRuntime: "nodejs22.x",
      lambdaMemoryMb: 1024,
      lambdaReservedConcurrency: 50,
      logRetentionDays: 365,
      alarmTopicArn: "arn:aws:sns:eu-central-1:333333333333:operators",
      sourceSignInQuota: 40,
    });
  });

  test("a source of which nobody has said whether it demands a second factor is taken to demand one", () => {
    expect(parseDeployment({ ...BOTH, ...BY_HAND }).destination?.sourceOutputs?.mfaConfiguration).toBe("ON");
  });

  test("a source with usernames has no username attributes, which has to be said", () => {
    const given = { ...BY_HAND, SOURCE_USERNAME_ATTRIBUTES: "none" };
    expect(parseDeployment({ ...BOTH, ...given }).destination?.sourceOutputs?.usernameAttributes).toBe("none");
  });

  test("the partition comes from the pools", () => {
    const { source, destination } = parseDeployment({
      USER_POOL_NAME: "customers",
      SOURCE_USER_POOL_ID: "us-gov-west-1_AbC",
      DESTINATION_USER_POOL_ARN: "arn:aws-us-gov:cognito-idp:us-gov-east-1:222222222222:userpool/us-gov-east-1_AbC",
    });
    expect([source.partition, destination?.partition]).toEqual(["aws-us-gov", "aws-us-gov"]);
  });

  test.each([
    [{ ...S3, STATE_KEY_PREFIX: "ours" }, "s3"],
    [{ ...CLOUD, TF_CLOUD_HOSTNAME: "terraform.example.com" }, "cloud"],
  ])("a backend's settings are all that is said of it: %p", ({ STATE_BACKEND: _, ...settings }, kind) => {
    const { source, destination } = parseDeployment({ ...BOTH, ...settings, STATE_BACKEND: kind });
    expect(source.state).toMatchObject({ kind, settings });
    expect(destination?.state).toEqual(source.state);
  });

  test.each([
    ["USER_POOL_NAME", "with space"],
    ["USER_POOL_NAME", "x".repeat(40)],
    ["USER_POOL_NAME", "dotted.name"],
    ["USER_POOL_NAME", "lambda_customers"],
    ["USER_POOL_NAME", "Lambda_customers"],
    ["SOURCE_USER_POOL_ID", "not-a-pool"],
    ["SOURCE_REGION", "Ireland"],
    ["EXTERNAL_ID", "x"],
    ["EXTERNAL_ID", "with space"],
    ["SOURCE_ACCOUNT", "1234"],
    ["SOURCE_ACCOUNT", "11111111111a"],
    ["SOURCE_PROFILE", "two words"],
    ["DESTINATION_ACCOUNT", "22222222222"],
    ["DESTINATION_USER_POOL_ARN", "eu-central-1_Dest0001"],
    ["DESTINATION_PROFILE", "[x]"],
    ["SOURCE_ROLE_ARN", "cognito_migration_customers"],
    ["SOURCE_APP_CLIENT_ID", "has space"],
    ["SOURCE_MFA_CONFIGURATION", "optional"],
    ["SOURCE_USERNAME_ATTRIBUTES", "preferred_username"],
    ["SOURCE_USERNAME_ATTRIBUTES", "email,none"],
    ["MFA_POLICY", "ignore"],
    ["FORGOT_PASSWORD", "no"],
    ["UNPROVEN_PASSWORD", "reject"],
    ["DESTINATION_CASE_SENSITIVE", "yes"],
    ["ATTRIBUTE_EXCLUDE", "a,,b"],
    ["ATTRIBUTE_EXCLUDE", "emial"],
    ["ATTRIBUTE_MAP", "a=email_verified"],
    ["DESTINATION_ALIAS_ATTRIBUTES", "nickname"],
    ["LAMBDA_RUNTIME", "nodejs20.x"],
    ["LAMBDA_RUNTIME", "python3.13"],
    ["LAMBDA_MEMORY_MB", "64"],
    ["LAMBDA_MEMORY_MB", "512MB"],
    ["LAMBDA_MEMORY_MB", "10241"],
    ["LAMBDA_RESERVED_CONCURRENCY", "0"],
    ["LOG_RETENTION_DAYS", "100"],
    ["ALARM_TOPIC_ARN", "operators"],
    ["ALARM_TOPIC_ARN", "arn:aws:sns:eu-central-1:222222222222:operators.fifo"],
    ["ALARM_TOPIC_ARN", "arn:aws:sqs:eu-central-1:222222222222:operators"],
    ["SOURCE_SIGN_IN_QUOTA", "0"],
    ["SOURCE_SIGN_IN_QUOTA", "120/s"],
    ["STATE_BACKEND", "gcs"],
    ["STATE_BUCKET", "Upper"],
    ["STATE_REGION", "here"],
    ["STATE_KEY_PREFIX", "/leading"],
    ["TF_CLOUD_ORGANIZATION", "two words"],
    ["TF_CLOUD_HOSTNAME", "https://terraform.example.com"],
    ["TF_CLOUD_WORKSPACE_PREFIX", "a.b"],
    ["AWS_PROVIDER_VERSION", "latest"],
    ["AWS_PROVIDER_VERSION", "6.25.0,"],
    ["TAGS", "team"],
    ["TAGS", "aws:team=x"],
    ["TAGS", "a=1,a=2"],
  ])("%s may not be %p", (variable, found) => {
    expect(problemsOf({ ...BOTH, [variable]: found })).toContainEqual({
      variable,
      found: JSON.stringify(found),
      expected: expect.stringMatching(/.{5,}/),
    });
  });
});

describe("contradictions", () => {
  test.each<[string, string, Environment]>([
    ["another account than in the ARN", "DESTINATION_ACCOUNT", { DESTINATION_ACCOUNT: "333333333333" }],
    ["one pool twice", "SOURCE_USER_POOL_ID", { SOURCE_USER_POOL_ID: "eu-central-1_Dest0001" }],
    ["two partitions", "DESTINATION_USER_POOL_ARN", { SOURCE_USER_POOL_ID: "cn-north-1_AbC" }],
    ["a role without an app client", "SOURCE_APP_CLIENT_ID", without("SOURCE_APP_CLIENT_ID")],
    ["a role of a source of unknown names", "SOURCE_USERNAME_ATTRIBUTES", without("SOURCE_USERNAME_ATTRIBUTES")],
    ["what the state says of names, said again", "SOURCE_USERNAME_ATTRIBUTES", { SOURCE_USERNAME_ATTRIBUTES: "email" }],
    ["an app client without a role", "SOURCE_ROLE_ARN", { SOURCE_APP_CLIENT_ID: "1example" }],
    ["what the state says of MFA, said again", "SOURCE_MFA_CONFIGURATION", { SOURCE_MFA_CONFIGURATION: "OFF" }],
    [
      "a role in another account than the source",
      "SOURCE_ROLE_ARN",
      {
        ...BY_HAND,
        SOURCE_ACCOUNT: "111111111111",
        SOURCE_ROLE_ARN: "arn:aws:iam::333333333333:role/x",
      },
    ],
    [
      "a role in another partition than the source",
      "SOURCE_ROLE_ARN",
      { ...BY_HAND, SOURCE_ROLE_ARN: "arn:aws-cn:iam::111111111111:role/x" },
    ],
    ["a provider that does not know the runtime", "AWS_PROVIDER_VERSION", { AWS_PROVIDER_VERSION: "5.100.0" }],
    [
      "a provider in a partition that it cannot deploy to",
      "AWS_PROVIDER_VERSION",
      { ...IN_EUROPE, AWS_PROVIDER_VERSION: "~> 6.28.0" },
    ],
    [
      "an attribute both left behind and carried over",
      "ATTRIBUTE_EXCLUDE",
      { ATTRIBUTE_EXCLUDE: "custom:tier", ATTRIBUTE_MAP: "custom:tier=custom:plan" },
    ],
    [
      "a topic in another Region than the alarms",
      "ALARM_TOPIC_ARN",
      { ALARM_TOPIC_ARN: "arn:aws:sns:eu-west-1:222222222222:operators" },
    ],
    [
      "a topic in another partition than the alarms",
      "ALARM_TOPIC_ARN",
      { ALARM_TOPIC_ARN: "arn:aws-cn:sns:eu-central-1:222222222222:operators" },
    ],
    ["s3 without a Region", "STATE_REGION", { STATE_BACKEND: "s3", STATE_BUCKET: "example-state" }],
    ["s3 without a bucket", "STATE_BUCKET", { STATE_BACKEND: "s3", STATE_REGION: "eu-west-1" }],
    ["an S3 bucket for the local backend", "STATE_BUCKET", { STATE_BUCKET: "example-state" }],
    ["an S3 key for the cloud backend", "STATE_KEY_PREFIX", { ...CLOUD, STATE_KEY_PREFIX: "x" }],
    ["a workspace prefix for the s3 backend", "TF_CLOUD_WORKSPACE_PREFIX", { ...S3, TF_CLOUD_WORKSPACE_PREFIX: "x" }],
    ["cloud without an organization", "TF_CLOUD_ORGANIZATION", { STATE_BACKEND: "cloud" }],
    ["a misspelled name beside the right one", "SOURCE_USER_POOL", { SOURCE_USER_POOL: SOURCE_USER_POOL_ID }],
    ["a misspelled optional name", "LOG_RETENTION_DAY", { LOG_RETENTION_DAY: "7" }],
  ])("%s", (_, variable, env) => {
    expect(variablesOf({ ...BOTH, ...env })).toEqual([variable]);
  });

  test.each<[Environment, string]>([
    [{ DESTINATION_ACCOUNT: "333333333333" }, "222222222222, the account in DESTINATION_USER_POOL_ARN"],
    [{ SOURCE_USER_POOL_ID: "eu-central-1_Dest0001" }, "another user pool than the one in DESTINATION_USER_POOL_ARN"],
    [{ SOURCE_USER_POOL_ID: "cn-north-1_AbC" }, "a user pool in partition aws-cn, like the source"],
    [without("SOURCE_APP_CLIENT_ID"), "a value, because SOURCE_ROLE_ARN is set"],
    [
      without("SOURCE_USERNAME_ATTRIBUTES"),
      "email, phone_number, both with a comma between them, or none, because SOURCE_ROLE_ARN is set",
    ],
    [
      { SOURCE_USERNAME_ATTRIBUTES: "none" },
      "nothing, because without SOURCE_ROLE_ARN it is read from the source stack's state",
    ],
    [{ SOURCE_APP_CLIENT_ID: "1example" }, "a value, because SOURCE_APP_CLIENT_ID is set"],
    [
      { SOURCE_MFA_CONFIGURATION: "ON" },
      "nothing, because without SOURCE_ROLE_ARN it is read from the source stack's state",
    ],
    [
      { ALARM_TOPIC_ARN: "arn:aws:sns:eu-west-1:222222222222:operators" },
      "a topic in partition aws and Region eu-central-1, where the alarms are",
    ],
    [
      {
        ...BY_HAND,
        SOURCE_ACCOUNT: "111111111111",
        SOURCE_ROLE_ARN: "arn:aws:iam::333333333333:role/x",
      },
      "a role in account 111111111111, as in SOURCE_ACCOUNT",
    ],
    [
      { ...BY_HAND, SOURCE_ROLE_ARN: "arn:aws-cn:iam::111111111111:role/x" },
      "a role in partition aws, where the source user pool is",
    ],
    [
      { AWS_PROVIDER_VERSION: "~> 5.100" },
      "a version constraint that takes 6.19.0 or later, the first to deploy a function with LAMBDA_RUNTIME=nodejs24.x; or set LAMBDA_RUNTIME=nodejs22.x",
    ],
    [
      { ...IN_EUROPE, AWS_PROVIDER_VERSION: "6.28.0" },
      "a version constraint that takes 6.29.0 or later, the first to deploy a function's permission in partition aws-eusc",
    ],
    [
      { ATTRIBUTE_EXCLUDE: "custom:tier", ATTRIBUTE_MAP: "custom:tier=custom:plan" },
      "no attribute that ATTRIBUTE_MAP carries over (custom:tier)",
    ],
    [
      { STATE_BACKEND: "s3", STATE_BUCKET: "example-state" },
      "an AWS Region such as eu-west-1, because STATE_BACKEND is s3",
    ],
    [{ STATE_BUCKET: "example-state" }, "nothing, because STATE_BACKEND is local and not s3"],
    [{ STATE_BACKEND: "cloud" }, "an organization name of A-Z, a-z, 0-9, - and _, because STATE_BACKEND is cloud"],
  ])("%j says what was expected", (env, expected) => {
    expect(problemsOf({ ...BOTH, ...env }).map((problem) => problem.expected)).toEqual([expected]);
  });

  test.each<[string, Environment]>([
    ["a later provider deploys there", { ...IN_EUROPE, AWS_PROVIDER_VERSION: "~> 6.29" }],
    ["so do some that the default takes", IN_EUROPE],
    [
      "the source alone, which earlier ones can deploy",
      { ...IN_EUROPE, DESTINATION_USER_POOL_ARN: "", DESTINATION_ACCOUNT: "222222222222" },
    ],
    ["a runtime that the provider knows", { AWS_PROVIDER_VERSION: "5.100.0", LAMBDA_RUNTIME: "nodejs22.x" }],
  ])("no contradiction: %s", (_, env) => expect(variablesOf({ ...BOTH, ...env })).toEqual([]));

  test("a backend that is not one is the only thing said about backends", () => {
    expect(variablesOf({ ...BOTH, STATE_BACKEND: "gcs", STATE_BUCKET: "example-state" })).toEqual(["STATE_BACKEND"]);
  });
});

describe("attributes that the source's schema must have", () => {
  const named = (env: Environment) =>
    parseDeployment({ ...BOTH, ...env }).source.namedAttributes.map(({ name }) => name);

  test("are those that a rule names, but for sub, which every user has", () => {
    expect(named({})).toEqual([]);
    expect(named({ ATTRIBUTE_EXCLUDE: "nickname,custom:legacy" })).toEqual(["nickname", "custom:legacy"]);
    expect(named({ ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan" })).toEqual(["custom:tier"]);
    expect(named({ ATTRIBUTE_EXCLUDE: "nickname", ATTRIBUTE_MAP: "custom:a=custom:b" })).toEqual([
      "nickname",
      "custom:a",
    ]);
  });
});

test("a setting of another backend that Terraform reads, too, does not choose that backend", () => {
  const { source } = parseDeployment({ ...BOTH, TF_CLOUD_ORGANIZATION: "example-org" });
  expect(source.state.kind).toBe("local");
  expect(parseDeployment({ ...BOTH, ...S3, TF_CLOUD_ORGANIZATION: "example-org" }).source.state.kind).toBe("s3");
});

describe("what is written as text", () => {
  const providerVersion = (AWS_PROVIDER_VERSION: string) => problemsOf({ ...BOTH, AWS_PROVIDER_VERSION }).length === 0;

  test.each([
    "6.25.0",
    "10.0.0",
    "~> 6.25",
    ">= 6, < 7",
    "<= 6.25.0",
    "= 6.25.0",
    "~> 6.25, != 6.26.1",
    "~> 6.25.0, > 6.1",
  ])("%p is a version constraint", (text) => expect(providerVersion(text)).toBe(true));

  // With these, cdktf deploy would upgrade the provider each time, past the lock file.
  test.each([
    "> 5.0",
    "< 7",
    "!= 6.1.0",
    "< 7, >= 6.19",
    "!= 6.30.0, ~> 6.25",
    "~> 6.25, < 6.25",
    "~> 6.25, > 6.25.0",
    "6.25.0, 6.26.0",
  ])("%p begins with a version that it does not take", (text) => expect(providerVersion(text)).toBe(false));

  test.each(["v6.25.0", "x 6.25.0", "6.25.0-beta", "6.25.0 or later", ">> 6", "6."])(
    "%p is no version constraint",
    (text) => expect(providerVersion(text)).toBe(false),
  );

  test("tags are trimmed, and each must be right", () => {
    expect(parseDeployment({ ...BOTH, TAGS: " team = identity , my-aws:x=1" }).source.tags).toEqual({
      team: "identity",
      "my-aws:x": "1",
    });
    for (const TAGS of ["team=identity,wrong", " aws:x=1", "team=identity, AWS:x=1"])
      expect([TAGS, variablesOf({ ...BOTH, TAGS })]).toEqual([TAGS, ["TAGS"]]);
  });
});

describe("the error", () => {
  const env = {
    USER_POOL_NAME: "a b",
    SOURCE_USER_POOL: "a-value-of-somebody",
    SOURCE_ACCOUNT: "12",
    STATE_BACKEND: "s3",
  };

  test("lists every problem at once", () => {
    expect(variablesOf(env).sort()).toEqual([
      "DESTINATION_USER_POOL_ARN",
      "SOURCE_ACCOUNT",
      "SOURCE_USER_POOL",
      "SOURCE_USER_POOL_ID",
      "STATE_BUCKET",
      "STATE_REGION",
      "USER_POOL_NAME",
    ]);
  });

  test("has a name, and counts", () => {
    const one = new SettingsError(problemsOf({ ...BOTH, SOURCE_ACCOUNT: "12" }));
    expect(one.name).toBe("SettingsError");
    expect(one.message).toBe(
      [
        "1 problem in the settings:",
        '  SOURCE_ACCOUNT: found "12", expected 12 digits',
        "Set them in the environment or in .env (cp .env.example .env; SETTINGS_FILE names another file). All settings: docs/settings.md.",
      ].join("\n"),
    );
  });

  test("says for each what was found and what was expected", () => {
    const { message } = new SettingsError(problemsOf(env));
    expect(message).toContain("7 problems in the settings:");
    expect(message).toContain('  SOURCE_ACCOUNT: found "12", expected 12 digits');
    expect(message).toContain("  SOURCE_USER_POOL_ID: found nothing, expected a user pool id such as");
    // Not its value: a variable that is not ours may hold anything.
    expect(message).not.toContain("a-value-of-somebody");
    expect(message).toContain("  SOURCE_USER_POOL: found an unknown setting, expected the name SOURCE_USER_POOL_ID");
  });
});

describe("a setting that is missing", () => {
  const messageOf = (env: Record<string, string>): string => new SettingsError(problemsOf(env)).message;

  test.each([
    ["SOURCE_USER_POOL_ID", "SOURCE_POOL_ID"],
    ["USER_POOL_NAME", "POOL_NAME"],
    ["DESTINATION_USER_POOL_ARN", "DESTINATION_USER_POOL_ID"],
    ["DESTINATION_USER_POOL_ARN", "DEST_POOL_ARN"],
  ])("%s is linked with %s, which may be meant, and not with its value", (missing, given) => {
    const message = messageOf({ ...BOTH, [missing]: "", [given]: "eu-west-1_Secret" });
    expect(message).toContain(`${missing}: found nothing (but ${given}, which is no setting: is it meant?), expected `);
    expect(message).not.toContain("Secret");
  });

  test.each(["USER_NAME", "POOL_ID", "SOURCE_DATE_EPOCH", "USER"])("is not linked with %s", (name) => {
    expect(messageOf({ [name]: "x" })).not.toContain("is it meant?");
  });

  test("an unknown name is no problem where nothing is missing", () => {
    expect(problemsOf({ ...BOTH, SOURCE_POOL_ID: "x", DESTINATION_USER_POOL_ID: "y" })).toEqual([]);
  });
});

test("an ARN with two Regions: the two are named", () => {
  const arn = "arn:aws:cognito-idp:eu-central-2:222222222222:userpool/eu-central-1_AbCdEfGhI";
  expect(problemsOf({ ...BOTH, DESTINATION_USER_POOL_ARN: arn })).toEqual([
    {
      variable: "DESTINATION_USER_POOL_ARN",
      found: `"${arn}"`,
      expected: "one Region in both places: its Region is eu-central-2, that of the pool id eu-central-1",
    },
  ]);
});

describe("a Region", () => {
  const pool = (region: string, partition = "aws"): string =>
    `arn:${partition}:cognito-idp:${region}:222222222222:userpool/${region}_Dest0001`;

  test.each<[string, string, string]>([
    ["SOURCE_USER_POOL_ID", "eu-west-11_Source001", "eu-west-11 is none, and the nearest is eu-west-1"],
    ["SOURCE_USER_POOL_ID", "eu-wst-1_Source001", "the nearest is eu-west-1"],
    ["SOURCE_REGION", "eu-wst-1", "an AWS Region such as eu-west-1; eu-wst-1 is none, and the nearest is eu-west-1"],
    ["STATE_REGION", "us-esat-1", "the nearest is us-east-1"],
    ["STATE_REGION", "frankfurt", "an AWS Region such as eu-west-1; frankfurt is none"],
    ["DESTINATION_USER_POOL_ARN", pool("eu-cental-1"), "the nearest is eu-central-1"],
    ["DESTINATION_USER_POOL_ARN", pool("eusc-de-east-1"), "partition aws-eusc, where Region eusc-de-east-1 is"],
    ["DESTINATION_USER_POOL_ARN", pool("us-isob-east-1"), "partition aws-iso-b, where Region us-isob-east-1 is"],
  ])("%s=%s cannot be: %s", (variable, value, expected) => {
    const problem = problemsOf({ ...BOTH, ...(variable === "STATE_REGION" ? S3 : {}), [variable]: value });
    expect(problem).toContainEqual({
      variable,
      found: JSON.stringify(value),
      expected: expect.stringContaining(expected),
    });
  });

  test.each(["us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"])(
    "%s has a partition of its own, and the message names it",
    (region) => {
      const problems = problemsOf({ ...BOTH, SOURCE_USER_POOL_ID: `${region}_Source001` });
      expect(problems[0]?.expected).toMatch(/^a user pool in partition aws-iso/);
    },
  );

  test("that is newer than this program is taken, and said to be", () => {
    const said: string[] = [];
    const file = settingsFile("SOURCE_USER_POOL_ID=eu-west-9_Source001\n");
    const { USER_POOL_NAME } = BOTH;
    const { source } = readDeployment({ USER_POOL_NAME, DESTINATION_USER_POOL_ARN }, file, (line) => said.push(line));
    expect(source.sourceRegion).toBe("eu-west-9");
    expect(said).toEqual([
      "Migration customers, by .env.",
      "The environment adds what .env does not say: USER_POOL_NAME, DESTINATION_USER_POOL_ARN.",
      expect.stringMatching(/^Region eu-west-9 is newer .* the nearest that it knows is eu-west-1/),
    ]);
  });

  test("that is known is not talked about", () => {
    const said: string[] = [];
    readDeployment({ ...BOTH, ...S3 }, settingsFile(undefined), (line) => said.push(line));
    expect(said).toEqual(["Migration customers, by the environment."]);
  });
});

test("names in .env that are no settings are known", () => {
  expect(ignoredNames(["USER_POOL_NAME", "AWS_PROFILE", "TAG"])).toEqual(["AWS_PROFILE", "TAG"]);
});

test("Terraform's own variables are none of our business in another backend", () => {
  expect(
    problemsOf({ ...BOTH, TF_CLOUD_ORGANIZATION: "example-org", TF_CLOUD_HOSTNAME: "terraform.example.com" }),
  ).toEqual([]);
});
