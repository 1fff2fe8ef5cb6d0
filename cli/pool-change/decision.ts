import type { Change } from "./change";

/** What a command wants to change, why it cannot, and what the operator should know. */
export interface UpdateDecision {
  /** In this order. A change whose value is there already is left out later. */
  readonly changes: readonly Change[];
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}
