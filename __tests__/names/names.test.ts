import "../support/quiet-sdk";
import fc from "fast-check";
import { inWords } from "./in-words";
import { play } from "./play";
import { PAIRS, type Pair } from "./pool-kinds";
import { type Step, type World, worldsOf } from "./worlds";

/** Cases for all pairs together. */
const RUNS = Number(process.env["NAMES_RUNS"] ?? 1000);
/** The same worlds each time; another number gives others. */
const SEED = Number(process.env["NAMES_SEED"] ?? 20_261_128);

const numRuns = Math.ceil(RUNS / PAIRS.length);
/** A case takes a few milliseconds; on a busy machine, many. */
const PATIENCE_MS = 30_000 + numRuns * 100;

const table: string[] = [];
const total = { cases: 0, unsafe: 0 };
const came: Record<Step["way"], number> = { "sign in": 0, "forgot password": 0, import: 0 };

/** Plays all worlds of a pair. @returns how many were played, and how many ended with something unsafe. */
async function playAll(pair: Pair): Promise<{ cases: number; unsafe: number }> {
  let cases = 0;
  let unsafe = 0;
  const everyWorld = fc.asyncProperty(worldsOf(pair), async (world) => {
    const played = await play(world);
    cases += 1;
    if (played.unsafe.length > 0) unsafe += 1;
    for (const { way } of played.scene.arrivals) came[way] += 1;
  });
  await fc.assert(everyWorld, { numRuns, seed: SEED });
  return { cases, unsafe };
}

/** The same worlds again, up to the first that is unsafe, and then the smallest like it. */
async function smallest(pair: Pair): Promise<string> {
  const isSafe = fc.asyncProperty(worldsOf(pair), async (world) => (await play(world)).unsafe.length === 0);
  const { counterexample, counterexamplePath } = await fc.check<[World]>(isSafe, { numRuns, seed: SEED });
  const [world] = counterexample ?? [];
  if (world === undefined) return "It did not happen again.";
  return `${inWords(world, await play(world))}\n  NAMES_SEED=${SEED}, path ${counterexamplePath}`;
}

/** Without a trace: where it was thrown says nothing. */
const failure = (message: string): Error => Object.assign(new Error(message), { stack: message });

describe("every name is whose it is proven to be, nobody is locked out, and nobody becomes two", () => {
  test.each(PAIRS)(
    `$title (${numRuns} worlds)`,
    async (pair) => {
      const { cases, unsafe } = await playAll(pair);
      table.push(`${pair.title.padEnd(28)} ${String(cases).padStart(7)} cases  ${unsafe} unsafe`);
      total.cases += cases;
      total.unsafe += unsafe;
      if (unsafe > 0) throw failure(`${unsafe} of ${cases} worlds; the smallest:\n${await smallest(pair)}`);
    },
    PATIENCE_MS,
  );

  // None of it counts if hardly anybody arrives.
  test("in these worlds people come by every way", () => {
    for (const [way, count] of Object.entries(came)) expect([way, count > total.cases / 50]).toEqual([way, true]);
  });

  afterAll(() => {
    if (process.env["NAMES_RUNS"] === undefined) return;
    process.stdout.write(`${table.join("\n")}\n${total.cases} cases, ${total.unsafe} unsafe outcomes\n`);
  });
});
