import { listText, mapText } from "./attribute-names";
import type { AttributeMap, ForgotPasswordPolicy, MfaPolicy, UnprovenPasswordPolicy } from "./attribute-rules";
import type { HandlerEnvironment } from "./function-environment";
import type { AliasAttribute } from "./names";

/** What the settings alone say of how the function migrates. */
export interface FunctionRules {
  readonly sourceUserPoolId: string;
  readonly sourceRegion: string;
  readonly externalId: string;
  readonly userPool: { readonly id: string };
  readonly mfaPolicy: MfaPolicy;
  readonly forgotPassword: ForgotPasswordPolicy;
  readonly unprovenPassword: UnprovenPasswordPolicy;
  readonly caseSensitive: boolean;
  readonly attributeExclude: readonly string[];
  readonly attributeMap: AttributeMap;
  /** Undefined: nobody has said whether there are any. */
  readonly aliasAttributes: readonly AliasAttribute[] | undefined;
}

/** What the source's state, the destination pool and Terraform add to it. */
type AddedLater =
  | "SOURCE_ROLE_ARN"
  | "SOURCE_APP_CLIENT_ID"
  | "SOURCE_MFA_CONFIGURATION"
  | "SOURCE_USERNAME_ATTRIBUTES"
  | "DESTINATION_SCHEMA"
  | "DESTINATION_USERNAME_ATTRIBUTES"
  | "LOG_USER_KEY";

export type RulesEnvironment = Omit<HandlerEnvironment, AddedLater>;

/** Those variables of the function that the settings decide. What is optional and not set is absent. */
export function rulesEnvironment(rules: FunctionRules): RulesEnvironment {
  const { aliasAttributes, attributeExclude, attributeMap } = rules;
  return {
    SOURCE_USER_POOL_ID: rules.sourceUserPoolId,
    SOURCE_REGION: rules.sourceRegion,
    EXTERNAL_ID: rules.externalId,
    DESTINATION_USER_POOL_ID: rules.userPool.id,
    DESTINATION_CASE_SENSITIVE: String(rules.caseSensitive),
    FORGOT_PASSWORD: rules.forgotPassword,
    UNPROVEN_PASSWORD: rules.unprovenPassword,
    MFA_POLICY: rules.mfaPolicy,
    ...(aliasAttributes && { DESTINATION_ALIAS_ATTRIBUTES: aliasAttributes.join(",") || "none" }),
    // Lambda takes no empty value.
    ...(attributeExclude.length > 0 && { ATTRIBUTE_EXCLUDE: listText(attributeExclude) }),
    ...(attributeMap.size > 0 && { ATTRIBUTE_MAP: mapText(attributeMap) }),
  };
}

/** Names and values together: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const ENVIRONMENT_MAX_BYTES = 4096;

/** What an operator can write shorter, so that the rest fits. */
const CAN_BE_SHORTER = ["EXTERNAL_ID", "ATTRIBUTE_EXCLUDE", "ATTRIBUTE_MAP"] as const;

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
