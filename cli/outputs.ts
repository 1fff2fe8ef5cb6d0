import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DestinationSettings } from "../config/deployment";

/** What the stacks have given out. Undefined: not deployed, or its state cannot be read from here. */
export interface Outputs {
  readonly roleArn: string | undefined;
  readonly appClientId: string | undefined;
  readonly lambdaArn: string;
}

/**
 * Finds the outputs: the settings replace them, a local state file is read as it is, and any other backend is asked
 * through `terraform output` in the folder that `npm run synth` and `terraform init` have made. The function's ARN follows
 * from its name, which no deploy can change.
 */
export async function findOutputs(root: string, settings: DestinationSettings): Promise<Outputs> {
  const source = settings.sourceOutputs ?? (await outputsOf(root, "source", settings.state.kind));
  return {
    roleArn: source?.roleArn,
    appClientId: source?.appClientId,
    lambdaArn: lambdaArnOf(settings),
  };
}

/** The function of this migration, without version or alias. */
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

async function outputsOf(
  root: string,
  stack: string,
  backend: DestinationSettings["state"]["kind"],
): Promise<{ roleArn: string | undefined; appClientId: string | undefined } | undefined> {
  const outputs = backend === "local" ? localOutputs(root, stack) : await terraformOutputs(root, stack);
  return outputs && { roleArn: textOf(outputs["role_arn"]), appClientId: textOf(outputs["app_client_id"]) };
}

type RawOutputs = Readonly<Record<string, { readonly value?: unknown } | undefined>>;

function localOutputs(root: string, stack: string): RawOutputs | undefined {
  const file = join(root, `terraform.${stack}.tfstate`);
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, "utf8")) as { outputs?: RawOutputs }).outputs;
}

async function terraformOutputs(root: string, stack: string): Promise<RawOutputs | undefined> {
  const directory = join(root, "cdktf.out/stacks", stack);
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
