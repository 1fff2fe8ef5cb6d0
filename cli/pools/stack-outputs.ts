import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type GenericSchema, object, optional } from "valibot";
import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import { parseJson } from "../../config/json-text";
import { checkLocalStates } from "../../config/local-states";
import { stateFile } from "../../config/state-file";
import { anothersText, identityInOutputs, isOfAnother } from "../../config/state-identity";
import type { Json } from "../aws/json";
import { CommandError, EXIT } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { outputsOfFile } from "./named-outputs";
import { outputsSchema, type RawOutputs, type SourceOutputs, sourceOutputsIn } from "./raw-outputs";

/**
 * Finds the source stack's outputs: the settings replace them, a file that was named has them, a local state file is read as it is, and any
 * other backend is asked through `terraform output` in the folder that synth and `terraform init` have made.
 *
 * @param named What `terraform output -json NAME` has printed where modules or constructs of ours are deployed.
 */
export async function findSourceOutputs(
  root: string,
  settings: Pick<DestinationSettings, "sourceOutputs" | "state" | "migration" | "sourceUserPoolId" | "userPool">,
  commands: CommandLines,
  named?: string,
): Promise<SourceOutputs> {
  const { sourceOutputs, state, migration, sourceUserPoolId: userPoolId } = settings;
  if (named !== undefined) return outputsOfFile(named, settings);
  if (sourceOutputs !== undefined) return sourceOutputs;
  if (!commands.hasStacks) return sourceOutputsIn({});
  const files = readdirSync(root);
  const read = onceEach((file) => readFileSync(join(root, file), "utf8"));
  const { refusals } = checkLocalStates(
    files,
    read,
    { ...settings, destinationUserPoolId: settings.userPool.id },
    () => true,
  );
  if (refusals.length > 0) throw new CommandError(EXIT.CHECKS_FAILED, refusals.join("\n"));
  const own = stateFile(migration, "source");
  const local = (): RawOutputs | undefined =>
    files.includes(own) ? localOutputs(join(root, own), read(own)) : undefined;
  const outputs = (state.kind === "local" ? local() : await terraformOutputs(root, commands)) ?? {};
  const identity = identityInOutputs(outputs);
  if (isOfAnother(identity, { migration, userPoolId }))
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      `The source stack's state ${anothersText(identity, { migration, userPoolId })}. Make the folder this migration's: ${commands.synth}, then ` +
        commands.terraform("source", "init"),
    );
  return sourceOutputsIn(outputs);
}

/**
 * Both functions of this migration, without version or alias: they follow from its name, which no deploy can change. Whether the settings ask for
 * the one that answers for tokens makes no difference: a pool may still call it when they do not any more.
 */
export function functionArnsOf({ userPool, names }: Pick<DestinationSettings, "userPool" | "names">) {
  const { partition, region, account } = userPool;
  const arnOf = (name: string): string => `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  return { migration: arnOf(names.function), token: arnOf(names.token.function) };
}

/** Of the migrating function. */
export const lambdaArnOf = (settings: Pick<DestinationSettings, "userPool" | "names">): string =>
  functionArnsOf(settings).migration;

/**
 * Whether a trigger's ARN is this function's: it may name an alias.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
 */
export function isOfFunction(arn: string, lambdaArn: string): boolean {
  return arn === lambdaArn || arn.startsWith(`${lambdaArn}:`);
}

/** Whether a pool's trigger is a function that is not this migration's: no command puts one on or takes one off unless it was told to. */
export const isAnothers = (trigger: Json, lambdaArn: string): boolean =>
  trigger !== null && !isOfFunction(String(trigger), lambdaArn);

const stateSchema = object({ outputs: optional(outputsSchema) });

/** Settings can say what the state does not, all of these or none: config/contradictions.ts. */
export const OR_SET_OUTPUTS =
  "or name what `terraform output -json NAME` prints of it there (preflight --outputs FILE), or set SOURCE_ROLE_ARN, SOURCE_APP_CLIENT_ID, SOURCE_USERNAME_ATTRIBUTES and SOURCE_MFA_CONFIGURATION";
const INSTEAD = `${OR_SET_OUTPUTS} instead.`;

/** What was looked at is what is used: a deploy may write the file meanwhile. */
function onceEach(read: (file: string) => string): (file: string) => string {
  const texts = new Map<string, string>();
  return (file) => {
    const text = texts.get(file) ?? read(file);
    texts.set(file, text);
    return text;
  };
}

function localOutputs(file: string, text: string): RawOutputs | undefined {
  const wrong = (found: string): string =>
    `${shownPath(file)}: found ${found}, expected the source stack's state as Terraform writes it. Terraform keeps the one before it in ` +
    `${shownPath(file)}.backup: bring a whole one back, ${INSTEAD}`;
  return parsedOr(stateSchema, text, wrong).outputs;
}

/** @throws {CommandError} CHECKS_FAILED with what is `wrong`. */
function parsedOr<T>(schema: GenericSchema<unknown, T>, text: string, wrong: (found: string) => string): T {
  const parsed = parseJson(schema, text);
  if ("value" in parsed) return parsed.value;
  throw new CommandError(EXIT.CHECKS_FAILED, wrong(parsed.found));
}

async function terraformOutputs(root: string, commands: CommandLines): Promise<RawOutputs | undefined> {
  const directory = resolve(root, commands.output, "stacks/source");
  if (!existsSync(directory)) return undefined;
  const printed = await outputOf(["terraform", `-chdir=${directory}`, "output", "-json"]);
  if (printed === undefined) return undefined;
  const wrong = (found: string): string =>
    `${commands.terraform("source", "output", "-json")}: found ${found}, expected the source stack's outputs as JSON. Run it by hand to see what it prints, ${INSTEAD}`;
  return parsedOr(outputsSchema, printed, wrong);
}

/** @returns undefined when it is not initialized, there is no Terraform, or no right to read that state: the caller says what it misses. */
async function outputOf([program, ...parameters]: readonly [string, ...string[]]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)(program, parameters)).stdout;
  } catch {
    return undefined;
  }
}
