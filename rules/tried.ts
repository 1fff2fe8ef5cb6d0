import { outcomeNamed } from "./outcome";
import type { Dropped } from "./why-dropped";

/**
 * The field beside `userName` and `request` that makes an event one that an operator tries. It is `true`, and in the answer a
 * {@link TriedReport}. Cognito never sends it, and nobody who signs in can have it sent: docs/decisions/0016-tried-sign-ins.md.
 */
export const TRIED = "cognitoMigrationTried";

/** What the function tells of a tried sign-in beside what it would have answered. No value of an attribute, and nothing that was typed. */
export interface TriedReport {
  /** A name in docs/outcomes.md. */
  readonly outcome: string;
  /** Name of the AWS exception, or code of Node.js, behind a failure. */
  readonly errorName?: string | undefined;
  readonly dropped: Dropped;
  /** Second factors of the user at the source. */
  readonly factors: readonly string[];
  /** Those left behind because MFA_POLICY is allow. */
  readonly droppedFactors: readonly string[];
  /** Operations that were sent, in order. */
  readonly calls: readonly string[];
  /** What a user would have waited for the function, cold start included. */
  readonly durationMs: number;
  readonly coldStart: boolean;
}

/** What an outcome means where an operator has tried it: nobody was handed over. @param outcome Perhaps one that only another version knows. */
export function triedMeans(outcome: string): string {
  const { kind, means = "" } = outcomeNamed(outcome) ?? {};
  if (kind === "migrated") return "would migrate (nobody was made)";
  return kind === "reset_required" ? "would migrate, and set a new password by a code (nobody was made)" : means;
}
