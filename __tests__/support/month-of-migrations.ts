import type { SeedUser } from "../../sandbox/aws/user-pool/seed";
import { knownSub } from "./known-sub";

const DAY_MS = 86_400_000;

/** How many migrate on each of 42 days before today: fewer and fewer, and fewer at weekends. */
export const PER_DAY: readonly number[] = Array.from({ length: 42 }, (_, day) =>
  Math.round(70 * Math.exp(-day / 18) * (day % 7 < 5 ? 1 : 0.6)),
);

export const SOURCE_USERS = 1500;
export const MIGRATED = PER_DAY.reduce((sum, count) => sum + count, 0);

/** Users of the source, and of them those at the destination by now, the last of them yesterday. Names begin with `someone`. */
export function monthOfMigrations(now: Date): { readonly source: SeedUser[]; readonly destination: SeedUser[] } {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const source = Array.from({ length: SOURCE_USERS }, (_, at): SeedUser => {
    const sub = knownSub(at);
    return { username: sub, attributes: { sub, email: `Someone${at}@example.com`, email_verified: "true" } };
  });
  const destination: SeedUser[] = [];
  for (const [day, count] of PER_DAY.entries())
    for (let one = 0; one < count; one += 1) {
      const at = destination.length;
      const sub = knownSub(1_000_000 + at);
      destination.push({
        username: sub,
        // The destination folds case.
        attributes: { sub, email: `someone${at}@example.com`, email_verified: "true" },
        created: new Date(today - (PER_DAY.length - day) * DAY_MS + one * 60_000),
        status: at % 100 === 7 ? "RESET_REQUIRED" : "CONFIRMED",
      });
    }
  return { source, destination };
}
