import { createHash } from "node:crypto";
import { existsSync, lstatSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { DestinationSettings } from "../../config/deployment";
import { lockFolder } from "../import/folder-lock";
import { MAX_AGE_MS } from "../import/run-state";
import { type ConfirmedPools, confirmPools } from "../pools/confirmed-pools";
import type { Context } from "../program/command";
import { CommandError, EXIT, type ExitCode, Interrupted } from "../program/exit";
import { refuseStrangers } from "../program/own-files";
import { paceOf } from "../program/pace";
import { shownPath } from "../program/shown-path";
import { gatherProofs, type Proofs } from "./proofs";
import { type MapReport, reportText } from "./report";
import { type Counts, type Mark, type Origin, ScanFile } from "./scan-file";
import { expectedUsers, type Scan, Seen, scanPools } from "./scan-pools";
import { duplicatesFile, type MapOptions, taken, writeMap } from "./write-map";

interface IdMapOptions extends MapOptions {
  readonly json: boolean;
  readonly requestsPerSecond: number;
}

export async function makeMap(options: IdMapOptions, context: Context): Promise<ExitCode> {
  const out = resolve(options.out);
  // What was read so far; beside the map, because it holds the same names.
  const reading = `${out}.reading`;
  refuseOut(out, reading);
  const places = await confirmPools(context);
  const { terminal, signal } = context;
  const settings = context.deployment().destination as DestinationSettings;
  const proofs = await gatherProofs(places, settings, terminal.say);
  const unlock = lockFolder(`${out}.lock`, "Another idmap command writes this file: process");
  try {
    const { counts, seen } = await read(reading, options, { places, proofs, context });
    const written = await writeMap(reading, seen.again, { ...options, out });
    rmSync(reading);
    const report: MapReport = { ...written, counts, out };
    if (options.json) terminal.print(JSON.stringify(documentOf(report), null, 2));
    else terminal.report(reportText(report));
    return written.duplicates > 0 ? EXIT.CHECKS_FAILED : EXIT.DONE;
  } catch (error) {
    const kept = `What was read is kept in ${shownPath(reading)}, which holds usernames. Run the same command again: it goes on from there.`;
    if (signal.aborted) throw new Interrupted(`Stopped. ${kept}`);
    if (existsSync(reading)) terminal.say(kept);
    throw error;
  } finally {
    unlock();
  }
}

function refuseOut(out: string, reading: string): void {
  const folder = dirname(out);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new CommandError(EXIT.USAGE, `--out: found no folder ${shownPath(folder)}, expected one. Nothing was read.`);
  const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  if (isThere(out)) throw taken(out);
  // A kill may have left it, a moment before the map itself got its name.
  if (isThere(duplicatesFile(out)) && !isThere(reading)) throw taken(duplicatesFile(out));
  refuseStrangers([reading], "file");
}

/** Goes on with what an earlier command has read, unless it is of other pools, of other settings, or old. */
async function read(
  path: string,
  options: IdMapOptions,
  { places, proofs, context }: Pick<Scan, "places" | "proofs"> & { context: Context },
): Promise<{ counts: Counts; seen: Seen }> {
  const { terminal, now } = context;
  const origin = originOf(places, proofs);
  const turn = paceOf(options.requestsPerSecond);
  const newSeen = (): Seen => new Seen(expectedUsers(places, options.withNotMigrated));
  const scan = async (file: ScanFile, seen: Seen, mark?: Mark) => {
    try {
      const all = { places, proofs, seen, file, turn, context };
      return { counts: await scanPools(all, options.withNotMigrated, mark), seen };
    } finally {
      file.close();
    }
  };
  if (existsSync(path)) {
    const seen = newSeen();
    const isWorthIt = (began: string, its: Origin): boolean =>
      isDeepStrictEqual(its, origin) && now().getTime() - Date.parse(began) < MAX_AGE_MS;
    const found = await ScanFile.goOn(path, isWorthIt, (row) => seen.add(row));
    if (found !== undefined) {
      terminal.say(`Going on with what was read since ${found.scan.began}.`);
      try {
        return await scan(found.scan, seen, found.mark);
      } catch (error) {
        if (!isTokenRefused(error) || found.mark === undefined) throw error;
        terminal.say("AWS no longer knows the page at which it was stopped.");
      }
    }
    terminal.say(
      `${shownPath(path)} cannot be gone on with: it is old, damaged, or of other settings. It is read anew.`,
    );
    rmSync(path);
  }
  return scan(ScanFile.begin(path, now().toISOString(), origin), newSeen());
}

/** How long a token counts, AWS does not say. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
const isTokenRefused = (error: unknown): boolean =>
  error instanceof Error && error.name === "InvalidParameterException";

const originOf = ({ source, destination }: ConfirmedPools, { stamp, subAttribute }: Proofs): Origin => ({
  source: source.side.userPoolId,
  destination: destination.side.userPoolId,
  stampAttribute: stamp?.attribute ?? "",
  subAttribute: subAttribute ?? "",
  // Whom a key that was not read would have proven is "unknown" in it.
  stampKeys: stamp === undefined ? "" : fingerprintOf(stamp.keys),
});

/** Tells keys apart, and tells none: they are random, and too long to be guessed. */
const fingerprintOf = (keys: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(keys)).digest("hex").slice(0, 32);

const documentOf = ({ lines, counts, duplicates, out }: MapReport): object => ({
  out,
  duplicatesFile: duplicates > 0 ? duplicatesFile(out) : null,
  lines: Object.fromEntries(lines),
  duplicates,
  read: counts,
});
