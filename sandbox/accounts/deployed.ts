import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TimeUnitsType, TokenValidityUnitsType } from "@aws-sdk/client-cognito-identity-provider";
import { mfaConfiguration, schemaText, usernameAttributes } from "../../constructs/user-pool-expressions";
import type { PolicyDocument } from "../../rules/policies";
import type { Alarm } from "../aws/account-services";
import type { FunctionConfiguration } from "../aws/lambda";
import type { Role } from "../aws/sts";
import type { SchemaAttribute } from "../aws/user-pool/schema";
import type { SeedAppClient } from "../aws/user-pool/seed";
import { describedSchema } from "./described-schema";
import { resolveReferences } from "./references";

/** One stack's cdk.tf.json. */
export interface SynthesizedStack {
  readonly directory: string;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly output: Readonly<Record<string, { readonly value: string }>>;
}

interface PoolFacts {
  readonly account: string;
  readonly userPoolArn: string;
  readonly schema: readonly SchemaAttribute[];
  /** As the source stack gives it out: with commas between them, or `none`. */
  readonly usernameAttributes: string;
}

/** What AWS would answer while Terraform applies. */
export interface Facts {
  readonly source: PoolFacts & {
    readonly userPoolId: string;
    readonly appClientId: string;
    readonly mfaConfiguration: string;
  };
  readonly destination: PoolFacts & { readonly region: string };
}

/** Both stacks as they would stand after `terraform apply`. */
export interface Deployed {
  readonly sourceRole: Role;
  readonly lambdaRole: Role;
  readonly appClient: Omit<SeedAppClient, "id">;
  readonly function: FunctionConfiguration;
  readonly reservedConcurrency: number | undefined;
  readonly logRetentionDays: number;
  readonly alarms: readonly Alarm[];
  /** As base64 SHA-256, from the stack. */
  readonly sourceCodeHash: string;
  /** The function's resource policy, as Lambda writes it from `aws_lambda_permission`. */
  readonly invokePolicy: object;
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
  const functionName = String(destination.resource["aws_lambda_function"]?.["function"]?.["function_name"]);
  const inDestination = applied(destination, facts.destination, {
    ...Object.fromEntries(outputs),
    [`${POOL}.arn`]: facts.destination.userPoolArn,
    [schemaText(POOL)]: describedSchema(facts.destination.schema),
    [usernameAttributes(POOL)]: facts.destination.usernameAttributes,
    "sensitive(terraform_data.log-user-key.triggers_replace.key)": randomUUID(),
    "aws_lambda_function.function.arn": functionArn(functionName, facts),
  });
  const client = inSource.find("aws_cognito_user_pool_client", "app-client");
  const fn = inDestination.find("aws_lambda_function", "function");
  const configuration = functionConfiguration(fn, destination.directory, facts);
  return {
    sourceRole: inSource.role,
    lambdaRole: inDestination.role,
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
    logRetentionDays: Number(inDestination.find("aws_cloudwatch_log_group", "log-group")["retention_in_days"]),
    alarms: Object.values(destination.resource["aws_cloudwatch_metric_alarm"] ?? {}).map((alarm) => ({
      AlarmName: String(alarm["alarm_name"]),
      AlarmActions: (alarm["alarm_actions"] ?? []) as string[],
    })),
    reservedConcurrency: fn["reserved_concurrent_executions"] as number | undefined,
    function: configuration,
    sourceCodeHash: String(fn["source_code_hash"]),
    invokePolicy: invokePolicy(inDestination.find("aws_lambda_permission", "permission"), configuration.arn),
  };
}

/** As the source stack computes it from the pool's schema. */
function writable(always: readonly string[], schema: readonly SchemaAttribute[]): string[] {
  const required = schema.filter(({ Name, Required }) => Required && Name !== "sub").map(({ Name }) => Name);
  return [...new Set([...always, ...required])].sort();
}

