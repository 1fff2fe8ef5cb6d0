import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Aws } from "./clients";
import type { Side } from "./side";

/** One side after AWS has confirmed it. */
export interface ConfirmedPool {
  readonly side: Side;
  readonly account: string;
  readonly userPool: UserPoolType;
  readonly aws: Aws;
}

/** How many users Cognito says that a pool has; hours old. */
export const estimateOf = ({ userPool }: Pick<ConfirmedPool, "userPool">): number =>
  userPool.EstimatedNumberOfUsers ?? 0;

export type AskedPool = Pick<ConfirmedPool, "aws" | "side">;
