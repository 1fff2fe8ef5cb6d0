import type { Arrival, Scene } from "./arrivals";
import { isAddressAtDestination, isSameAtDestination, overlap, proofsOf, verifiedOf } from "./ground-truth";
import { type Unsafe, unsafe } from "./unsafe";

/** Must hold at any time. */
export async function unsafeNow(scene: Scene): Promise<Unsafe[]> {
  return [...namesUnproven(scene), ...twice(scene), ...(await miscounted(scene))];
}

/** Must hold for those who have just come. */
export function unsafeArrivals(scene: Scene, arrived: readonly Arrival[]): Unsafe[] {
  return arrived.flatMap((arrival) => [
    ...nameless(scene, arrival),
    ...(arrival.way === "import" ? contested(scene, arrival) : []),
  ]);
}

function namesUnproven(scene: Scene): Unsafe[] {
  const { world } = scene;
  return scene.names().flatMap((name) => {
    const arrival = scene.answers(name);
    if (arrival === undefined) return [];
    const { person, taken, way } = arrival;
    const proofs = person === undefined ? [] : proofsOf(person, taken, world);
    if (proofs.some((proof) => isSameAtDestination(proof, name, world))) return [];
    return [unsafe("proven", `${name} is ${person?.label} (${way}), who has not proven it`)];
  });
}

function twice(scene: Scene): Unsafe[] {
  return scene.people.flatMap((person) => {
    const own = scene.arrivals.filter((arrival) => arrival.person === person);
    if (own.length < 2) return [];
    return [unsafe("once", `${person.label} is ${own.map(namesInWords).join(" and ")}`)];
  });
}

async function miscounted(scene: Scene): Promise<Unsafe[]> {
  const { world } = scene;
  const counted = await scene.counted();
  return scene.people.flatMap((person) => {
    const as = counted.get(person);
    if (as?.person === person) return [];
    const came = scene.arrivals.find((arrival) => arrival.person === person);
    if (as === undefined)
      return came !== undefined && world.carriesSub
        ? [unsafe("counted", `${person.label} came and does not count`)]
        : [];
    return [unsafe("counted", `${person.label} counts as migrated, as ${as.person?.label} (${namesInWords(as)})`)];
  });
}

/** Nobody knows an old `sub`, but who has just typed it. */
function nameless(scene: Scene, { username, person, way, typed }: Arrival): Unsafe[] {
  if (person === undefined) return [];
  const used = scene.names().filter((name) => name !== person.sub && scene.atSource(name) === person);
  const known = [...used, ...verifiedOf(person), ...(typed === undefined ? [] : [typed])];
  if (known.some((name) => scene.answers(name)?.username === username)) return [];
  return [unsafe("known", `${person.label} came by ${way} and answers to none of ${known.join(", ")}`)];
}

function contested(scene: Scene, { username, person }: Arrival): Unsafe[] {
  const { people, world } = scene;
  return scene.names().flatMap((name) => {
    if (!isAddressAtDestination(name, world) || scene.answers(name)?.username !== username) return [];
    const claimants = people.filter((one) => overlap([name], verifiedOf(one), world));
    if (claimants.length < 2) return [];
    const labels = claimants.map(({ label }) => label).join(" and ");
    return [unsafe("contested", `${name} is ${person?.label} by import, and verified by ${labels}`)];
  });
}

function namesInWords({ username, attributes, way }: Arrival): string {
  const { email, phone_number, preferred_username } = attributes;
  return `[${[username, email, phone_number, preferred_username].filter(Boolean).join(", ")}] by ${way}`;
}
