export type SideName = "source" | "destination";

/** One user pool as the settings describe it, before AWS was asked. */
export interface Side {
  readonly name: SideName;
  readonly userPoolId: string;
  readonly region: string;
  /** 12 digits; undefined where no setting says it. */
  readonly account: string | undefined;
  /** Shared configuration profile; undefined means the credentials in the environment. */
  readonly profile: string | undefined;
}
