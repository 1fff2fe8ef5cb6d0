import { join } from "node:path";
import { type CredentialStore, credentialVariables } from "../aws/credentials";
import { type FunctionConfiguration, LambdaFunction } from "../aws/lambda";
import type { ServedFunction } from "../aws/lambda-service";
import type { LogStore } from "../aws/logs";
import type { Role } from "../aws/sts";
import type { Cleanup } from "./cleanup";

/** A function that the stacks or the operator have put into an account. */
export interface PlacedFunction {
  readonly configuration: FunctionConfiguration;
  readonly roleArn: string;
  readonly reservedConcurrency?: number | undefined;
  /** Of its log group; without it the group appears with the first line. */
  readonly logRetentionDays?: number;
}

/** What is around every function. */
export interface FunctionSurroundings {
  /** The project's root. */
  readonly root: string;
  /** Each function has a folder of its own in it. */
  readonly homes: string;
  readonly credentials: CredentialStore;
  readonly findRole: (arn: string) => Promise<Role | undefined>;
  readonly logsOf: (account: string, region: string) => LogStore;
  readonly hear: (line: string, functionName: string) => void;
  readonly cleanup: Cleanup;
}

/**
 * A function that runs with its role's credentials, and writes into its log group.
 *
 * @param folder Its own, in `homes`.
 * @param endpoints By variable, asked for when it starts: not all are there before.
 */
export function serveFunction(
  { root, homes, credentials, findRole, logsOf, hear, cleanup }: FunctionSurroundings,
  { configuration, roleArn, reservedConcurrency, logRetentionDays }: PlacedFunction,
  folder: string,
  endpoints: () => Readonly<Record<string, string>>,
): ServedFunction {
  const group = logGroupOf(configuration);
  const log = logsOf(configuration.account, configuration.region);
  if (logRetentionDays !== undefined) log.createGroup(group, logRetentionDays);
  const environment = async (): Promise<Readonly<Record<string, string>>> => {
    const role = await findRole(roleArn);
    if (role === undefined) throw new Error(`the function's role ${roleArn} does not exist`);
    const session = credentials.issue({ arn: role.arn, account: role.account, policies: role.permissions });
    return { ...credentialVariables(session), ...endpoints() };
  };
  const write = (line: string): void => {
    log.write(group, "sandbox", line);
    hear(line, configuration.name);
  };
  const fn = new LambdaFunction(root, join(homes, folder), configuration, write, environment);
  cleanup.add(() => fn.stop());
  return { function: fn, roleArn, reservedConcurrency };
}

/** Of a function that has no other. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
export const logGroupOf = ({ name }: Pick<FunctionConfiguration, "name">): string => `/aws/lambda/${name}`;