type Resource = Readonly<Record<string, unknown>>;

function tokenValidityUnits(client: Resource): TokenValidityUnitsType {
  const [units = {}] = client["token_validity_units"] as Record<string, TimeUnitsType>[];
  return { AccessToken: units["access_token"], IdToken: units["id_token"], RefreshToken: units["refresh_token"] };
}

/** A stack with its references resolved: the role's own first, then from `values`, then what the stack itself says. */
function applied(
  synthesized: SynthesizedStack,
  { account, userPoolArn }: { readonly account: string; readonly userPoolArn: string },
  values: Readonly<Record<string, string>>,
) {
  const roleName = String(synthesized.resource["aws_iam_role"]?.["role"]?.["name"]);
  const roleArn = `arn:${partitionIn(userPoolArn)}:iam::${account}:role/${roleName}`;
  const kept = (synthesized.resource["terraform_data"]?.["identity"]?.["input"] ?? {}) as Readonly<
    Record<string, unknown>
  >;
  const all = new Map([
    ...Object.entries(values),
    ["aws_iam_role.role.arn", roleArn],
    ["terraform_data.identity.output.migration", String(kept["migration"])],
  ]);
  const lookup = (expression: string): string | undefined => all.get(expression) ?? own(synthesized, expression);
  const find = (type: string, name: string): Resource => {
    const resource = synthesized.resource[type]?.[name];
    if (resource === undefined) throw new Error(`stack ${synthesized.directory} has no ${type}.${name}`);
    // Both are computed from the pool's schema.
    const { lifecycle: _, write_attributes: __, ...plain } = resource;
    return resolveReferences(plain, lookup);
  };
  const role: Role = {
    arn: roleArn,
    account,
    trustPolicy: policy(find("aws_iam_role", "role")["assume_role_policy"]),
    permissions: Object.keys(synthesized.resource["aws_iam_role_policy"] ?? {}).map((name) =>
      policy(find("aws_iam_role_policy", name)["policy"]),
    ),
  };
  // Without what is asked before: nothing was applied here before.
  const outputs = Object.entries(synthesized.output).map(([name, { value }]) => [name, { value }]);
  const output = resolveReferences<SynthesizedStack["output"]>(Object.fromEntries(outputs), lookup);
  return { stack: { ...synthesized, output }, role, find };
}

/** An attribute of a resource that refers to nothing else: `type.name.attribute`. */
function own({ resource }: SynthesizedStack, expression: string): string | undefined {
  const [type = "", name = "", attribute = ""] = expression.split(".");
  const value = resource[type]?.[name]?.[attribute];
  return typeof value === "string" && !value.includes("${") ? value : undefined;
}

function policy(text: unknown): PolicyDocument {
  return JSON.parse(String(text)) as PolicyDocument;
}

function functionConfiguration(fn: Resource, directory: string, facts: Facts): FunctionConfiguration {
  const { account, region } = facts.destination;
  const name = String(fn["function_name"]);
  const logging = fn["logging_config"] as Readonly<Record<string, string>>;
  return {
    name,
    arn: functionArn(name, facts),
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
    environment: (fn["environment"] as { variables: Record<string, string> }).variables,
  };
}

function functionArn(name: string, { destination: { region, account, userPoolArn } }: Facts): string {
  return `arn:${partitionIn(userPoolArn)}:lambda:${region}:${account}:function:${name}`;
}

const partitionIn = (arn: string): string => arn.split(":")[1] ?? "";

/** https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function invokePolicy(permission: Resource, functionArn: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: permission["statement_id"],
        Effect: "Allow",
        Principal: { Service: permission["principal"] },
        Action: permission["action"],
        Resource: functionArn,
        Condition: {
          StringEquals: { "AWS:SourceAccount": permission["source_account"] },
          ArnLike: { "AWS:SourceArn": permission["source_arn"] },
        },
      },
    ],
  };
}
