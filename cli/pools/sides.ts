import type { CommandLines } from "../../config/command-lines";
import type { Deployment } from "../../config/deployment";
import { inFile, type Problem, SettingsError } from "../../config/settings-error";
import { commandLine } from "../../config/shell";
import type { Side, SideName } from "../aws/side";

export const awsCli = ({ region, profile }: Pick<Side, "region" | "profile">, ...words: readonly string[]): string =>
  commandLine("aws", ...words, "--region", region, ...(profile === undefined ? [] : ["--profile", profile]));

const WITHOUT_DESTINATION: Problem = {
  variable: "DESTINATION_USER_POOL_ARN",
  found: "nothing",
  expected: "the ARN of the user pool that users move to",
};

/** @throws {SettingsError} when there is no destination: every command that asks AWS needs both pools. */
export function sidesOf(
  { source, destination }: Deployment,
  { file }: Pick<CommandLines, "file">,
): Readonly<Record<SideName, Side>> {
  if (destination === undefined) throw new SettingsError([WITHOUT_DESTINATION], inFile(file));
  const { sourceUserPoolId, sourceRegion, profile } = source;
  const { id, region, account } = destination.userPool;
  const sourceAccount = source.account ?? destination.sourceOutputs?.roleArn.split(":")[4];
  return {
    source: { name: "source", userPoolId: sourceUserPoolId, region: sourceRegion, account: sourceAccount, profile },
    destination: { name: "destination", userPoolId: id, region, account, profile: destination.profile },
  };
}
