import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { AssetType, DataResource, Fn, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import type { DestinationSettings } from "../config/deployment";
import { environmentFits } from "../constructs/environment-size";
import type { HandlerArchive } from "../constructs/handler-archive";
import { literal } from "../constructs/hcl-text";
import { dashboardUrl, watch } from "../constructs/migration-watch";
import { preconditions } from "../constructs/preconditions";
import { addressOf, schemaText, usernameAttributes } from "../constructs/user-pool-expressions";
import { type RulesEnvironment, rulesEnvironment } from "../rules/environment-size";
import type { HandlerEnvironment } from "../rules/function-environment";
import { FUNCTION_SETTINGS } from "../rules/function-settings";
import { lambdaPermissions, lambdaTrustPolicy } from "../rules/policies";
import { MigrationStack } from "./migration-stack";
import { readSourceOutputs } from "./source-state";

/** In the destination account: the function, what it may do, and who may call it. The user pool itself stays untouched. */
export class DestinationStack extends MigrationStack {
  constructor(scope: Construct, id: "destination", settings: DestinationSettings, archive: HandlerArchive) {
    const { userPool, profile, names } = settings;
    super(scope, id, settings, {
      userPoolId: userPool.id,
      region: userPool.region,
      account: userPool.account,
      profile,
    });
    const { provider } = this;

    const pool = new DataAwsCognitoUserPool(this, "user-pool", { provider, userPoolId: userPool.id });
    const source = this.sourceVariables(settings);

    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      provider,
      name: names.logGroup,
      retentionInDays: settings.logRetentionDays,
    });
    const role = new IamRole(this, "role", {
      provider,
      name: names.lambdaRole,
      description: `Execution role of ${names.function}`,
      assumeRolePolicy: JSON.stringify(lambdaTrustPolicy()),
    });
    const rolePolicy = new IamRolePolicy(this, "role-policy", {
      provider,
      name: "assume-source-role-and-log",
      role: role.name,
      // Not JSON with a reference in it: what the source's state says could then be more than one value.
      policy: Fn.jsonencode(
        lambdaPermissions({
          sourceRoleArn: source.SOURCE_ROLE_ARN,
          logGroupArn: `arn:${userPool.partition}:logs:${userPool.region}:${userPool.account}:log-group:${names.logGroup}`,
        }),
      ),
    });

    // A ready-made zip as FILE is copied as it is; cdktf's own ARCHIVE changes its bytes with every checkout.
    const asset = new TerraformAsset(this, "handler", {
      path: archive.path,
      type: AssetType.FILE,
      assetHash: archive.sha256Hex.slice(0, 32),
    });
    const settled = rulesEnvironment(settings);
    const variables: HandlerEnvironment = {
      ...literals(settled),
      ...source,
      DESTINATION_SCHEMA: `\${${schemaText(addressOf(pool))}}`,
      DESTINATION_USERNAME_ATTRIBUTES: `\${${usernameAttributes(addressOf(pool))}}`,
      LOG_USER_KEY: this.logUserKey(),
    };
    const fn = new LambdaFunction(this, "function", {
      provider,
      functionName: names.function,
      description: `User migration trigger of ${userPool.id}: moves users from ${settings.sourceUserPoolId} at sign-in`,
      role: role.arn,
      filename: asset.path,
      sourceCodeHash: archive.sha256Base64,
      handler: FUNCTION_SETTINGS.handler,
      runtime: settings.runtime,
      architectures: [...FUNCTION_SETTINGS.architectures],
      memorySize: settings.memoryMb,
      timeout: FUNCTION_SETTINGS.timeoutSeconds,
      ...(settings.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrentExecutions: settings.reservedConcurrency }),
      loggingConfig: { ...FUNCTION_SETTINGS.logging, logGroup: logGroup.name },
      environment: { variables },
      dependsOn: [rolePolicy],
      lifecycle: { precondition: [...preconditions(settings, pool), environmentFits(this, variables, settled)] },
    });
    new LambdaPermission(this, "permission", {
      provider,
      statementId: "user-migration-trigger",
      functionName: fn.functionName,
      action: "lambda:InvokeFunction",
      principal: "cognito-idp.amazonaws.com",
      sourceArn: userPool.arn,
      sourceAccount: userPool.account,
    });

    watch(this, provider, settings);

    this.output("lambda_arn", fn.arn, "User migration trigger for the destination user pool");
    this.output("dashboard_url", dashboardUrl(settings), "CloudWatch dashboard of this migration");
  }

  /**
   * A random key that Terraform makes once and keeps in this stack's state, and in the function's environment. It is built
   * into Terraform, so it takes no provider. `triggers_replace`, because that is taken as it is: what goes through `input` comes
   * back as an output that no plan knows to be sensitive.
   * https://developer.hashicorp.com/terraform/language/resources/terraform-data
   */
  private logUserKey(): string {
    const key = new DataResource(this, "log-user-key", {
      triggersReplace: { key: Fn.sensitive(Fn.uuid()) },
      lifecycle: { ignoreChanges: ["triggers_replace"] },
    });
    return Fn.sensitive(key.interpolationForAttribute("triggers_replace.key"));
  }

  /**
   * From the source stack's state, or as the operator gave them; in both cases what the function needs, by variable. Where
   * passwords go, user pool and Region, only the settings say: others may write that state.
   */
  private sourceVariables(settings: DestinationSettings): Omit<OfSource, keyof RulesEnvironment> {
    const outputs = settings.sourceOutputs ?? readSourceOutputs(this, settings);
    return {
      SOURCE_ROLE_ARN: outputs.roleArn,
      SOURCE_APP_CLIENT_ID: outputs.appClientId,
      SOURCE_MFA_CONFIGURATION: outputs.mfaConfiguration,
      SOURCE_USERNAME_ATTRIBUTES: outputs.usernameAttributes,
    };
  }
}

type OfSource = Pick<HandlerEnvironment, Extract<keyof HandlerEnvironment, `SOURCE_${string}`>>;

/** Names of attributes may look like references. */
const literals = (environment: RulesEnvironment): RulesEnvironment =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, literal(value)])) as RulesEnvironment &
    Record<string, string>;
