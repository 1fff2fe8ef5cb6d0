export const SOURCE_USER_POOL_ID = "eu-west-1_Source001";
export const DESTINATION_USER_POOL_ARN = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";

/** The least that makes both stacks. */
export const BOTH = {
  USER_POOL_NAME: "customers",
  SOURCE_USER_POOL_ID,
  DESTINATION_USER_POOL_ARN,
} as const;

/** The least that makes the source stack. */
export const SOURCE_ONLY = {
  USER_POOL_NAME: "customers",
  SOURCE_USER_POOL_ID,
  DESTINATION_ACCOUNT: "222222222222",
} as const;

export const S3 = { STATE_BACKEND: "s3", STATE_BUCKET: "example-state", STATE_REGION: "eu-central-1" } as const;
export const CLOUD = { STATE_BACKEND: "cloud", TF_CLOUD_ORGANIZATION: "example-org" } as const;
