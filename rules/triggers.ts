/** Those members of LambdaConfig that are a function's ARN. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html */
type LambdaConfigKey =
  | "CreateAuthChallenge"
  | "CustomMessage"
  | "DefineAuthChallenge"
  | "PostAuthentication"
  | "PostConfirmation"
  | "PreAuthentication"
  | "PreSignUp"
  | "PreTokenGeneration"
  | "UserMigration"
  | "VerifyAuthChallengeResponse";

/** A trigger of the destination user pool that the function answers. */
export interface Trigger {
  /** As in: the pool's user migration trigger. */
  readonly name: string;
  readonly lambdaConfigKey: LambdaConfigKey;
  /** In `lambda_config`. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cognito_user_pool */
  readonly terraformKey: string;
  /** The `triggerSource` of its events, by what has happened. */
  readonly sources: Readonly<Record<string, string>>;
  /** What Cognito gives to whoever answers it. */
  readonly receives: string;
  /** Its file in handler/triggers/ and in the function's zip, without the ending. */
  readonly entry: string;
  /** What preflight says of it. */
  readonly check: {
    readonly id: string;
    /** As in: the destination calls the function for users it does not know. */
    readonly calledFor: string;
    /** What happens where it calls no function, or another. */
    readonly otherwise: string;
    readonly source: string;
  };
}

export const USER_MIGRATION = {
  name: "user migration",
  lambdaConfigKey: "UserMigration",
  terraformKey: "user_migration",
  sources: { signIn: "UserMigration_Authentication", forgotPassword: "UserMigration_ForgotPassword" },
  receives: "the passwords of all users whom the pool does not know",
  entry: "user-migration",
  check: {
    id: "migration-trigger",
    calledFor: "users it does not know",
    otherwise: "Nobody migrates.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html",
  },
} as const satisfies Trigger;

/** All of them answer in one function: docs/decisions/0024-one-function-for-every-trigger.md says why, and what that is no good for. */
export const TRIGGERS: readonly [Trigger, ...Trigger[]] = [USER_MIGRATION];
