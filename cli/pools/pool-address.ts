import type { Side } from "../aws/side";

/** Which user pool it is. */
export interface PoolAddress {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly userPoolId: string;
}

/** Of a place whose account is known. */
export const poolAddressOf = (place: {
  readonly account: string;
  readonly side: Pick<Side, "region" | "userPoolId">;
}): PoolAddress => ({ account: place.account, region: place.side.region, userPoolId: place.side.userPoolId });

export const isSamePool = (one: PoolAddress, other: PoolAddress): boolean =>
  one.account === other.account && one.region === other.region && one.userPoolId === other.userPoolId;
