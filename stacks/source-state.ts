import type { TerraformRemoteState, TerraformStack } from "cdktf";
import type { DestinationSettings } from "../config/deployment";
import type { SourceOutputs } from "../constructs/source-access";
import { MFA_CONFIGURATIONS } from "../rules/attribute-rules";
import type { SOURCE_OUTPUTS } from "./source";
import { readState } from "./state";

type OutputName = keyof typeof SOURCE_OUTPUTS;

/** What an output must be: as an expression over it, and for people. */
interface Expectation {
  readonly condition: (output: string) => string;
  readonly expected: string;
}

/**
 * The source stack's outputs, from its state. Whoever may write that state is trusted with nothing that the settings know:
 * a value that is not as they say, or that an older source stack did not give out yet, fails when Terraform plans, before
 * anything refers to it.
 */
export function readSourceOutputs(stack: TerraformStack, settings: DestinationSettings): SourceOutputs {
  const state = readState(stack, "source", settings);
  const output = (name: OutputName): string => state.getString(name);
  checkOutputs(state, expectations(settings));
  return {
    roleArn: output("role_arn"),
    appClientId: output("app_client_id"),
    mfaConfiguration: output("mfa_configuration"),
    usernameAttributes: output("username_attributes"),
  };
}

/** No value here holds a character that HCL would read, and no pattern's value one that a regular expression would. */
const is = (value: string): Expectation => ({ condition: (output) => `${output} == "${value}"`, expected: value });
const matches = (pattern: string, expected: string): Expectation => ({
  condition: (output) => `can(regex("^(${pattern})$", ${output}))`,
  expected,
});

function expectations(settings: DestinationSettings): Readonly<Record<OutputName, Expectation>> {
  const { partition, sourceAccount, names } = settings;
  const role = (account: string): string => `arn:${partition}:iam::${account}:role/${names.sourceRole}`;
  return {
    role_arn:
      sourceAccount === undefined
        ? matches(role("[0-9]{12}"), `the ARN of role ${names.sourceRole}`)
        : is(role(sourceAccount)),
    app_client_id: matches("[A-Za-z0-9_+]{1,128}", "an app client id"),
    user_pool_id: is(settings.sourceUserPoolId),
    region: is(settings.sourceRegion),
    mfa_configuration: matches(MFA_CONFIGURATIONS.join("|"), `one of ${MFA_CONFIGURATIONS.join(", ")}`),
    username_attributes: matches(
      "email|phone_number|email,phone_number|none",
      "email, phone_number, both with a comma between them, or none",
    ),
    external_id: is(settings.externalId),
  };
}

/** A postcondition keeps everything that refers to the state from being planned. cdktf 0.21 has no property for it. */
function checkOutputs(state: TerraformRemoteState, expected: Readonly<Record<OutputName, Expectation>>): void {
  const postcondition = Object.entries(expected).map(([name, { condition, expected }]) => ({
    condition: `\${try(${condition(`self.outputs.${name}`)}, false)}`,
    error_message: `Output ${name} of the source stack is missing, or is not ${expected}. Deploy stack source first, with the same settings; if that does not help, find out who has written its state.`,
  }));
  state.addOverride("lifecycle", { postcondition });
}
