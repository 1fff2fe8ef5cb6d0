import * as v from "valibot";
import type { ExportOrigin } from "./export-origin";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** As `toISOString` writes it: an age that nobody can compute would never be too old. */
const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text),
);
const place = v.object({ account: v.string(), region: v.string(), userPoolId: v.string() });

const counts = v.object({
  source: count,
  destination: count,
  /** Of the source, at the destination already. */
  alreadyThere: count,
  toImport: count,
  /** Of these, who will sign in with none of the names that the source knows. Absent in the journals of older versions. */
  renamed: v.exactOptional(count),
  /** By reason, in which versions differ. */
  leftOut: v.record(v.string(), count),
  /** Attributes that stay behind, with the number of users who have them. */
  dropped: v.record(v.string(), count),
});

export type Counts = Readonly<v.InferOutput<typeof counts>>;

const part = v.object({ rows: count, bytes: count });
export type Part = Readonly<v.InferOutput<typeof part>>;

/** How Cognito has ended a job. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserImportJobType.html */
export const ENDED = ["Succeeded", "Failed", "Stopped", "Expired"] as const;

const result = v.object({
  status: v.picklist(ENDED),
  message: v.exactOptional(v.string()),
  imported: count,
  skipped: count,
  failed: count,
  started: v.exactOptional(time),
  completed: v.exactOptional(time),
  /** Whether the log told the outcome of every row. */
  logComplete: v.boolean(),
});

export type JobResult = Readonly<v.InferOutput<typeof result>>;

/** Why nothing more is done in a run. */
const endReason = v.picklist(["done", "job_not_succeeded", "too_old", "other_settings", "job_gone", "cleaned"]);
export type EndReason = v.InferOutput<typeof endReason>;

/** A line of a journal as it stands on the disk. `part` is an index into `parts`. */
export const importEvent = v.variant("event", [
  v.object({
    event: v.literal("exported"),
    /** When the reading began. */
    at: time,
    origin: v.exactOptional(v.object({ source: place, destination: place, rules: v.record(v.string(), v.string()) })),
    counts: v.looseObject(counts.entries),
    parts: v.array(part),
  }),
  v.object({ event: v.literal("creating"), part: count, jobName: v.string() }),
  v.object({ event: v.literal("created"), part: count, jobName: v.string(), jobId: v.string() }),
  v.object({ event: v.literal("finished"), part: count, jobId: v.string(), result }),
  v.object({ event: v.literal("ended"), at: time, why: endReason }),
]);

export type ImportEvent = Readonly<v.InferOutput<typeof importEvent>>;

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
