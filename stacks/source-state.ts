import type { TerraformRemoteState, TerraformStack } from "cdktf";
import type { DestinationSettings } from "../config/deployment";
import { MFA_CONFIGURATIONS } from "../rules/attribute-rules";
import { SOURCE_OUTPUTS } from "./source";
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
export function readSourceOutputs(
  stack: TerraformStack,
  settings: DestinationSettings,
): Readonly<Record<"roleArn" | "appClientId" | "mfaConfiguration" | "usernameAttributes", string>> {
  const state = readState(stack, "source", settings);
  const output = (name: OutputName): string => state.getString(SOURCE_OUTPUTS[name]);
  checkOutputs(state, expectations(settings));
  return {
    roleArn: output("roleArn"),
    appClientId: output("appClientId"),
    mfaConfiguration: output("mfaConfiguration"),
    usernameAttributes: output("usernameAttributes"),
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
    roleArn:
      sourceAccount === undefined
        ? matches(role("[0-9]{12}"), `the ARN of role ${names.sourceRole}`)
        : is(role(sourceAccount)),
    appClientId: matches("[A-Za-z0-9_+]{1,128}", "an app client id"),
    userPoolId: is(settings.sourceUserPoolId),
    region: is(settings.sourceRegion),
    mfaConfiguration: matches(MFA_CONFIGURATIONS.join("|"), `one of ${MFA_CONFIGURATIONS.join(", ")}`),
    usernameAttributes: matches(
      "email|phone_number|email,phone_number|none",
      "email, phone_number, both with a comma between them, or none",
    ),
    externalId: is(settings.externalId),
  };
}

/** A postcondition keeps everything that refers to the state from being planned. cdktf 0.21 has no property for it. */
function checkOutputs(state: TerraformRemoteState, expected: Readonly<Record<OutputName, Expectation>>): void {
  const postcondition = Object.entries(expected).map(([key, { condition, expected }]) => {
    const name = SOURCE_OUTPUTS[key as OutputName];
    return {
      condition: `\${try(${condition(`self.outputs.${name}`)}, false)}`,
      error_message: `Output ${name} of the source stack is missing, or is not ${expected}. Deploy stack source first, with the same settings; if that does not help, find out who has written its state.`,
    };
  });
  state.addOverride("lifecycle", { postcondition });
}
