/** As much of the trigger's event as the baselines touch. */
export interface MigrationEvent {
  readonly userName: string;
  readonly request: { readonly password: string };
  readonly response: {
    userAttributes: Record<string, string> | null;
    finalUserStatus: string | null;
    messageAction: string | null;
  };
}
