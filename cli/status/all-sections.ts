import { handOversSection, outcomesSection, type Section } from "./sections";
import type { Status } from "./status";
import { stampSections, tokenSections } from "./token-sections";

/** In the order in which terminal and page show them. */
export const sectionsOf = (status: Status): readonly Section[] => [
  outcomesSection(status),
  handOversSection(status),
  ...tokenSections(status),
  ...stampSections(status),
];
