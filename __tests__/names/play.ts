import { Scene } from "./arrivals";
import { lockedOut, notImported, type Unsafe, unsafeImports, unsafeNow } from "./properties";
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
    unsafe = scene.arrivals.length > before ? [...found, ...(await unsafeNow(scene))] : found;
  }
  return { scene, steps, unsafe };
}

type Act = (scene: Scene) => Promise<{ readonly end: string; readonly found: readonly Unsafe[] }>;

function taking(step: Step): Act {
  return async (scene) => {
    const before = scene.arrivals.length;
    const end = `${"name" in step ? `${step.way} ${step.name}` : step.way}: ${await scene.take(step)}`;
    return { end, found: step.way === "import" ? unsafeImports(scene, scene.arrivals.slice(before)) : [] };
  };
}

const everybodySignsIn: Act = async (scene) => ({ end: "everybody else signs in", found: await lockedOut(scene) });

const everybodyIsImported: Act = async (scene) => {
  const { end, found } = await taking({ way: "import" })(scene);
  return { end, found: [...found, ...notImported(scene)] };
};
