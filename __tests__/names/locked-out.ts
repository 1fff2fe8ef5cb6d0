import type { Scene } from "./arrivals";
import { addressesOf, claimsOf, overlap, verifiedOf } from "./ground-truth";
import { looksMade } from "./made-username";
import type { Person } from "./people";
import { type Unsafe, unsafe } from "./unsafe";
import type { World } from "./worlds";

/** Lets everybody sign in who has not come yet, and asks for the names of those who have. */
export async function lockedOut(scene: Scene): Promise<Unsafe[]> {
  if (knowsLess(scene.world)) return [];
  const found: Unsafe[] = [];
  for (const person of scene.people) {
    if (!person.enabled || person.status !== "CONFIRMED" || !isAlone(scene, person)) continue;
    // Who has chosen such a username as the program makes must wait until the function knows that the pool has no alias.
    const waits = (name: string): boolean => !scene.world.tellsAliases && looksMade(name);
    const names = claimsAt(scene, person).filter(
      (name) => scene.atSource(scene.typed(name)) === person && !waits(name),
    );
    const name = names[scene.world.choice % names.length];
    const end = name === undefined || hasCome(scene, person) ? "" : await scene.signIn(name, person.password);
    if (name !== undefined && !hasCome(scene, person))
      found.push(unsafe("arrives", `${person.label} cannot come by ${name}: ${end}`));
    else found.push(...(await lostNames(scene, person)));
  }
  return found;
}

/** A function that was not told everything takes fewer names than the pool. */
function knowsLess({ destination, tellsAliases, tellsCase }: World): boolean {
  return (destination.aliasAttributes.length > 0 && !tellsAliases) || (!destination.caseSensitive && !tellsCase);
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
  return scene.people.every((other) => other === person || !overlap(claims, claimsAt(scene, other), scene.world));
}
