import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TimeUnitsType, TokenValidityUnitsType } from "@aws-sdk/client-cognito-identity-provider";
import { mfaConfiguration, schemaText, usernameAttributes } from "../../constructs/user-pool-expressions";
import type { Alarm } from "../aws/account-services";
import type { FunctionConfiguration } from "../aws/lambda";
import type { Role } from "../aws/sts";
import type { SchemaAttribute } from "../aws/user-pool/schema";
import type { SeedAppClient } from "../aws/user-pool/seed";
import { type Applied, applied, partitionIn, type Resource, type SynthesizedStack } from "./applied-stack";
import { describedSchema, fillableIn, type GroupFacts } from "./terraform-values";

interface PoolFacts {
  readonly account: string;
  readonly userPoolArn: string;
  readonly schema: readonly SchemaAttribute[];
  /** As the source stack gives it out: with commas between them, or `none`. */
  readonly usernameAttributes: string;
}

/** A function as it would stand after `terraform apply`. */
export interface DeployedFunction {
  readonly configuration: FunctionConfiguration;
  readonly role: Role;
  readonly reservedConcurrency: number | undefined;
  readonly logRetentionDays: number;
  /** As base64 SHA-256, from the stack. */
  readonly sourceCodeHash: string;
  /** Its resource policy, as Lambda writes it from `aws_lambda_permission`; undefined where nobody else may call it. */
  readonly invokePolicy: object | undefined;
}

/** What AWS would answer while Terraform applies. */
export interface Facts {
  readonly source: PoolFacts & {
    readonly userPoolId: string;
    readonly appClientId: string;
    readonly mfaConfiguration: string;
  };
  readonly destination: PoolFacts & { readonly region: string; readonly groups?: readonly GroupFacts[] };
}

/** Both stacks as they would stand after `terraform apply`. */
export interface Deployed {
  readonly sourceRole: Role;
  readonly lambdaRole: Role;
  readonly appClient: Omit<SeedAppClient, "id">;
  readonly function: FunctionConfiguration;
  readonly alarms: readonly Alarm[];
  /** As base64 SHA-256, from the stack. */
  readonly sourceCodeHash: string;
  readonly invokePolicy: object;
  /** Every function of the destination stack, the migrating one first. */
  readonly functions: readonly [DeployedFunction, ...DeployedFunction[]];
}

