import type { Person } from "./people";
import type { Played } from "./play";
import { kindInWords } from "./pool-kinds";
import type { World } from "./worlds";

/** The case for somebody who has to find out why. */
export function inWords(world: World, { scene, steps, unsafe }: Played): string {
  return [
    poolsInWords(world),
    ...scene.people.map((person) => `  ${personInWords(person, world)}`),
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...unsafe.map(({ property, what }) => `  ${property}: ${what}`),
  ].join("\n");
}

/** The two pools, and what the function knows of the second. */
function poolsInWords({ source, destination, carriesSub, tellsAliases, tellsCase }: World): string {
  return [
    `From ${kindInWords(source)} to ${kindInWords(destination)}`,
    ...(carriesSub ? ["sub carried"] : []),
    ...(destination.aliasAttributes.length > 0 && !tellsAliases ? ["aliases not told to the function"] : []),
    ...(!destination.caseSensitive && !tellsCase ? ["case not told to the function"] : []),
  ].join(", ");
}

function personInWords({ label, username, attributes, status, enabled }: Person, { source }: World): string {
  const address = (name: string): string[] => {
    const value = attributes[name];
    if (value === undefined) return [];
    const flag = attributes[`${name}_verified`];
    return [`${name} ${value}${flag === undefined ? "" : ` (verified: ${flag})`}`];
  };
  return [
    label,
    ...(source.usernameAttributes.length === 0 ? [`username ${username}`] : []),
    ...address("email"),
    ...address("phone_number"),
    ...address("preferred_username"),
    ...(status === "CONFIRMED" ? [] : [status]),
    ...(enabled ? [] : ["disabled"]),
  ].join(", ");
}
