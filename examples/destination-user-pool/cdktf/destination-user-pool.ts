import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

export interface DestinationUserPoolProps {
  readonly region: string;
  /** Output `lambda_arn` of the destination stack. */
  readonly lambdaArn: string;
}

/**
 * Attaches the user migration trigger to a destination user pool that CDKTF manages. Only the lines under a "Migration"
 * comment are for the migration; the rest stands for your own pool.
 */
export class DestinationUserPool extends TerraformStack {
  constructor(scope: Construct, id: string, { region, lambdaArn }: DestinationUserPoolProps) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });

    const userPool = new CognitoUserPool(this, "user-pool", {
      name: "customers",
      usernameAttributes: ["email"],
      // Goes with DESTINATION_CASE_SENSITIVE=false. With case, Name@ and name@ would be two users.
      usernameConfiguration: { caseSensitive: false },
      // Migration: call the function for users whom this pool does not know.
      lambdaConfig: { userMigration: lambdaArn },
      // Migration: where ATTRIBUTE_MAP puts the old sub and custom:tier. Immutable, so nobody can change to another's sub.
      schema: [
        {
          name: "source_sub",
          attributeDataType: "String",
          mutable: false,
          stringAttributeConstraints: { minLength: "36", maxLength: "36" },
        },
        { name: "plan", attributeDataType: "String", mutable: true, stringAttributeConstraints: {} },
      ],
    });

    new CognitoUserPoolClient(this, "application", {
      name: "application",
      userPoolId: userPool.id,
      // Migration: the trigger needs the password itself, which SRP never sends. Back to ALLOW_USER_SRP_AUTH afterwards.
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      // Migration: keeps custom:source_sub out of reach of sign-up.
      writeAttributes: ["email", "name", "phone_number"],
      preventUserExistenceErrors: "ENABLED",
    });
  }
}
