/** One step of one client, as the tier `clients` records it. */
export interface Row {
  readonly step: string;
  /** What the app calls. */
  readonly call: string;
  /** How often the user migration trigger was asked. */
  readonly trigger: number;
  readonly saw: string;
}
