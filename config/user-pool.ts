/** Where a user pool lives, read from the only thing the operator has to know: its id or its ARN. */
export interface UserPoolId {
  readonly id: string;
  readonly region: string;
}

export interface UserPoolArn extends UserPoolId {
  readonly arn: string;
  readonly partition: string;
  /** 12 digits. */
  readonly account: string;
}

const REGION = "[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}";

export const ACCOUNT_PATTERN: RegExp = /^[0-9]{12}$/;

/** Shape and length from UserPoolId in the API: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html */
const USER_POOL_ID = new RegExp(`^(?=.{1,55}$)(${REGION})_[0-9A-Za-z]+$`);
const USER_POOL_ARN = /^arn:(aws(?:-[a-z]+)*):cognito-idp:([^:]+):([0-9]{12}):userpool\/([^:/]+)$/;

export function parseUserPoolId(value: string): UserPoolId | undefined {
  const region = USER_POOL_ID.exec(value)?.[1];
  return region === undefined ? undefined : { id: value, region };
}

/** @returns undefined when `value` is not a user pool ARN, or its Region is not the one in its pool id. */
export function parseUserPoolArn(value: string): UserPoolArn | undefined {
  const [, partition, region, account, id] = USER_POOL_ARN.exec(value) ?? [];
  if (!partition || !region || !account || !id || parseUserPoolId(id)?.region !== region) return undefined;
  return { arn: value, partition, region, account, id };
}

/** @returns where a user pool ARN says that it is, and the Region that its pool id begins with; undefined for anything else. */
export function regionsOfUserPoolArn(
  value: string,
): { readonly partition: string; readonly ofArn: string; readonly ofId: string } | undefined {
  const [, partition, ofArn, , id = ""] = USER_POOL_ARN.exec(value) ?? [];
  const ofId = parseUserPoolId(id)?.region;
  return partition === undefined || ofArn === undefined || ofId === undefined ? undefined : { partition, ofArn, ofId };
}
