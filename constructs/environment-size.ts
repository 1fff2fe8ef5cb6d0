import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { ENVIRONMENT_MAX_BYTES, whatToShorten } from "../rules/environment-size";
import type { HandlerEnvironment, RulesEnvironment } from "../rules/function-environment";
import type { Precondition } from "./preconditions";

/** UUIDs in the place of the keys: these are only known when they have been made, and Terraform would then not say the sum. */
const KEYS_IN_THEIR_PLACE = { LOG_USER_KEY: "0".repeat(36), STAMP_KEY: "0".repeat(72) };

/** Terraform counts characters, and bytes only by way of Base64. */
const bytesOf = (text: string): string =>
  `length(base64encode(${text})) / 4 * 3 - length(regexall("=", base64encode(${text})))`;

/**
 * Measures the whole environment when Terraform plans, the pool's schema and the source's outputs included: Lambda would
 * refuse it when half of the stack is there, with the key for the log in its message.
 */
export function environmentFits(
  scope: Construct,
  variables: HandlerEnvironment,
  settled: RulesEnvironment,
): Precondition {
  const local = (id: string, expression: unknown): string =>
    `local.${new TerraformLocal(scope, id, expression).friendlyUniqueId}`;
  const environment = local("function-environment", {
    ...variables,
    ...Object.fromEntries(Object.entries(KEYS_IN_THEIR_PLACE).filter(([name]) => name in variables)),
  });
  const ofGroups =
    variables.DESTINATION_GROUPS === undefined
      ? ""
      : ` Its groups take \${${bytesOf(`${environment}.DESTINATION_GROUPS`)}}: name those that are to travel, instead of *.`;
  const sum = local("function-environment-bytes", `\${${bytesOf(`jsonencode(${environment})`)}}`);
  return {
    condition: `\${${sum} <= ${ENVIRONMENT_MAX_BYTES}}`,
    errorMessage: `The function's environment would have \${${sum}} bytes, and Lambda takes ${ENVIRONMENT_MAX_BYTES}. Shorten ${whatToShorten(settled)}. The schema of the destination, which cannot be shortened, takes \${${bytesOf(`${environment}.DESTINATION_SCHEMA`)}}.${ofGroups}`,
  };
}
