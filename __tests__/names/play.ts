import { Scene } from "./arrivals";
import { lockedOut, notImported } from "./locked-out";
import { unsafeArrivals, unsafeNow } from "./properties";
import type { Unsafe } from "./unsafe";
import type { Step, World } from "./worlds";

export interface Played {
  readonly scene: Scene;
  /** Each step with what came of it. */
  readonly steps: readonly string[];
  /** What the last step showed that must not be. */
  readonly unsafe: readonly Unsafe[];
}

/**
 * Lets people arrive, step by step, until something is unsafe; in the end everybody comes who has not yet. One world with all
 * its steps is one case.
 */
export async function play(world: World): Promise<Played> {
  const scene = new Scene(world);
  const steps: string[] = [];
  let unsafe: readonly Unsafe[] = await unsafeNow(scene);
  for (const next of [...world.steps.map((step) => taking(step)), everybodySignsIn, everybodyIsImported]) {
    if (unsafe.length > 0) break;
    const before = scene.arrivals.length;
    const { end, found } = await next(scene);
    steps.push(end);
    // What nobody has changed was looked at before.
    const arrived = scene.arrivals.slice(before);
    unsafe = arrived.length > 0 ? [...found, ...unsafeArrivals(scene, arrived), ...(await unsafeNow(scene))] : found;
  }
  return { scene, steps, unsafe };
}

type Act = (scene: Scene) => Promise<{ readonly end: string; readonly found: readonly Unsafe[] }>;

function taking(step: Step): Act {
  return async (scene) => {
    const end = await scene.take(step);
    return { end: `${"name" in step ? `${step.way} ${step.name}` : step.way}: ${end}`, found: [] };
  };
}

const everybodySignsIn: Act = async (scene) => ({ end: "everybody else signs in", found: await lockedOut(scene) });

const everybodyIsImported: Act = async (scene) => {
  const { end } = await taking({ way: "import" })(scene);
  return { end, found: notImported(scene) };
};
