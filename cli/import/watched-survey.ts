import { type Progress, startProgress } from "../progress";
import type { Place } from "../who-and-where";
import type { Sink } from "./export-files";
import type { Import } from "./import";
import type { ImportRules } from "./rules";
import type { Counts } from "./run-state";
import { survey } from "./survey";

/** Reads both pools, with a bar for each. */
export async function surveyed(
  { context, places, turn }: Import,
  { matching, row }: ImportRules,
  sink: Sink,
): Promise<Counts> {
  const estimate = ({ userPool }: Place): number => userPool.EstimatedNumberOfUsers ?? 0;
  let watched: Place | undefined;
  let bar: Progress | undefined;
  const progress = (place: Place, done: number): void => {
    if (place !== watched) {
      bar?.stop();
      bar = startProgress(context.terminal, `${place.side.name} users`, estimate(place));
      watched = place;
    }
    bar?.update(done, Math.max(done, estimate(place)));
  };
  try {
    return await survey(places, matching, row, sink, { signal: context.signal, turn, progress });
  } finally {
    bar?.stop();
  }
}
