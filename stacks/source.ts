import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import type { SourceSettings } from "../config/deployment";
import { literal } from "../constructs/hcl-text";
import {
  addressOf,
  hasAttribute,
  mfaConfiguration,
  usernameAttributes,
  writableAttributes,
} from "../constructs/user-pool-expressions";
import { HARMLESS_ATTRIBUTE, TOKEN_MINUTES } from "../rules/migration-app-client";
import { sourcePermissions, sourceTrustPolicy } from "../rules/policies";
import { MigrationStack } from "./migration-stack";

/** Outputs, by the names that the destination stack reads them by. */
export const SOURCE_OUTPUTS = {
  roleArn: "role_arn",
  appClientId: "app_client_id",
  userPoolId: "user_pool_id",
  region: "region",
  mfaConfiguration: "mfa_configuration",
  usernameAttributes: "username_attributes",
  externalId: "external_id",
} as const;

const ONE_HOUR_SECONDS = 3600;

/** In the source account: an app client through which passwords are proven, and the role that may use it. */
export class SourceStack extends MigrationStack {
  constructor(scope: Construct, id: "source", settings: SourceSettings) {
    const { account, profile, names, sourceRegion: region } = settings;
    super(scope, id, settings, { userPoolId: settings.sourceUserPoolId, region, account, profile });
    const { provider } = this;

    const userPool = new DataAwsCognitoUserPool(this, "user-pool", { provider, userPoolId: settings.sourceUserPoolId });
    const appClient = this.migrationAppClient(names.appClient, userPool, settings);

    const role = new IamRole(this, "role", {
      provider,
      name: names.sourceRole,
      description: `Lets ${names.lambdaRole} in account ${settings.destinationAccount} prove passwords for the user migration`,
      maxSessionDuration: ONE_HOUR_SECONDS,
      assumeRolePolicy: JSON.stringify(
        sourceTrustPolicy({
          partition: settings.partition,
          destinationAccount: settings.destinationAccount,
          lambdaRoleName: names.lambdaRole,
          externalId: settings.externalId,
        }),
      ),
    });
    new IamRolePolicy(this, "role-policy", {
      provider,
      name: "prove-passwords",
      role: role.name,
      policy: Fn.jsonencode(sourcePermissions(userPool.arn)),
    });

    this.output(SOURCE_OUTPUTS.roleArn, role.arn, "Role that the function assumes");
    this.output(SOURCE_OUTPUTS.appClientId, appClient.id, "App client that the function signs in through");
    this.output(SOURCE_OUTPUTS.userPoolId, userPool.userPoolId, "Source user pool");
    this.output(SOURCE_OUTPUTS.region, region, "Region of the source user pool");
    this.output(
      SOURCE_OUTPUTS.mfaConfiguration,
      `\${${mfaConfiguration(addressOf(userPool), "ON")}}`,
      "Whether the source demands a second factor",
    );
    this.output(
      SOURCE_OUTPUTS.usernameAttributes,
      `\${${usernameAttributes(addressOf(userPool))}}`,
      "What users of the source sign in with instead of a username",
    );
    this.output(SOURCE_OUTPUTS.externalId, settings.externalId, "External ID that the role asks for");
  }

  /**
   * An app client that can prove a password for a caller with IAM permission, and as little else as Cognito allows.
   * Everything that the AWS provider would otherwise leave to Cognito's defaults is written out.
   * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
   */
  private migrationAppClient(
    name: string,
    userPool: DataAwsCognitoUserPool,
    { namedAttributes, sourceUserPoolId }: SourceSettings,
  ): CognitoUserPoolClient {
    return new CognitoUserPoolClient(this, "app-client", {
      provider: this.provider,
      name,
      userPoolId: userPool.userPoolId,
      generateSecret: false,
      // Cognito refuses a client without the refresh flow. https://github.com/aws/aws-cdk/issues/7625
      explicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      // With LEGACY, anyone who learns the client id could ask it which users exist.
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      enablePropagateAdditionalUserContextData: false,
      accessTokenValidity: TOKEN_MINUTES.accessToken,
      idTokenValidity: TOKEN_MINUTES.idToken,
      refreshTokenValidity: TOKEN_MINUTES.refreshToken,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "minutes" }],
      authSessionValidity: 3,
      allowedOauthFlowsUserPoolClient: false,
      allowedOauthFlows: [],
      allowedOauthScopes: [],
      supportedIdentityProviders: [],
      callbackUrls: [],
      logoutUrls: [],
      readAttributes: [HARMLESS_ATTRIBUTE],
      writeAttributes: Token.asList(`\${${writableAttributes(addressOf(userPool), HARMLESS_ATTRIBUTE)}}`),
      // A rule for an attribute that is not there is a typing error, and would let the one that was meant through.
      ...(namedAttributes.length === 0
        ? {}
        : {
            lifecycle: {
              precondition: namedAttributes.map(({ setting, name: attribute }) => ({
                condition: `\${${hasAttribute(addressOf(userPool), attribute)}}`,
                errorMessage: `${setting} names ${literal(attribute)}, which the schema of ${sourceUserPoolId} does not have.`,
              })),
            },
          }),
    });
  }
}
