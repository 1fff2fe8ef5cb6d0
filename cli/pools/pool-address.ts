import type { Side } from "../aws/side";

export interface PoolAddress {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly userPoolId: string;
}

export const poolAddressOf = (place: {
  readonly account: string;
  readonly side: Pick<Side, "region" | "userPoolId">;
}): PoolAddress => ({ account: place.account, region: place.side.region, userPoolId: place.side.userPoolId });

export const isSamePool = (one: PoolAddress, other: PoolAddress): boolean =>
  one.account === other.account && one.region === other.region && one.userPoolId === other.userPoolId;
