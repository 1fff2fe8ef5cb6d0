import { GetCSVHeaderCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { isHopeless } from "../../rules/name-outlook";
import { nameKinds } from "../../rules/source-names";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { nameOutlook } from "../pools/name-outlook";
import { CommandError, EXIT } from "../program/exit";
import { csvCell } from "./csv";
import type { ImportOptions } from "./import-context";
import { type RowRules, rowRules } from "./user-row";

/** Asks the destination what its import files look like, and takes the rest from the two pools and the settings. */
export async function importRules(
  { source, destination }: ConfirmedPools,
  settings: DestinationSettings,
): Promise<RowRules> {
  const { CSVHeader = [] } = await destination.aws
    .cognito()
    .send(new GetCSVHeaderCommand({ UserPoolId: destination.side.userPoolId }));
  return rowRules(source.userPool, destination.userPool, CSVHeader, settings);
}

/** @throws {CommandError} CHECKS_FAILED with every reason why an import of these two pools cannot be. */
export function refuseImpossible(
  { source, destination }: ConfirmedPools,
  { mfaPolicy, unprovenPassword }: DestinationSettings,
  row: RowRules,
  { apply, dropMfa, logsRoleArn }: Pick<ImportOptions, "apply" | "dropMfa" | "logsRoleArn">,
): void {
  const problems: string[] = [];
  if (isHopeless(nameOutlook(row)))
    problems.push(
      `${source.side.userPoolId} signs in with ${kindsOf(source)}, ${destination.side.userPoolId} with ${kindsOf(destination)}, and no name works at ` +
        "both: an import would give everybody a name that they have never used. Use a destination pool with one of the source's names; " +
        "preflight says more (sign-in-names).",
    );
  if (row.autoVerified.length === 0)
    problems.push(
      `${destination.side.userPoolId} verifies neither e-mail addresses nor phone numbers by itself, and Cognito starts no import job ` +
        "for such a user pool. Set AutoVerifiedAttributes first.",
    );
  if (!row.header.includes("cognito:username"))
    problems.push(`GetCSVHeader of ${destination.side.userPoolId} has no column cognito:username.`);
  for (const column of row.header.filter((name) => !isPlainColumn(name)))
    problems.push(
      `GetCSVHeader of ${destination.side.userPoolId} has the column ${JSON.stringify(column)}. AWS does not say how such a name is written ` +
        "in an import file, and a wrong guess would move the columns of every row. Import into a user pool without that attribute.",
    );
  if (apply && losesSecondFactors(source.userPool, mfaPolicy) && !dropMfa)
    problems.push(
      `${source.side.userPoolId} has MFA, and an import carries no second factor: anybody who can read a user's mailbox could reset the password ` +
        "and sign in. MFA_POLICY keeps such users from migrating, and which users have one a list of users does not say. Nobody is imported without --drop-mfa.",
    );
  if (apply && unprovenPassword === "refuse")
    problems.push(
      "UNPROVEN_PASSWORD is refuse: no user may migrate without a proven password, and an import proves none. Imported users get in with a code alone. " +
        "If that is what you want, run the import with UNPROVEN_PASSWORD=migrate; the function keeps what is deployed.",
    );
  const roleAccount = logsRoleArn?.split(":")[4];
  if (roleAccount !== undefined && roleAccount !== destination.account)
    problems.push(
      `--logs-role-arn is a role of account ${roleAccount}; expected one of ${destination.account}, where the destination is.`,
    );
  if (problems.length > 0) throw new CommandError(EXIT.CHECKS_FAILED, `${problems.join("\n")}\nNothing was changed.`);
}

const kindsOf = ({ userPool: { UsernameAttributes = [], AliasAttributes = [] } }: ConfirmedPools["source"]): string =>
  nameKinds(UsernameAttributes, AliasAttributes).join(" or ");

/** A header is not escaped as values are, or nobody says so. */
function isPlainColumn(name: string): boolean {
  const cell = csvCell(name);
  return "text" in cell && cell.text === name;
}

/** ListUsers does not tell who has a second factor, and AdminGetUser would make every user a billed, active one. */
export const losesSecondFactors = (
  { MfaConfiguration }: ConfirmedPools["source"]["userPool"],
  mfaPolicy: DestinationSettings["mfaPolicy"],
): boolean => (MfaConfiguration ?? "OFF") !== "OFF" && mfaPolicy !== "allow";
