import { Scene } from "./arrivals";
import { lockedOut, type Unsafe, unsafeImports, unsafeNow } from "./properties";
import type { World } from "./worlds";

export interface Played {
  readonly scene: Scene;
  /** Each step with what came of it. */
  readonly steps: readonly string[];
  /** What the last step showed that must not be. */
  readonly unsafe: readonly Unsafe[];
}

/** Lets people arrive, step by step, until something is unsafe. One world with all its steps is one case. */
export async function play(world: World): Promise<Played> {
  const scene = new Scene(world);
  const steps: string[] = [];
  let unsafe = await unsafeNow(scene);
  for (const step of world.steps) {
    if (unsafe.length > 0) return { scene, steps, unsafe };
    const before = scene.arrivals.length;
    const end = await scene.take(step);
    steps.push(`${"name" in step ? `${step.way} ${step.name}` : step.way}: ${end}`);
    const arrived = scene.arrivals.slice(before);
    // What nobody has changed was looked at before.
    if (arrived.length === 0) continue;
    unsafe = [...(await unsafeNow(scene)), ...(step.way === "import" ? unsafeImports(scene, arrived) : [])];
  }
  if (unsafe.length > 0) return { scene, steps, unsafe };
  const late = await lockedOut(scene);
  return { scene, steps: [...steps, "everybody else signs in"], unsafe: [...late, ...(await unsafeNow(scene))] };
}
