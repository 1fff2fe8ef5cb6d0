import { Stack, type StackProps } from "aws-cdk-lib";
import { ClientAttributes, StringAttribute, UserPool, UserPoolOperation } from "aws-cdk-lib/aws-cognito";
import { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export interface DestinationUserPoolProps extends StackProps {
  /** Output `lambda_arn` of the destination stack. */
  readonly lambdaArn: string;
}

/**
 * Attaches the user migration trigger to a destination user pool that the AWS CDK manages. Only the lines under a
 * "Migration" comment are for the migration; the rest stands for your own pool.
 */
export class DestinationUserPool extends Stack {
  constructor(scope: Construct, id: string, props: DestinationUserPoolProps) {
    super(scope, id, props);

    const userPool = new UserPool(this, "UserPool", {
      userPoolName: "customers",
      signInAliases: { email: true },
      // Goes with DESTINATION_CASE_SENSITIVE=false. With case, Name@ and name@ would be two users.
      signInCaseSensitive: false,
      // Migration: where ATTRIBUTE_MAP puts the old sub and custom:tier. Immutable, so nobody can change to another's sub.
      customAttributes: {
        source_sub: new StringAttribute({ minLen: 36, maxLen: 36, mutable: false }),
        plan: new StringAttribute({ mutable: true }),
      },
    });

    // Migration: call the function for users whom this pool does not know. The destination stack already lets this pool
    // invoke it, so the CDK must not add a permission of its own.
    userPool.addTrigger(
      UserPoolOperation.USER_MIGRATION,
      LambdaFunction.fromFunctionAttributes(this, "Migration", {
        functionArn: props.lambdaArn,
        sameEnvironment: false,
        skipPermissions: true,
      }),
    );

    userPool.addClient("Application", {
      // Migration: the trigger needs the password itself, which SRP never sends. Back to userSrp afterwards.
      authFlows: { userPassword: true },
      // Migration: keeps custom:source_sub out of reach of sign-up.
      writeAttributes: new ClientAttributes().withStandardAttributes({
        email: true,
        fullname: true,
        phoneNumber: true,
      }),
      preventUserExistenceErrors: true,
      disableOAuth: true,
    });
  }
}
