import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { LambdaConfigType, PreTokenGenerationLambdaVersionType } from "@aws-sdk/client-cognito-identity-provider";
import { shownPath } from "../../cli/program/shown-path";
import { invokePolicy } from "../../rules/policies";
import { ADMINISTRATOR_ACCESS } from "../aws/iam";
import type { Role } from "../aws/sts";
import { RUN_TRIGGERS, type RunTrigger } from "../aws/user-pool/call-trigger";
import type { EmptyPool } from "../aws/user-pool/seed";
import type { PlacedFunction } from "./serve-function";
import type { Place } from "./world";

/** A function of the operator's own for one trigger of the destination. */
export interface OwnTrigger {
  readonly name: Exclude<RunTrigger, "UserMigration">;
  /** Absolute: a module that exports `handler`. */
  readonly file: string;
  /** Of the event of PreTokenGeneration. */
  readonly version: PreTokenGenerationLambdaVersionType;
}

const NAMES = RUN_TRIGGERS.filter((name): name is OwnTrigger["name"] => name !== "UserMigration");
const EXPECTED = `NAME=FILE, with a name of ${NAMES.join(", ")} (or PreTokenGeneration:V2_0) and a file that exports \`handler\``;

/** Reads what `--trigger` was given. @param problems Is told everything that is wrong with it. */
export function ownTriggers(given: readonly string[], problems: string[]): readonly OwnTrigger[] {
  const triggers = given.flatMap((text) => {
    const read = ownTrigger(text);
    if (typeof read === "object") return [read];
    problems.push(`--trigger: found ${read}, expected ${EXPECTED}`);
    return [];
  });
  const twice = triggers.find(({ name }, at) => triggers.findIndex((one) => one.name === name) < at);
  if (twice !== undefined)
    problems.push(`--trigger: found ${twice.name} twice, expected one function for each trigger`);
  return triggers;
}

/** @returns what was found instead, where it is none. */
function ownTrigger(text: string): OwnTrigger | string {
  const [, given = "", version, path = ""] = /^(\w+)(?::(V[123]_0))?=(.+)$/s.exec(text) ?? [];
  const name = NAMES.find((one) => one === given);
  if (name === undefined) return given === "UserMigration" ? "UserMigration, which is this migration's" : `"${text}"`;
  if (version !== undefined && name !== "PreTokenGeneration") return `a version for ${name}`;
  const file = resolve(path);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return `${stat === undefined ? "no such file" : "no file"}: ${shownPath(path)}`;
  return { name, file, version: (version ?? "V1_0") as OwnTrigger["version"] };
}

const ROLE = "sandbox-trigger";

/** The functions of these triggers as they stand in the destination account, what calls them, and the role that they share. */
export function ownFunctions(
  triggers: readonly OwnTrigger[],
  { arn: userPoolArn }: EmptyPool,
  { account, region }: Place,
): {
  readonly functions: readonly PlacedFunction[];
  readonly lambdaConfig: LambdaConfigType;
  readonly roles: readonly Role[];
  readonly invokePolicy: (arn: string) => object | undefined;
} {
  const partition = userPoolArn.split(":")[1];
  // What the operator's own role may do, nobody here knows.
  const role: Role = {
    arn: `arn:${partition}:iam::${account}:role/${ROLE}`,
    account,
    trustPolicy: { Version: "2012-10-17", Statement: [] },
    permissions: [ADMINISTRATOR_ACCESS],
  };
  const arnOf = ({ name }: OwnTrigger): string => `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  const functions = triggers.map((trigger) => ({
    configuration: {
      name: trigger.name,
      arn: arnOf(trigger),
      account,
      region,
      zip: trigger.file,
      isFile: true,
      handler: "index.handler",
      // Cognito waits no longer. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#important-lambda-considerations
      timeoutSeconds: 5,
      memoryMb: 128,
      environment: {},
    },
    roleArn: role.arn,
  }));
  const tokens = triggers.find(({ name }) => name === "PreTokenGeneration");
  return {
    functions,
    roles: [role],
    lambdaConfig: {
      ...Object.fromEntries(triggers.map((trigger) => [trigger.name, arnOf(trigger)])),
      ...(tokens && { PreTokenGenerationConfig: { LambdaVersion: tokens.version, LambdaArn: arnOf(tokens) } }),
    },
    invokePolicy: (arn) =>
      triggers.some((trigger) => arnOf(trigger) === arn) ? invokePolicy({ lambdaArn: arn, userPoolArn }) : undefined,
  };
}
