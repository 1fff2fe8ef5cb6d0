import type { RulesEnvironment } from "./function-environment";

/** Names and values together: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const ENVIRONMENT_MAX_BYTES = 4096;

/** What an operator can write shorter, so that the rest fits. */
const CAN_BE_SHORTER = [
  "EXTERNAL_ID",
  "ATTRIBUTE_EXCLUDE",
  "ATTRIBUTE_MAP",
  "GROUPS",
  "GROUPS_MAP",
  "GROUPS_OR_REFUSE",
] as const;

/**
 * As Lambda measures: its refusal quotes the string that it has measured, and that is the variables as JSON.
 * https://github.com/github-aws-runners/terraform-aws-github-runner/issues/3594
 */
export const environmentBytes = (variables: Readonly<Record<string, string>>): number =>
  Buffer.byteLength(JSON.stringify(variables));

/** For people: what to shorten, the longest first. */
export function whatToShorten(environment: RulesEnvironment): string {
  const sizes = CAN_BE_SHORTER.map((name) => ({ name, bytes: Buffer.byteLength(environment[name] ?? "") }));
  return sizes
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ name, bytes }) => `${name} (${bytes} bytes)`)
    .join(" or ");
}
