import type { Import } from "./import";
import { losesSecondFactors } from "./rules";

/** The whole command line that does what the plan says; LOGS_ROLE_ARN stands for a role that was not given yet. */
export function applyCommand({ options, places, settings }: Pick<Import, "options" | "places" | "settings">): string {
  const { groups, named, logsRoleArn = "LOGS_ROLE_ARN", requestsPerSecond, rowsPerJob, usual } = options;
  const losesMfa = options.dropMfa || losesSecondFactors(places.source.userPool, settings.mfaPolicy);
  return [
    "npx cognito-migration import",
    ...(groups ? ["--groups"] : []),
    ...named.map(groupOption),
    `--apply --logs-role-arn ${logsRoleArn}`,
    ...(losesMfa ? ["--drop-mfa"] : []),
    ...(requestsPerSecond === usual.requestsPerSecond ? [] : [`--requests-per-second ${requestsPerSecond}`]),
    ...(rowsPerJob === usual.rowsPerJob ? [] : [`--rows-per-job ${rowsPerJob}`]),
  ].join(" ");
}

/** One word, so that a name which begins with a dash is no option. */
export const groupOption = (name: string): string => `--group=${quoted(name)}`;

/** For a POSIX shell. A group's name may have any character that is no space. */
const quoted = (name: string): string => (/^[\w.@-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);
