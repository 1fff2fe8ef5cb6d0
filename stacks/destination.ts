import type { TerraformRemoteState, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { DestinationSettings } from "../config/deployment";
import { migrationFunction } from "../constructs/migration-function";
import { migrationWatch } from "../constructs/migration-watch";
import type { SourceOutputs } from "../constructs/source-access";
import { stampKeys } from "../constructs/stamp-keys";
import { tokenFunction } from "../constructs/token-function";
import { MFA_CONFIGURATIONS } from "../rules/attribute-rules";
import { hasTokenFunction } from "../rules/token-function";
import { MigrationStack } from "./migration-stack";
import type { SOURCE_OUTPUTS } from "./source";
import { readState } from "./state";

type Archives = Readonly<Record<"handler" | "token", Uint8Array>>;

/** In the destination account: the function, the one for tokens if there is one, and what watches them. */
export class DestinationStack extends MigrationStack {
  constructor(scope: Construct, id: string, settings: DestinationSettings, archives: Archives) {
    const { userPool, profile } = settings;
    super(scope, id, "destination", settings, { ...userPool, userPoolId: userPool.id, profile });
    const { provider } = this;
    // From the source stack's state, or as the operator gave them. Where passwords go, user pool and Region, only the
    // settings say: others may write that state.
    const source = settings.sourceOutputs ?? readSourceOutputs(this, settings);
    const keys = settings.migrationStamp === "on" ? stampKeys(this, settings.stampKeyNumber) : undefined;
    const fn = migrationFunction(this, { ...settings, provider, source, archive: archives.handler, stampKeys: keys });
    const token =
      keys !== undefined && hasTokenFunction(settings)
        ? tokenFunction(this, { ...settings, provider, archive: archives.token, stampKeys: keys })
        : undefined;
    const { dashboardUrl } = migrationWatch(this, { ...settings, provider });
    this.output("lambda_arn", fn.arn, "User migration trigger for the destination user pool");
    if (token !== undefined)
      this.output("token_lambda_arn", token.arn, "Pre token generation trigger for the destination user pool");
    this.output("dashboard_url", dashboardUrl, "CloudWatch dashboard of this migration");
  }
}

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
function readSourceOutputs(stack: TerraformStack, settings: DestinationSettings): SourceOutputs {
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
