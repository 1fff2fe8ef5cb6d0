import { projects } from "../../jest.config.cjs";

/** What `npm run test:tier` takes. */
export const TIERS: readonly string[] = (projects ?? []).map((project) =>
  typeof project === "string" ? project : String(project["displayName"]),
);
