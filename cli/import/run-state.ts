import {
  array,
  check,
  exactOptional,
  type InferOutput,
  integer,
  literal,
  looseObject,
  minValue,
  number,
  object,
  picklist,
  pipe,
  record,
  string,
  boolean as trueOrFalse,
  variant,
} from "valibot";
import type { ExportOrigin } from "./export-origin";

const count = pipe(number(), integer(), minValue(0));
/** As `toISOString` writes it: an age that nobody can compute would never be too old. */
const time = pipe(
  string(),
  check((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text),
);
const place = object({ account: string(), region: string(), userPoolId: string() });

const counts = object({
  source: count,
  destination: count,
  /** Of the source, at the destination already. */
  alreadyThere: count,
  toImport: count,
  /** Of these, who will sign in with none of the names that the source knows. Absent in the journals of older versions. */
  renamed: exactOptional(count),
  /** By reason, in which versions differ. */
  leftOut: record(string(), count),
  /** Attributes that stay behind, with the number of users who have them. */
  dropped: record(string(), count),
});

/** How users were sorted. */
export type Counts = Readonly<InferOutput<typeof counts>>;

const part = object({ rows: count, bytes: count });
export type Part = Readonly<InferOutput<typeof part>>;

/** How Cognito has ended a job. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserImportJobType.html */
export const ENDED = ["Succeeded", "Failed", "Stopped", "Expired"] as const;

const result = object({
  status: picklist(ENDED),
  message: exactOptional(string()),
  imported: count,
  skipped: count,
  failed: count,
  started: exactOptional(time),
  completed: exactOptional(time),
  /** Whether the log told the outcome of every row. */
  logComplete: trueOrFalse(),
});

export type JobResult = Readonly<InferOutput<typeof result>>;

/** Why nothing more is done in a run. */
const endReason = picklist(["done", "job_not_succeeded", "too_old", "other_settings", "job_gone", "cleaned"]);
export type EndReason = InferOutput<typeof endReason>;

/** A line of a journal as it stands on the disk. `part` is an index into `parts`. */
export const importEvent = variant("event", [
  object({
    event: literal("exported"),
    /** When the reading began. */
    at: time,
    origin: exactOptional(object({ source: place, destination: place, rules: record(string(), string()) })),
    counts: looseObject(counts.entries),
    parts: array(part),
  }),
  object({ event: literal("creating"), part: count, jobName: string() }),
  object({ event: literal("created"), part: count, jobName: string(), jobId: string() }),
  object({ event: literal("finished"), part: count, jobId: string(), result }),
  object({ event: literal("ended"), at: time, why: endReason }),
]);

export type ImportEvent = Readonly<InferOutput<typeof importEvent>>;

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
