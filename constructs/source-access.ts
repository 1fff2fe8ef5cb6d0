import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { HARMLESS_ATTRIBUTE, TOKEN_MINUTES } from "../rules/migration-app-client";
import { migrationNames } from "../rules/migration-names";
import type { NamedAttribute } from "../rules/named-attributes";
import { sourcePermissions, sourceTrustPolicy } from "../rules/policies";
import { literal } from "./hcl-text";
import type { Precondition } from "./preconditions";
import {
  hasAttribute,
  mfaConfiguration,
  terraformAddressOf,
  usernameAttributes,
  writableAttributes,
} from "./user-pool-expressions";

export interface SourceAccessProps {
  /** Of the source user pool's account and Region. */
  readonly provider: AwsProvider;
  /** USER_POOL_NAME: roles and function are named after it, in both accounts. */
  readonly migration: string;
  readonly userPoolId: string;
  /** Where no provider of ours refuses every other: the account that the pool must be in. Undefined: not checked. */
  readonly sourceAccount?: string | undefined;
  readonly partition: string;
  /** Account whose function may assume the role. */
  readonly destinationAccount: string;
  readonly externalId: string;
  /** Attributes that a rule names; the pool's schema must have them. */
  readonly namedAttributes: readonly NamedAttribute[];
}

/** What the function is told of the source: values, or Terraform's references to them. */
export interface SourceOutputs {
  readonly roleArn: string;
  readonly appClientId: string;
  readonly mfaConfiguration: string;
  /** With commas between them, or `none`. */
  readonly usernameAttributes: string;
}

const ONE_HOUR_SECONDS = 3600;

/** In the source account: an app client through which passwords are proven, and the role that may use it. */
export function sourceAccess(
  scope: Construct,
  props: SourceAccessProps,
): SourceOutputs & { readonly userPoolId: string } {
  const { provider, migration, sourceAccount, partition, destinationAccount, externalId } = props;
  const { sourceRole, lambdaRole } = migrationNames(migration);
  const userPool = new DataAwsCognitoUserPool(scope, "user-pool", {
    provider,
    userPoolId: props.userPoolId,
    ...(sourceAccount === undefined ? {} : { lifecycle: { postcondition: [isInAccount(sourceAccount)] } }),
  });
  const appClient = migrationAppClient(scope, props, userPool);
  const role = new IamRole(scope, "role", {
    provider,
    name: sourceRole,
    description: `Lets ${lambdaRole} in account ${destinationAccount} prove passwords for the user migration`,
    maxSessionDuration: ONE_HOUR_SECONDS,
    assumeRolePolicy: literal(
      JSON.stringify(sourceTrustPolicy({ partition, destinationAccount, lambdaRoleName: lambdaRole, externalId })),
    ),
  });
  new IamRolePolicy(scope, "role-policy", {
    provider,
    name: "prove-passwords",
    role: role.name,
    policy: Fn.jsonencode(sourcePermissions(userPool.arn)),
  });
  return {
    roleArn: role.arn,
    appClientId: appClient.id,
    userPoolId: userPool.userPoolId,
    mfaConfiguration: `\${${mfaConfiguration(terraformAddressOf(userPool), "ON")}}`,
    usernameAttributes: `\${${usernameAttributes(terraformAddressOf(userPool))}}`,
  };
}

/** Nothing that refers to the pool is planned where it does not hold: that is all there is in the source account. */
const isInAccount = (account: string): Precondition => ({
  condition: `\${split(":", self.arn)[4] == "${account}"}`,
  errorMessage: `SOURCE_ACCOUNT is ${account}, but the provider's credentials are of account \${split(":", self.arn)[4]}.`,
});

/**
 * An app client that can prove a password for a caller with IAM permission, and as little else as Cognito allows.
 * Everything that the AWS provider would otherwise leave to Cognito's defaults is written out.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
function migrationAppClient(
  scope: Construct,
  { provider, migration, namedAttributes, userPoolId }: SourceAccessProps,
  userPool: DataAwsCognitoUserPool,
): CognitoUserPoolClient {
  return new CognitoUserPoolClient(scope, "app-client", {
    provider,
    name: migrationNames(migration).appClient,
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
    writeAttributes: Token.asList(`\${${writableAttributes(terraformAddressOf(userPool), HARMLESS_ATTRIBUTE)}}`),
    // A rule for an attribute that is not there is a typing error, and would let the one that was meant through.
    ...(namedAttributes.length === 0
      ? {}
      : {
          lifecycle: {
            precondition: namedAttributes.map(({ setting, name }) => ({
              condition: `\${${hasAttribute(terraformAddressOf(userPool), name)}}`,
              errorMessage: `${setting} names ${literal(name)}, which the schema of ${userPoolId} does not have.`,
            })),
          },
        }),
  });
}
