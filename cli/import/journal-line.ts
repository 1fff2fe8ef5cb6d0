import {
  array,
  check,
  exactOptional,
  type GenericSchema,
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
import { END_REASONS, ENDED, type ImportEvent } from "./run-state";

const count = pipe(number(), integer(), minValue(0));
/** As `toISOString` writes it: an age that nobody can compute would never be too old. */
const time = pipe(
  string(),
  check((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text),
);
const place = object({ account: string(), region: string(), userPoolId: string() });

const result = object({
  status: picklist(ENDED),
  message: exactOptional(string()),
  imported: count,
  skipped: count,
  failed: count,
  started: exactOptional(time),
  completed: exactOptional(time),
  logComplete: trueOrFalse(),
});

/** A line of a journal as it stands on the disk. Versions differ in the reasons for which users are left out. */
export const journalLineSchema = variant("event", [
  object({
    event: literal("exported"),
    at: time,
    origin: exactOptional(object({ source: place, destination: place, rules: record(string(), string()) })),
    counts: looseObject({
      source: count,
      destination: count,
      alreadyThere: count,
      toImport: count,
      renamed: exactOptional(count),
      leftOut: record(string(), count),
      dropped: record(string(), count),
    }),
    parts: array(object({ rows: count, bytes: count })),
  }),
  object({ event: literal("creating"), part: count, jobName: string() }),
  object({ event: literal("created"), part: count, jobName: string(), jobId: string() }),
  object({ event: literal("finished"), part: count, jobId: string(), result }),
  object({ event: literal("ended"), at: time, why: picklist(END_REASONS) }),
]) satisfies GenericSchema<unknown, ImportEvent>;
