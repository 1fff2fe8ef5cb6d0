import { OUTCOMES } from "../../rules/outcome";
import type { Outcomes, Unsuccessful } from "./outcomes";

export const OUTCOMES_HEAD = ["Outcome", "Sign-ins", ""] as const;

export const outcomesTitle = ({ since }: Outcomes): string =>
  `Sign-ins of unknown users since ${since.toISOString().slice(0, 10)}, as the function counted them`;

/** Each reason stands below the number that it is a part of. */
export function outcomeRows({ migrated, resetRequired, refused, failed }: Outcomes): readonly (string | number)[][] {
  return [
    ["migrated", migrated, OUTCOMES.migrated.means],
    ["reset_required", resetRequired, OUTCOMES.migrated_reset_required.means],
    ...withReasons("refused", refused),
    ...withReasons("failed", failed),
  ];
}

const withReasons = (name: string, { signIns, reasons }: Unsuccessful): (string | number)[][] => [
  [name, signIns, ""],
  ...reasons.map((one) => [`  ${one.reason}`, one.signIns, one.means]),
];

/** For terminal and page. */
export const unknownOutcomes = ({ because }: { readonly because: string }): string =>
  `Outcomes are not known: ${because}`;
