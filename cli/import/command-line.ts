import type { Import } from "./import-context";

/**
 * The command line that does what the plan says, with no consent that was not given by now: what it gives up nobody is to
 * agree to by copying. LOGS_ROLE_ARN stands for a role that was not given yet.
 */
export function applyCommand({ options }: Pick<Import, "options">): string {
  const { groups, named, dropMfa, logsRoleArn = "LOGS_ROLE_ARN", requestsPerSecond, rowsPerJob, usual } = options;
  return [
    "npx cognito-migration import",
    ...(groups ? ["--groups"] : []),
    ...named.map(groupOption),
    `--apply --logs-role-arn ${logsRoleArn}`,
    ...(dropMfa ? ["--drop-mfa"] : []),
    ...(requestsPerSecond === usual.requestsPerSecond ? [] : [`--requests-per-second ${requestsPerSecond}`]),
    ...(rowsPerJob === usual.rowsPerJob ? [] : [`--rows-per-job ${rowsPerJob}`]),
  ].join(" ");
}

/** One word, so that a name which begins with a dash is no option. */
export const groupOption = (name: string): string => `--group=${quoted(name)}`;

/** For a POSIX shell. A group's name may have any character that is no space. */
export const quoted = (name: string): string =>
  /^[\w./@-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
