import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { ENVIRONMENT_MAX_BYTES, whatToShorten } from "../rules/environment-size";
import type { HandlerEnvironment, RulesEnvironment } from "../rules/function-environment";
import type { Precondition } from "./preconditions";

/** A UUID in the place of the key: that is only known when it has been made, and Terraform would then not say the sum. */
const KEY_IN_ITS_PLACE = "0".repeat(36);

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
  const environment = local("function-environment", { ...variables, LOG_USER_KEY: KEY_IN_ITS_PLACE });
  const sum = local("function-environment-bytes", `\${${bytesOf(`jsonencode(${environment})`)}}`);
  return {
    condition: `\${${sum} <= ${ENVIRONMENT_MAX_BYTES}}`,
    errorMessage: `The function's environment would have \${${sum}} bytes, and Lambda takes ${ENVIRONMENT_MAX_BYTES}. Shorten ${whatToShorten(settled)}. The schema of the destination, which cannot be shortened, takes \${${bytesOf(`${environment}.DESTINATION_SCHEMA`)}}.`,
  };
}
