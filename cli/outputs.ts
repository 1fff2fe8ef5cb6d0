import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DestinationSettings } from "../config/deployment";

/** What the source stack has given out. Undefined: not deployed, or its state cannot be read from here. */
export interface SourceOutputs {
  readonly roleArn: string | undefined;
  readonly appClientId: string | undefined;
  /** Of the source user pool, as old as the last deploy. */
  readonly mfaConfiguration: string | undefined;
  /** Likewise, with commas between them, or `none`. */
  readonly usernameAttributes: string | undefined;
}

const NOTHING: SourceOutputs = {
  roleArn: undefined,
  appClientId: undefined,
  mfaConfiguration: undefined,
  usernameAttributes: undefined,
};

/**
 * Finds the source stack's outputs: the settings replace them, a local state file is read as it is, and any other backend
 * is asked through `terraform output` in the folder that `npm run synth` and `terraform init` have made.
 */
export async function findSourceOutputs(
  root: string,
  { sourceOutputs, state }: Pick<DestinationSettings, "sourceOutputs" | "state">,
): Promise<SourceOutputs> {
  if (sourceOutputs !== undefined) return sourceOutputs;
  const outputs = state.kind === "local" ? localOutputs(root) : await terraformOutputs(root);
  if (outputs === undefined) return NOTHING;
  return {
    roleArn: textOf(outputs["role_arn"]),
    appClientId: textOf(outputs["app_client_id"]),
    mfaConfiguration: textOf(outputs["mfa_configuration"]),
    usernameAttributes: textOf(outputs["username_attributes"]),
  };
}

/** The function of this migration, without version or alias: it follows from its name, which no deploy can change. */
export function lambdaArnOf({ userPool, names }: Pick<DestinationSettings, "userPool" | "names">): string {
  const { partition, region, account } = userPool;
  return `arn:${partition}:lambda:${region}:${account}:function:${names.function}`;
}

/**
 * Whether a trigger's ARN is this function's: it may name an alias.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
 */
export function isOfFunction(arn: string, lambdaArn: string): boolean {
  return arn === lambdaArn || arn.startsWith(`${lambdaArn}:`);
}

type RawOutputs = Readonly<Record<string, { readonly value?: unknown } | undefined>>;

function localOutputs(root: string): RawOutputs | undefined {
  const file = join(root, "terraform.source.tfstate");
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, "utf8")) as { outputs?: RawOutputs }).outputs;
}

async function terraformOutputs(root: string): Promise<RawOutputs | undefined> {
  const directory = join(root, "cdktf.out/stacks/source");
  if (!existsSync(directory)) return undefined;
  try {
    const { stdout } = await promisify(execFile)("terraform", [`-chdir=${directory}`, "output", "-json"]);
    return JSON.parse(stdout) as RawOutputs;
  } catch {
    // Not initialized, no Terraform, or no right to read that state: the caller says what it misses.
    return undefined;
  }
}

const textOf = (output: RawOutputs[string]): string | undefined =>
  typeof output?.value === "string" && output.value !== "" ? output.value : undefined;
