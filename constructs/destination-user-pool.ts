/** The user pool that users move to. */
export interface DestinationUserPool {
  readonly id: string;
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}
