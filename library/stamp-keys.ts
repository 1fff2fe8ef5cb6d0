/** References to keys that Terraform knows to be sensitive, as `MigrationFunction` gives them. Whoever has the current one can sign a stamp. */
export interface StampKeys {
  readonly current: string;
  /** What signed before the last rotation, and is still taken. */
  readonly before?: string | undefined;
}
