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

/** The functions that answer triggers: the one that migrates, and the one that puts groups into tokens, where the settings ask for it. */
export type FunctionKind = "migration" | "token";

/** The functions' ARNs, without version or alias; no `token`: there is none, or it is not asked about. */
export interface FunctionArns {
  readonly migration: string;
  readonly token?: string | undefined;
}

/** A trigger of the destination user pool that a function of ours answers. */
export interface Trigger {
  /** Which of the functions answers it. */
  readonly function: FunctionKind;
  /** As in: the pool's user migration trigger. */
  readonly name: string;
  readonly lambdaConfigKey: LambdaConfigKey;
  /** In `lambda_config`. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cognito_user_pool */
  readonly terraformKey: string;
  /** The `triggerSource` of its events, by what has happened. */
  readonly sources: Readonly<Record<string, string>>;
  /** What Cognito gives to whoever answers it. */
  readonly receives: string;
  /**
   * The second member of LambdaConfig that Cognito has for the same trigger, with the version of the event. Where it is not given, Cognito adds it.
   * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
   */
  readonly versioned?: {
    readonly lambdaConfigKey: "PreTokenGenerationConfig";
    readonly terraformKey: string;
    readonly lambdaVersion: "V1_0";
  };
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

/** A trigger that the migrating function answers. */
export interface MigrationTrigger extends Trigger {
  readonly function: "migration";
  /** Its file in handler/triggers/ and in the function's zip, without the ending. */
  readonly entry: string;
}

export const USER_MIGRATION = {
  function: "migration",
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
} as const satisfies MigrationTrigger;

/**
 * The first version of the event, which every feature plan has.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export const PRE_TOKEN_GENERATION = {
  function: "token",
  name: "pre token generation",
  lambdaConfigKey: "PreTokenGeneration",
  terraformKey: "pre_token_generation",
  sources: {
    hostedAuth: "TokenGeneration_HostedAuth",
    authentication: "TokenGeneration_Authentication",
    newPasswordChallenge: "TokenGeneration_NewPasswordChallenge",
    authenticateDevice: "TokenGeneration_AuthenticateDevice",
    refreshTokens: "TokenGeneration_RefreshTokens",
  },
  receives: "the attributes and groups of everybody who signs in, and decides what their tokens say",
  versioned: {
    lambdaConfigKey: "PreTokenGenerationConfig",
    terraformKey: "pre_token_generation_config",
    lambdaVersion: "V1_0",
  },
  check: {
    id: "token-trigger",
    calledFor: "everybody who is given tokens",
    otherwise: "No token has groups of the source, and no event is sent.",
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html",
  },
} as const satisfies Trigger;

/**
 * What the migrating function answers, all in one function: docs/decisions/0024-one-function-for-every-trigger.md says why, and what that is no
 * good for.
 */
export const MIGRATION_TRIGGERS: readonly [MigrationTrigger, ...MigrationTrigger[]] = [USER_MIGRATION];

/** Every trigger of ours, whichever function answers it. */
export const TRIGGERS: readonly [Trigger, ...Trigger[]] = [USER_MIGRATION, PRE_TOKEN_GENERATION];