export function readStack(outdir: string, name: string): SynthesizedStack {
  const directory = join(outdir, "stacks", name);
  return { ...JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")), directory };
}

/** Address of the data source in each stack. */
export const POOL = "data.aws_cognito_user_pool.user-pool";

/** Applies both stacks on paper. @throws when they hold a reference that is not resolved here. */
export function deploy(source: SynthesizedStack, destination: SynthesizedStack, facts: Facts): Deployed {
  const inSource = applied(source, facts.source, {
    [`${POOL}.arn`]: facts.source.userPoolArn,
    [`${POOL}.user_pool_id`]: facts.source.userPoolId,
    [mfaConfiguration(POOL, "ON")]: facts.source.mfaConfiguration,
    [usernameAttributes(POOL)]: facts.source.usernameAttributes,
    "aws_cognito_user_pool_client.app-client.id": facts.source.appClientId,
  });
  const outputs = Object.entries(inSource.stack.output).map(([name, { value }]) => [
    `data.terraform_remote_state.source-state.outputs.${name}`,
    value,
  ]);
  const inDestination = applied(destination, facts.destination, {
    ...Object.fromEntries(outputs),
    ...fillableIn(destination, facts.destination.groups ?? []),
    ...Object.fromEntries(
      poolsIn(destination).flatMap((address) => Object.entries(ofPool(address, facts.destination))),
    ),
  });
  const client = inSource.find("aws_cognito_user_pool_client", "app-client");
  const [migrating, ...others] = functionsOf(destination, inDestination, facts);
  if (migrating?.invokePolicy === undefined)
    throw new Error("the destination stack has no function that Cognito may call");
  return {
    sourceRole: inSource.roleOf("role"),
    lambdaRole: migrating.role,
    appClient: {
      name: String(client["name"]),
      explicitAuthFlows: client["explicit_auth_flows"] as string[],
      settings: {
        AccessTokenValidity: client["access_token_validity"] as number,
        IdTokenValidity: client["id_token_validity"] as number,
        RefreshTokenValidity: client["refresh_token_validity"] as number,
        TokenValidityUnits: tokenValidityUnits(client),
        PreventUserExistenceErrors: client["prevent_user_existence_errors"] as "ENABLED",
        ReadAttributes: client["read_attributes"] as string[],
        WriteAttributes: writable(client["read_attributes"] as string[], facts.source.schema),
      },
    },
    alarms: Object.values(destination.resource["aws_cloudwatch_metric_alarm"] ?? {}).map((alarm) => ({
      AlarmName: String(alarm["alarm_name"]),
      AlarmActions: (alarm["alarm_actions"] ?? []) as string[],
    })),
    function: migrating.configuration,
    sourceCodeHash: migrating.sourceCodeHash,
    invokePolicy: migrating.invokePolicy,
    functions: [migrating, ...others],
  };
}

/** Addresses: each function may read the pool for itself. */
const poolsIn = ({ data = {} }: SynthesizedStack): readonly string[] => [
  POOL,
  ...Object.keys(data["aws_cognito_user_pool"] ?? {}).map((id) => `data.aws_cognito_user_pool.${id}`),
];

const ofPool = (address: string, pool: PoolFacts): Readonly<Record<string, string>> => ({
  [`${address}.arn`]: pool.userPoolArn,
  [schemaText(address)]: describedSchema(pool.schema),
  [usernameAttributes(address)]: pool.usernameAttributes,
});

/** All functions of a stack. The one that migrates has had its id from the first release on. */
function functionsOf(stack: SynthesizedStack, { find, idsOf, roleOf }: Applied, facts: Facts): DeployedFunction[] {
  const ids = idsOf("aws_lambda_function");
  return ["function", ...ids.filter((id) => id !== "function")].map((id) => {
    const fn = find("aws_lambda_function", id);
    const configuration = functionConfiguration(fn, stack.directory, facts);
    const logGroup = idsOf("aws_cloudwatch_log_group")
      .map((name) => find("aws_cloudwatch_log_group", name))
      .find(({ name }) => name === configuration.logging?.["LogGroup"]);
    const permissions = idsOf("aws_lambda_permission", {
      function_name: `\${aws_lambda_function.${id}.function_name}`,
    });
    return {
      configuration,
      role: roleOf(referred(stack.resource["aws_lambda_function"]?.[id]?.["role"], "aws_iam_role")),
      reservedConcurrency: fn["reserved_concurrent_executions"] as number | undefined,
      logRetentionDays: Number(logGroup?.["retention_in_days"]),
      sourceCodeHash: String(fn["source_code_hash"]),
      invokePolicy: invokePolicy(
        permissions.map((name) => find("aws_lambda_permission", name)),
        configuration.arn,
      ),
    };
  });
}

/** The id of the resource whose ARN or name this is a reference to. */
function referred(value: unknown, type: string): string {
  const [, id] = new RegExp(`^\\$\\{${type}\\.([\\w-]+)\\.\\w+\\}$`).exec(String(value)) ?? [];
  if (id === undefined) throw new Error(`${String(value)} is no reference to a ${type}`);
  return id;
}

/** As the source stack computes it from the pool's schema. */
function writable(always: readonly string[], schema: readonly SchemaAttribute[]): string[] {
  const required = schema.filter(({ Name, Required }) => Required && Name !== "sub").map(({ Name }) => Name);
  return [...new Set([...always, ...required])].sort();
}

function tokenValidityUnits(client: Resource): TokenValidityUnitsType {
  const [units = {}] = client["token_validity_units"] as Record<string, TimeUnitsType>[];
  return { AccessToken: units["access_token"], IdToken: units["id_token"], RefreshToken: units["refresh_token"] };
}

function functionConfiguration(fn: Resource, directory: string, facts: Facts): FunctionConfiguration {
  const { account, region, userPoolArn } = facts.destination;
  const name = String(fn["function_name"]);
  const logging = fn["logging_config"] as Readonly<Record<string, string>>;
  return {
    name,
    arn: `arn:${partitionIn(userPoolArn)}:lambda:${region}:${account}:function:${name}`,
    account,
    region,
    zip: join(directory, String(fn["filename"])),
    handler: String(fn["handler"]),
    timeoutSeconds: Number(fn["timeout"]),
    memoryMb: Number(fn["memory_size"]),
    runtime: String(fn["runtime"]),
    architectures: fn["architectures"] as string[],
    logging: {
      LogFormat: logging["log_format"],
      LogGroup: logging["log_group"],
      ApplicationLogLevel: logging["application_log_level"],
      SystemLogLevel: logging["system_log_level"],
    },
    environment: (fn["environment"] as { variables: Record<string, string> } | undefined)?.variables ?? {},
    kmsKeyArn: fn["kms_key_arn"] as string | undefined,
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function invokePolicy(permissions: readonly Resource[], functionArn: string): object | undefined {
  if (permissions.length === 0) return undefined;
  return {
    Version: "2012-10-17",
    Statement: permissions.map((permission) => ({
      Sid: permission["statement_id"],
      Effect: "Allow",
      Principal: { Service: permission["principal"] },
      Action: permission["action"],
      Resource: functionArn,
      Condition: {
        StringEquals: { "AWS:SourceAccount": permission["source_account"] },
        ArnLike: { "AWS:SourceArn": permission["source_arn"] },
      },
    })),
  };
}
