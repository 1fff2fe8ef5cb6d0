import type { Arrival, Scene } from "./arrivals";
import {
  addressesOf,
  claimsOf,
  isAddressAtDestination,
  isSameAtDestination,
  proofsOf,
  verifiedOf,
} from "./ground-truth";
import type { Person } from "./people";

/** What must never be, with the answer of the pools that shows it. */
export interface Unsafe {
  readonly property: string;
  readonly what: string;
}

const unsafe = (property: keyof typeof PROPERTIES, what: string): Unsafe => ({ property: PROPERTIES[property], what });

export const PROPERTIES = {
  proven: "P1 nobody answers to a name that is not proven theirs",
  arrives: "P2 who alone has proven a name can arrive, whoever came before",
  once: "P3 one person becomes one user",
  known: "P4 nobody comes with names that nobody knows",
  counted: "P5 who is counted as migrated is the one who came",
  contested: "P6 what two users have verified is nobody's by import",
} as const;

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

const overlap = ({ world }: Scene, some: readonly string[], others: readonly string[]): boolean =>
  some.some((name) => others.some((other) => isSameAtDestination(name, other, world)));

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
    const claimants = people.filter((one) => overlap(scene, [name], verifiedOf(one)));
    if (claimants.length < 2) return [];
    const labels = claimants.map(({ label }) => label).join(" and ");
    return [unsafe("contested", `${name} is ${person?.label} by import, and verified by ${labels}`)];
  });
}

/** Lets everybody sign in who has not come yet, and asks for the names of those who have. */
export async function lockedOut(scene: Scene): Promise<Unsafe[]> {
  // Then it takes fewer names than the pool, and says so.
  if (scene.world.destination.aliasAttributes.length > 0 && !scene.world.tellsAliases) return [];
  const found: Unsafe[] = [];
  for (const person of scene.people) {
    if (!person.enabled || person.status !== "CONFIRMED" || !isAlone(scene, person)) continue;
    const names = claimsAt(scene, person).filter((name) => scene.atSource(scene.typed(name)) === person);
    const name = names[scene.world.choice % names.length];
    const end = name === undefined || hasCome(scene, person) ? "" : await scene.signIn(name, person.password);
    if (name !== undefined && !hasCome(scene, person))
      found.push(unsafe("arrives", `${person.label} cannot come by ${name}: ${end}`));
    else found.push(...(await lostNames(scene, person)));
  }
  return found;
}

/** Of somebody who has come: each address must sign that user in, with the password that has always done. */
async function lostNames(scene: Scene, person: Person): Promise<Unsafe[]> {
  if (!hasCome(scene, person)) return [];
  const found: Unsafe[] = [];
  for (const name of addressesOf(person, scene.world)) {
    const arrival = scene.answers(name);
    const lost = (what: string): Unsafe => unsafe("arrives", `${person.label} has come, but ${name} ${what}`);
    if (arrival?.person !== person) found.push(lost(`is ${arrival?.person?.label ?? "nobody"}`));
    else if (arrival.way === "sign in") {
      const end = await scene.signIn(name, person.password);
      if (end !== "tokens") found.push(lost(`with the password is answered ${end}`));
    }
  }
  return found;
}

/** Of those whom an import could bring, after one. */
export function notImported(scene: Scene): Unsafe[] {
  return scene.people.flatMap((person) => {
    const { label, enabled, status } = person;
    const canCome = enabled && ["CONFIRMED", "RESET_REQUIRED"].includes(status) && verifiedOf(person).length > 0;
    // Nobody types anything, so nothing proves a name that the source takes as an alias without having verified it.
    const claims = claimsOf(person, () => false, scene.world);
    if (!canCome || claims.length === 0 || hasCome(scene, person) || !isAlone(scene, person)) return [];
    return [unsafe("arrives", `${label} is not imported, and alone has proven ${claims.join(", ")}`)];
  });
}

const hasCome = ({ arrivals }: Scene, person: Person): boolean => arrivals.some((arrival) => arrival.person === person);

const claimsAt = (scene: Scene, person: Person): string[] =>
  claimsOf(person, (name) => scene.atSource(name) === person, scene.world);

/** Whether nobody else has proven any name that this user would have at the destination. */
function isAlone(scene: Scene, person: Person): boolean {
  const claims = claimsAt(scene, person);
  return scene.people.every((other) => other === person || !overlap(scene, claims, claimsAt(scene, other)));
}

function namesInWords({ username, attributes, way }: Arrival): string {
  const { email, phone_number, preferred_username } = attributes;
  return `[${[username, email, phone_number, preferred_username].filter(Boolean).join(", ")}] by ${way}`;
}
