import type { ExportOrigin } from "./export-origin";
import type { LeftOutReason } from "./left-out";

/** How users were sorted. */
export interface Counts {
  readonly source: number;
  readonly destination: number;
  /** Of the source, at the destination already. */
  readonly alreadyThere: number;
  readonly toImport: number;
  /** Of these, who will sign in with none of the names that the source knows. Absent in the journals of older versions. */
  readonly renamed?: number;
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, number>>>;
  /** Attributes that stay behind, with the number of users who have them. */
  readonly dropped: Readonly<Record<string, number>>;
}

export interface Part {
  readonly rows: number;
  readonly bytes: number;
}

/** How Cognito has ended a job. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserImportJobType.html */
export const ENDED = ["Succeeded", "Failed", "Stopped", "Expired"] as const;
export type EndStatus = (typeof ENDED)[number];

export interface JobResult {
  readonly status: EndStatus;
  readonly message?: string;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
  /** ISO 8601. */
  readonly started?: string;
  readonly completed?: string;
  /** Whether the log told the outcome of every row. */
  readonly logComplete: boolean;
}

/** Why nothing more is done in a run. */
export const END_REASONS = ["done", "job_not_succeeded", "too_old", "other_settings", "job_gone", "cleaned"] as const;
export type EndReason = (typeof END_REASONS)[number];

/** A line of the journal. `part` is an index into `parts`. */
export type ImportEvent =
  /** `at`: when the reading began. */
  | {
      readonly event: "exported";
      readonly at: string;
      readonly origin?: ExportOrigin;
      readonly counts: Counts;
      readonly parts: readonly Part[];
    }
  | { readonly event: "creating"; readonly part: number; readonly jobName: string }
  | { readonly event: "created"; readonly part: number; readonly jobName: string; readonly jobId: string }
  | { readonly event: "finished"; readonly part: number; readonly jobId: string; readonly result: JobResult }
  | { readonly event: "ended"; readonly at: string; readonly why: EndReason };

export interface PartState extends Part {
  /** Jobs that were asked for; more than one when a URL had expired. */
  readonly attempts: number;
  /** Of the last attempt. */
  readonly jobName: string | undefined;
  /** Undefined while nobody knows whether Cognito has made the job. */
  readonly jobId: string | undefined;
  readonly result: JobResult | undefined;
}

export interface RunState {
  /** Undefined: the export was not completed, and its files are worth nothing. */
  readonly exported:
    | { readonly at: string; readonly counts: Counts; readonly origin: ExportOrigin | undefined }
    | undefined;
  readonly parts: readonly PartState[];
  readonly ended: EndReason | undefined;
}

/** Where a run stands, by its journal. */
export function runState(events: readonly ImportEvent[]): RunState {
  let exported: RunState["exported"];
  let ended: EndReason | undefined;
  const parts: PartState[] = [];
  const change = (part: number, changed: Partial<PartState>): void => {
    const before = parts[part];
    if (before === undefined) throw new Error(`the journal speaks of part ${part}, which was never exported`);
    parts[part] = { ...before, ...changed };
  };
  for (const event of events)
    switch (event.event) {
      case "exported":
        exported = { at: event.at, counts: event.counts, origin: event.origin };
        for (const part of event.parts)
          parts.push({ ...part, attempts: 0, jobName: undefined, jobId: undefined, result: undefined });
        break;
      case "creating":
        change(event.part, {
          attempts: (parts[event.part]?.attempts ?? 0) + 1,
          jobName: event.jobName,
          jobId: undefined,
        });
        break;
      case "created":
        change(event.part, { jobName: event.jobName, jobId: event.jobId });
        break;
      case "finished":
        change(event.part, { jobId: event.jobId, result: event.result });
        break;
      case "ended":
        ended = event.why;
    }
  return { exported, parts, ended };
}

/** Of an export, from the first request on. */
export const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** Whether an export must be made anew: meanwhile users were disabled or have changed their address, and an import would not know. */
export function isTooOld({ exported }: RunState, now: Date): boolean {
  return exported !== undefined && now.getTime() - Date.parse(exported.at) > MAX_AGE_MS;
}
