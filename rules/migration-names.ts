/**
 * Names that both accounts must agree on. The source's trust policy names the destination's role before that
 * role exists, so neither side may ask Terraform for the other's name.
 */
export interface MigrationNames {
  /** App client in the source user pool; no other application signs in through it. */
  readonly appClient: string;
  /** Role in the source account. */
  readonly sourceRole: string;
  /** Execution role of the function in the destination account. */
  readonly lambdaRole: string;
  readonly function: string;
  readonly logGroup: string;
  /** Unique in the account, not only in the Region: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
  readonly dashboard: string;
  /** The second function, if there is one, with what is its own. */
  readonly token: { readonly function: string; readonly role: string; readonly logGroup: string };
}

const LAMBDA_ROLE_PREFIX = "cognito_migration_lambda_";

/** Role names have at most 64 characters: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLE_NAME_MAX_LENGTH = 64;

const TOKEN_PREFIX = "cognito_migration_token_";

/**
 * Names that begin so are refused: `lambda_x` would want for its source the role that `x` has for its function, and `token_x` that of the
 * token function. IAM compares names without regard to case. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const TAKEN_PREFIX = /^(?:lambda|token)_/i;

/** What USER_POOL_NAME may have at most, in characters, so that the longest derived name still fits. */
export const USER_POOL_NAME_MAX_LENGTH: number = ROLE_NAME_MAX_LENGTH - LAMBDA_ROLE_PREFIX.length;

export const isUserPoolName = (text: string): boolean =>
  /^[A-Za-z0-9_-]+$/.test(text) && text.length <= USER_POOL_NAME_MAX_LENGTH && !TAKEN_PREFIX.test(text);

/** @param userPoolName One that {@link isUserPoolName} takes. */
export function migrationNames(userPoolName: string): MigrationNames {
  const functionName = `cognito_migration_${userPoolName}`;
  return {
    appClient: "migration",
    sourceRole: `cognito_migration_${userPoolName}`,
    lambdaRole: `${LAMBDA_ROLE_PREFIX}${userPoolName}`,
    function: functionName,
    logGroup: `/aws/lambda/${functionName}`,
    // Roles of this name are unique in the account, too, so a second one would have failed before.
    dashboard: functionName,
    token: {
      function: `${TOKEN_PREFIX}${userPoolName}`,
      role: `${TOKEN_PREFIX}${userPoolName}`,
      logGroup: `/aws/lambda/${TOKEN_PREFIX}${userPoolName}`,
    },
  };
}
